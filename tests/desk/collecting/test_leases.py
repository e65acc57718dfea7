"""Leases of workers that stop or are killed, and a host's many sources."""

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from desk.collecting.collect import Collecting, collect_due
from desk.collecting.leases import LEASE, Due
from desk.collecting.outcomes import Outcome
from desk.context import Desk
from desk.items.listing import list_items
from desk.sources.registry import NewSource, add_source, list_sources
from tests.patience import PATIENCE, until

ROOT = Path(__file__).resolve().parents[3]
WORK = """
import sys
from pathlib import Path
from datetime import UTC, datetime
from desk.context import open_desk
from desk.collecting.collect import collect_due
from desk.settings import Settings
from net.allowed_networks import parse_allowed
if __name__ == "__main__":
    settings = Settings(database=Path(sys.argv[1]), allowed_networks=parse_allowed("127.0.0.0/8"), fetch_pause=0.0)
    desk = open_desk(settings, clock=lambda: datetime(2026, 3, 2, 9, tzinfo=UTC))
    print(len(collect_due(desk)), flush=True)
"""


def sources(desk: Desk, site, count: int) -> None:
    for number in range(count):
        url = site.put(f"/{number}", site.rss(*(site.entry(f"{number}-{n}", guid=f"{number}-{n}") for n in range(20))))
        add_source(desk, NewSource(url, "feed", categories=("doctorat",), trust="publish"), "cli")


def leased(desk: Desk) -> int:
    with desk.storage.transaction() as tx:
        free = tx.lease_sources(desk.now(), desk.now() + LEASE, 1000)
        tx.end_leases([source.id for source in free])
    return len(list_sources(desk)) - len(free)


def leased_until(desk: Desk) -> datetime:
    """The end of the lease of the only source there is."""
    with closing(sqlite3.connect(desk.settings.database)) as db:
        (end,) = db.execute("SELECT lease_until FROM source").fetchone()
    return datetime.fromtimestamp(end, UTC)


def test_a_worker_that_is_told_to_stop_gives_back_what_it_did_not_look_at(collecting: Desk, site):
    sources(collecting, site, 6)
    stop, there = threading.Event(), threading.Event()

    def hang(_):
        there.set()
        stop.wait(PATIENCE)
        return 200, {}, b""

    for path in site.pages:
        site.pages[path] = hang
    worker = threading.Thread(target=collect_due, args=(collecting, stop))
    worker.start()
    assert there.wait(PATIENCE)
    assert leased(collecting) == 6
    stop.set()
    worker.join()
    assert leased(collecting) == 0


def test_leases_are_prolonged_while_their_worker_lives(collecting: Desk, site, clock, monkeypatch):
    monkeypatch.setattr("desk.collecting.leases._RENEW_AFTER", 0.0)
    sources(collecting, site, 1)
    seen = []

    def slow(_):
        clock.forward(minutes=2)
        until(lambda: leased_until(collecting) > collecting.now() + timedelta(minutes=2))
        clock.forward(minutes=2)
        seen.append(leased(collecting))
        return 200, {}, site.rss().encode()

    site.pages["/0"] = slow
    collect_due(collecting)
    assert seen == [1], "four minutes after a lease of three, it is still held"


def test_many_sources_of_one_host_are_spread_over_time_and_hold_nobody_else_up(collecting: Desk, site):
    sources(collecting, site, 30)
    slow = collecting.with_settings(fetch_pause=0.01)
    with Collecting(slow) as worker:
        assert len(list(worker.run())) == 20
    ahead = sorted(source.check.next_at for source in list_sources(collecting) if source.check.checked is None)
    assert len(ahead) == 10
    assert all(moment >= collecting.now() for moment in ahead)


def test_a_host_has_room_again_when_its_sources_are_done(collecting: Desk, site, clock):
    sources(collecting, site, 30)
    due = Due(collecting.with_settings(fetch_pause=0.01), threading.Event())
    assert due.any()
    first = list(islice(due.sources(), 20))
    for source in first:
        due.done(Outcome(source))
    clock.forward(seconds=10)
    assert due.any(), "those that were put off"
    assert {source.id for source in islice(due.sources(), 10)}.isdisjoint(source.id for source in first)


def test_a_worker_that_is_killed_leaves_a_consistent_database_and_the_next_goes_on(collecting: Desk, site, clock):
    sources(collecting, site, 40)
    killed = threading.Event()

    def hang(_):
        killed.wait(PATIENCE)
        return 500, {}, b""

    site.pages["/39"] = hang
    command = [sys.executable, "-c", WORK, str(collecting.settings.database)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as worker:
        until(lambda: list_items(collecting))
        os.kill(worker.pid, signal.SIGKILL)
    killed.set()
    assert collecting.storage.problems() == ()
    site.put("/39", site.rss(site.entry("39", guid="39")))
    clock.forward(seconds=LEASE.total_seconds())
    collect_due(collecting)
    assert collecting.storage.problems() == ()
    with collecting.storage.read() as reader:
        counts = reader.source_item_counts()
        assert reader.category_counts()[""] == sum(counts.values()) == 39 * 20 + 1


def test_workers_in_processes_of_their_own_look_at_each_source_once(collecting: Desk, site):
    sources(collecting, site, 12)
    command = [sys.executable, "-c", WORK, str(collecting.settings.database)]
    workers = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [int(worker.communicate(timeout=PATIENCE)[0]) for worker in workers]
    assert sum(told) == 12
    assert {path for path, _ in site.requests} == {f"/{number}" for number in range(12)}
