"""How sources are doing, learned from real looks at a real server."""

from __future__ import annotations

import pytest

from desk.collecting.collect import refresh
from desk.operating.health import vitals
from desk.operating.maintenance import checkup
from desk.sources.health import counted, doing, health_json, log_of, overview, week_starts
from desk.sources.registry import NewSource, add_source, get_source
from news.errors import InvalidInput
from news.health import Seen, State, state_of
from news.sources import Selectors


def day(number: int) -> str:
    return f"Sun, {number:02} Feb 2026 08:00:00 GMT"


@pytest.fixture
def feed(collecting, site):
    entries = [site.entry(f"n{n}", link=f"https://p.example/{n}", pubDate=day(n)) for n in (20, 21, 22, 24)]
    url = site.put("/feed", site.rss(*entries))
    return add_source(collecting, NewSource(url, "feed", name="Partenaire", trust="publish"), "cli")


def look(desk, source):
    (outcome,) = refresh(desk, [get_source(desk, source.id)])
    return outcome


def state(desk, source) -> State:
    return state_of(get_source(desk, source.id), desk.now())


def test_a_first_look_teaches_the_rhythm_and_is_in_the_log(collecting, feed):
    assert state(collecting, feed) is State.NEW
    look(collecting, feed)
    check = get_source(collecting, feed.id).check
    assert (check.rhythm, check.longest, check.said.day, check.took is not None) == (86_400, 172_800, 24, True)
    (line,) = log_of(collecting, feed.id)
    assert (line.what, line.new, line.error_key, line.took) == (Seen.CHANGED, 4, None, check.took)
    assert state(collecting, feed) is State.WELL


def test_looks_without_news_write_no_line_and_are_counted_in_the_next(collecting, feed, site, clock):
    for _ in range(4):
        look(collecting, feed)
        clock.forward(hours=1)
    assert (len(log_of(collecting, feed.id)), get_source(collecting, feed.id).check.same) == (1, 3)
    del site.pages["/feed"]
    look(collecting, feed)
    failed, _ = log_of(collecting, feed.id)
    assert (failed.what, failed.before, failed.error_key) == (Seen.FAILED, 3, "source.fetch.status")
    assert failed.error_args["status"] == 404 and failed.took is not None
    assert get_source(collecting, feed.id).check.same == 0


def test_a_feed_that_became_a_web_page_has_changed_its_shape_and_comes_back(collecting, feed, site, clock):
    look(collecting, feed)
    body = site.pages["/feed"]
    site.put("/feed", "<!doctype html><title>Bienvenue</title><p>Notre nouveau site", "text/html")
    look(collecting, feed)
    assert state(collecting, feed) is State.STUMBLED
    look(collecting, feed)
    assert state(collecting, feed) is State.CHANGED
    assert [problem.key for problem in checkup(collecting) if "source" in problem.key] == ["check.source_changed"]
    site.pages["/feed"] = body
    look(collecting, feed)
    assert state(collecting, feed) is State.WELL
    assert next(line.what for line in log_of(collecting, feed.id)) is Seen.SAME


def test_a_page_whose_selectors_find_nothing_has_changed_its_shape(collecting, site):
    page = site.put("/page", '<div class="n"><a href="/1">Une actualité</a> 3 mars 2024</div>', "text/html")
    said = NewSource(page, "page", selectors=Selectors(item=".n", title="a", link="a"))
    source = add_source(collecting, said, "cli")
    look(collecting, source)
    assert state(collecting, source) in (State.WELL, State.QUIET)
    site.put("/page", "<main><p>Tout a changé</main>", "text/html")
    look(collecting, source)
    look(collecting, source)
    assert state(collecting, source) is State.CHANGED


def test_a_source_that_reads_well_and_says_nothing_more_is_quiet_and_not_broken(collecting, feed, clock):
    look(collecting, feed)
    clock.forward(days=7)
    look(collecting, feed)
    assert state(collecting, feed) is State.WELL
    clock.forward(days=7)
    look(collecting, feed)
    assert state(collecting, feed) is State.QUIET
    assert [problem.key for problem in checkup(collecting) if "source" in problem.key] == []


def test_what_needs_a_person_comes_first_and_can_be_chosen(collecting, feed, site):
    look(collecting, feed)
    lost = add_source(collecting, NewSource(site.url("/lost"), "feed", name="Égarée"), "cli")
    add_source(collecting, NewSource("https://new.example/feed", "feed", name="Autre"), "cli")
    look(collecting, lost)
    found = overview(collecting)
    assert [(each.source.name, each.state) for each in found.sources] == [
        ("Égarée", State.FAILING), ("Autre", State.NEW), ("Partenaire", State.WELL),
    ]  # fmt: skip
    assert found.counts == {State.FAILING: 1, State.NEW: 1, State.WELL: 1}
    assert [each.source.name for each in overview(collecting, state="well").sources] == ["Partenaire"]
    assert [each.source.name for each in overview(collecting, text="egaree").sources] == ["Égarée"]
    assert overview(collecting, limit=1, offset=1).sources[0].source.name == "Autre"
    with pytest.raises(InvalidInput):
        overview(collecting, state="odd")


def test_the_weeks_are_those_of_the_items(collecting, feed):
    look(collecting, feed)
    told = doing(collecting, get_source(collecting, feed.id))
    # On Monday 2 March the last week is from Tuesday 24 February.
    assert (told.weeks[-2:], sum(told.weeks), told.items) == ((3, 1), 4, 4)
    assert (week_starts(collecting)[-1].isoformat(), len(week_starts(collecting))) == ("2026-02-24", 26)


def test_numbers_count_every_source_in_one_state(collecting, feed):
    look(collecting, feed)
    assert vitals(collecting).states == counted(collecting)
    assert sum(counted(collecting).values()) == counted(collecting)[State.WELL] == 1


def test_as_json_a_source_says_its_state_its_rhythm_and_its_log(collecting, feed):
    look(collecting, feed)
    told = health_json(collecting, get_source(collecting, feed.id), whole=True)
    assert (told["state"], told["rhythm"], told["last_news"]) == ("well", 86_400, "2026-02-24T08:00:00Z")
    assert (len(told["weeks"]), told["looks"][0]["new"], told["looks"][0]["error"]) == (26, 4, None)


def test_a_look_that_finds_nothing_new_writes_one_row_as_ever(collecting, feed):
    look(collecting, feed)
    written = collecting.storage._connection()
    before = written.total_changes
    look(collecting, feed)
    assert written.total_changes - before == 1
