"""Moves, ends, robots.txt and what answers ask for, over real HTTP on loopback."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from desk.collecting.collect import Collecting, collect_due, refresh
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import history_of
from desk.operating.maintenance import checkup
from desk.sources.registry import NewSource, add_source, get_source, resume_source, try_source
from news.errors import SourceFailed
from news.sources import Source

PAGE = "<html><body><ul>{}</ul></body></html>".format(
    "".join(f"<li><time>0{n}/10/2024</time> <a href='/n/{n}'>Une nouvelle numéro {n}</a></li>" for n in range(1, 5))
)


@pytest.fixture
def source(collecting: Desk, site) -> Source:
    site.put("/feed", site.rss(site.entry("Une", guid="1")))
    return add_source(collecting, NewSource(site.url("/feed"), "feed", trust="publish"), "cli")


def look(desk: Desk, source: Source):
    (outcome,) = refresh(desk, [get_source(desk, source.id)])
    return outcome


def actions(desk: Desk, source: Source) -> list[str]:
    return [change.action for change in history_of(desk, "source", source.id)]


def status(code: int, **fields: str):
    return lambda _: (code, {name.replace("_", "-"): value for name, value in fields.items()}, b"")


def wait(desk: Desk, source: Source) -> float:
    return (get_source(desk, source.id).check.next_at - desk.now()).total_seconds()


@pytest.mark.parametrize("code", [301, 308])
def test_a_source_that_moved_is_followed_at_once_and_renamed_after_a_week(collecting, site, source, clock, code):
    new = site.put("/new", site.rss(site.entry("Deux", guid="2")))
    site.pages["/feed"] = status(code, Location="/new")
    assert look(collecting, source).new == 1
    clock.forward(days=6)
    look(collecting, source)
    assert get_source(collecting, source.id).url == source.url
    clock.forward(days=1)
    look(collecting, source)
    moved = get_source(collecting, source.id)
    assert (moved.url, moved.check.moved_to) == (new, None)
    assert actions(collecting, source)[0] == "moved"
    asked = len(site.requests)
    look(collecting, source)
    assert [path for path, _ in site.requests[asked:]] == ["/new"]


@pytest.mark.parametrize("code", [302, 303, 307])
def test_a_temporary_redirect_never_changes_the_address(collecting, site, source, clock, code):
    site.put("/new", site.rss(site.entry("Deux", guid="2")))
    site.pages["/feed"] = status(code, Location="/new")
    for _ in range(3):
        assert look(collecting, source).error is None
        clock.forward(days=8)
    assert get_source(collecting, source.id).url == source.url


def test_a_move_to_another_sources_address_is_noted_once_and_not_made(collecting, site, source, clock):
    other = add_source(collecting, NewSource(site.put("/new", site.rss()), "feed", name="Autre"), "cli")
    site.pages["/feed"] = status(301, Location="/new")
    for _ in range(4):
        look(collecting, source)
        clock.forward(days=8)
    assert get_source(collecting, source.id).url == source.url
    assert get_source(collecting, other.id).url == other.url
    assert actions(collecting, source).count("moved to another source's address") == 1


def test_a_source_that_is_gone_is_stopped_with_the_reason_and_staff_are_told(collecting, site, source):
    site.pages["/feed"] = status(410)
    outcome = look(collecting, source)
    gone = get_source(collecting, source.id)
    assert (outcome.error.key, gone.paused, gone.ended) == ("source.gone", True, True)
    assert actions(collecting, source)[0] == "stopped: gone"
    assert "check.source_gone" in [problem.key for problem in checkup(collecting)]
    assert collect_due(collecting) == ()


def test_a_source_that_was_gone_can_be_resumed(collecting, site, source, clock):
    body = site.pages["/feed"]
    site.pages["/feed"] = status(410)
    look(collecting, source)
    site.pages["/feed"] = body
    resume_source(collecting, source.id, "cli")
    assert [outcome.error for outcome in collect_due(collecting)] == [None]
    assert not get_source(collecting, source.id).ended


def test_what_an_answer_and_a_feed_ask_for_is_obeyed(collecting, site, source):
    site.put("/feed", site.rss(site.entry("Deux", guid="2")), Cache_Control="max-age=7200")
    look(collecting, source)
    assert 7200 <= wait(collecting, source) <= 7920
    site.put("/feed", site.rss(site.entry("Trois", guid="3")).replace("<title>", "<ttl>240</ttl><title>", 1))
    look(collecting, source)
    assert 240 * 60 <= wait(collecting, source) <= 240 * 66


def test_the_hints_of_a_feed_outlive_an_unchanged_answer(collecting, site, source):
    body = site.rss(site.entry("Deux", guid="2")).replace("<title>", "<ttl>240</ttl><title>", 1).encode()
    site.pages["/feed"] = lambda said: (304, {}, b"") if "if-none-match" in said else (200, {"ETag": '"a"'}, body)
    look(collecting, source)
    look(collecting, source)
    assert 240 * 60 <= wait(collecting, source) <= 240 * 66


@pytest.mark.parametrize(
    "when", ["7200", "Mon, 02 Mar 2026 11:00:00 GMT"], ids=["in seconds", "as a date"]
)  # fmt: skip
@pytest.mark.parametrize("code", [429, 503])
def test_a_busy_server_is_left_alone_as_long_as_it_asks(collecting, site, source, code, when):
    # The server of the tests dates its answers itself; a date counts from that.
    asked_for = (lambda: "7200") if when == "7200" else (lambda: format_datetime(later(), usegmt=True))
    site.pages["/feed"] = lambda _: (code, {"Retry-After": asked_for()}, b"")
    look(collecting, source)
    assert 7190 <= wait(collecting, source) <= 7920


def later():
    return datetime.now(UTC) + timedelta(hours=2)


def page(desk: Desk, site, path: str = "/news") -> Source:
    site.put(path, PAGE, "text/html")
    return add_source(desk, NewSource(site.url(path), "page", trust="publish"), "cli")


def test_a_page_that_robots_txt_forbids_is_not_fetched(collecting, site):
    source = page(collecting, site)
    site.robots = b"User-agent: *\nDisallow: /news\n"
    outcome = look(collecting, source)
    assert (outcome.error.key, outcome.error.message_args["host"]) == ("source.robots.forbidden", "127.0.0.1")
    assert site.requests == []
    assert get_source(collecting, source.id).check.failures == 1


def test_robots_txt_may_speak_of_this_newsroom_by_name(collecting, site):
    source = page(collecting, site)
    site.robots = b"User-agent: *\nDisallow: /\n\nUser-agent: depeche\nAllow: /news\nDisallow: /\n"
    assert look(collecting, source).error is None
    assert look(collecting.with_settings(robots_name="Autre"), source).error.key == "source.robots.forbidden"


def test_robots_txt_says_nothing_about_feeds(collecting, site, source):
    site.robots = b"User-agent: *\nDisallow: /\n"
    assert look(collecting, source).new == 1


@pytest.mark.parametrize(
    ("code", "key"), [(404, None), (403, None), (429, "source.robots.unavailable"), (503, "source.robots.unavailable")]
)
def test_a_robots_txt_that_is_not_there_allows_and_one_that_cannot_be_asked_forbids(collecting, site, code, key):
    source = page(collecting, site)
    site.robots_status = code
    error = look(collecting, source).error
    assert (error.key if error else None) == key


def test_what_a_host_said_to_robots_is_kept_for_a_day(collecting, site, clock):
    for number in range(3):
        page(collecting, site, f"/news{number}")
    site.robots = b"User-agent: *\nDisallow: /private\n"
    with Collecting(collecting) as worker:
        assert len(list(worker.run())) == 3
        assert site.robots_asked == 1
        clock.forward(hours=23, minutes=59)
        assert list(worker.run())
        assert site.robots_asked == 1
        clock.forward(hours=25)
        assert list(worker.run())
        assert site.robots_asked == 2


def test_a_huge_robots_txt_is_read_as_far_as_half_a_megabyte(collecting, site):
    source = page(collecting, site)
    site.robots = b"User-agent: *\nDisallow: /news\n" + b"# filler\n" * 200_000
    assert look(collecting, source).error.key == "source.robots.forbidden"


def test_patterns_made_to_be_slow_cost_their_own_source_alone(collecting, site, source):
    hostile = page(collecting, site, "/news/" + "a" * 200)
    site.robots = b"User-agent: *\nDisallow: /" + b"*a" * 40 + b"*b$\n"
    outcomes = refresh(collecting, [get_source(collecting, each.id) for each in (hostile, source)])
    assert {outcome.source.id: outcome.error for outcome in outcomes}[source.id] is None


def test_trying_or_adding_a_page_says_when_robots_txt_forbids(collecting, site):
    url = site.put("/news", PAGE, "text/html")
    site.robots = b"User-agent: *\nDisallow: /news\n"
    assert try_source(collecting, url).error.key == "source.robots.forbidden"
    with pytest.raises(SourceFailed) as caught:
        add_source(collecting, NewSource(url), "cli")
    assert caught.value.key == "source.robots.forbidden"


def test_the_next_look_after_many_items_of_a_day_follows_the_usual_rhythm(collecting, site, source, clock):
    days = [f"{day:02} Feb 2026 08:00:00 GMT" for day in range(1, 20, 4)]
    site.put("/feed", site.rss(*(site.entry(day, guid=day, pubDate=day) for day in days)))
    look(collecting, source)
    assert get_source(collecting, source.id).check.rhythm == 4 * 86_400
    assert 4 * 8640 <= wait(collecting, source) <= 4 * 8640 * 1.1 + 1
    assert len(list_items(collecting, ItemFilter(source=source.id))) == 5
