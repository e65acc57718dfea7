import socket
import threading
from dataclasses import replace

import pytest

from desk.collecting.collect import collect_due, refresh
from desk.collecting.leases import LEASE
from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.sources.registry import NewSource, add_source, get_source
from net.messages import Limits
from news.errors import FetchFailed, NotUnderstood
from news.sources import Source
from tests.patience import PATIENCE
from tests.ports import unheard

HTML = "<!doctype html><html><body><h1>Maintenance</h1></body></html>"


@pytest.fixture
def source(collecting: Desk, site) -> Source:
    """A source that has been read once."""
    site.put("/feed", site.rss(site.entry("Une", guid="1"), site.entry("Deux", guid="2")))
    added = add_source(
        collecting,
        NewSource(site.url("/feed"), "feed", name="Partenaire", trust="publish", categories=("masters",)),
        "cli",
    )
    refresh(collecting, [added])
    return get_source(collecting, added.id)


def status(code: int):
    return lambda _: (code, {"Content-Type": "text/html"}, HTML.encode())


def body(content: bytes, kind: str = "application/rss+xml"):
    return lambda _: (200, {"Content-Type": kind}, content)


@pytest.mark.parametrize(
    ("answer", "key", "kind"),
    [
        (status(500), "source.fetch.status", FetchFailed),
        (status(404), "source.fetch.status", FetchFailed),
        (body(HTML.encode(), "text/html"), "source.not_a_feed", NotUnderstood),
        (body(b""), "source.empty_body", NotUnderstood),
        (body(bytes(range(256)) * 50), "source.not_a_feed", NotUnderstood),
        (body(b"<?xml version='1.0'?><rss><channel>", "text/xml"), None, None),
        (body(b'{"version": "https://jsonfeed.org/version/1.1", "items": 3}', "application/json"), None, None),
    ],
)
def test_a_source_that_fails_changes_nothing_that_was_there(collecting: Desk, site, source: Source, answer, key, kind):
    before = (collecting.storage.change_number(), list_items(collecting, ItemFilter(source=source.id)))
    site.pages["/feed"] = answer
    (outcome,) = refresh(collecting, [source])
    assert (collecting.storage.change_number(), list_items(collecting, ItemFilter(source=source.id))) == before
    if key:
        assert isinstance(outcome.error, kind)
        assert (outcome.error.key, get_source(collecting, source.id).check.error_key) == (key, key)


def test_why_it_failed_is_remembered_until_it_is_well_again(collecting: Desk, site, source: Source, clock):
    good = site.pages["/feed"]
    site.pages["/feed"] = status(503)
    clock.forward(hours=1)
    refresh(collecting, [source])
    check = get_source(collecting, source.id).check
    assert (check.failures, check.error_key, check.error_args["status"]) == (1, "source.fetch.status", 503)
    assert (check.checked, check.succeeded) == (collecting.now(), source.check.succeeded)
    assert check.body_hash == source.check.body_hash
    site.pages["/feed"] = good
    refresh(collecting, [get_source(collecting, source.id)])
    check = get_source(collecting, source.id).check
    assert (check.failures, check.error_key, check.error_args) == (0, None, {})


def test_the_wait_doubles_with_each_failure_and_has_an_end(collecting: Desk, site, source: Source, clock):
    site.pages["/feed"] = status(500)
    waits = []
    for _ in range(9):
        refresh(collecting, [get_source(collecting, source.id)])
        waits.append((get_source(collecting, source.id).check.next_at - collecting.now()).total_seconds())
        clock.forward(seconds=waits[-1])
    usual = [900, 1800, 3600, 7200, 14400, 28800, 57600, 86400, 86400]
    assert all(expected <= wait <= expected * 1.1 for wait, expected in zip(waits, usual, strict=True))


def test_an_address_that_is_not_allowed_is_never_reached(desk: Desk, site):
    source = add_source(desk, NewSource(site.url("/feed"), "feed"), "cli")
    (outcome,) = refresh(desk, [source])
    assert outcome.error.key == "source.fetch.refused_address"
    assert site.requests == []


def test_a_port_where_nobody_listens_is_unreachable(collecting: Desk):
    with unheard() as port:
        source = add_source(collecting, NewSource(f"http://127.0.0.1:{port}/", "feed"), "cli")
        (outcome,) = refresh(collecting, [source])
    assert outcome.error.key == "source.fetch.unreachable"


def test_a_server_that_never_answers_is_given_up(collecting: Desk):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/feed"
        source = add_source(collecting, NewSource(url, "feed"), "cli")
        (outcome,) = refresh(collecting, [source], limits=Limits(connect=1, idle=1, total=0.3))
    assert outcome.error.key == "source.fetch.timeout"
    assert get_source(collecting, source.id).check.failures == 1


def test_a_malformed_selector_of_old_is_a_failure_of_that_source(collecting: Desk, site):
    from news.sources import Selectors

    source = add_source(collecting, NewSource(site.put("/", HTML, "text/html"), "page"), "cli")
    broken = replace(source, selectors=Selectors(item="li["))
    with collecting.storage.transaction() as tx:
        tx.put_source(broken, collecting.now())
    (outcome,) = refresh(collecting, [broken])
    assert outcome.error.key == "source.selector.malformed"
    assert get_source(collecting, source.id).check.error_key == "source.selector.malformed"


def test_one_sources_nonsense_touches_no_other(collecting: Desk, site, source: Source):
    bombs = {
        "/laughs": b'<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><title>&b;</title>',
        "/deep": b"<rss><channel>" + b"<item>" * 20_000,
        "/nul": b"\0" * 10_000,
        "/json": b"[" * 100_000,
    }
    others = []
    for path, content in bombs.items():
        site.pages[path] = body(content)
        others.append(
            add_source(collecting, NewSource(site.url(path), "feed", trust="publish", categories=("masters",)), "cli")
        )
    site.put("/feed", site.rss(site.entry("Trois", guid="3")))
    outcomes = refresh(collecting, [*others, source])
    assert {outcome.source.id: outcome.new for outcome in outcomes}[source.id] == 1
    assert len(outcomes) == 5
    assert sorted(item.title for item in list_items(collecting)) == ["Deux", "Trois", "Une"]


def test_a_source_removed_while_it_was_looked_at_brings_nothing(collecting: Desk, site, source: Source):
    from desk.sources.registry import remove_source

    feed = site.rss(site.entry("Trop tard", guid="9")).encode()

    def answer(_):
        remove_source(collecting, source.id, "withdraw", "cli")
        return 200, {}, feed

    site.pages["/feed"] = answer
    (outcome,) = refresh(collecting, [source])
    assert (outcome.new, outcome.error) == (0, None)
    assert "Trop tard" not in [item.title for item in list_items(collecting)]


def test_two_workers_never_look_at_the_same_source(collecting: Desk, site):
    for number in range(12):
        site.put(f"/{number}", site.rss(site.entry(str(number), guid=str(number))))
        add_source(
            collecting, NewSource(site.url(f"/{number}"), "feed", trust="publish", categories=("masters",)), "cli"
        )
    together = threading.Barrier(2)
    looked: list[str] = []

    def work() -> None:
        together.wait(PATIENCE)
        looked.extend(outcome.source.id for outcome in collect_due(collecting))

    workers = [threading.Thread(target=work) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(looked) == len(set(looked)) == 12
    assert len(site.requests) == 12
    assert len(list_items(collecting)) == 12


def test_a_lease_that_was_never_given_back_ends(collecting: Desk, source: Source, clock):
    clock.forward(days=2)
    with collecting.storage.transaction() as tx:
        tx.lease_sources(collecting.now(), collecting.now() + LEASE, 10)
    assert collect_due(collecting) == ()
    clock.forward(minutes=10)
    assert [outcome.source.id for outcome in collect_due(collecting)] == [source.id]


def test_what_is_not_due_is_left_alone(collecting: Desk, site, source: Source, clock):
    before = len(site.requests)
    clock.forward(minutes=14)
    assert collect_due(collecting) == ()
    assert len(site.requests) == before
    clock.forward(minutes=3)
    assert len(collect_due(collecting)) == 1


def test_after_the_clock_went_back_a_day_sources_are_looked_at_all_the_same(collecting: Desk, source: Source, clock):
    clock.forward(days=-1)
    assert [outcome.source.id for outcome in collect_due(collecting)] == [source.id]
    assert collect_due(collecting) == (), "once is enough"


def test_a_lease_of_a_clock_that_ran_ahead_holds_nobody_up(collecting: Desk, source: Source, clock):
    clock.forward(days=2)
    with collecting.storage.transaction() as tx:
        tx.lease_sources(collecting.now(), collecting.now() + LEASE, 10)
    clock.forward(days=-1)
    assert [outcome.source.id for outcome in collect_due(collecting)] == [source.id]
