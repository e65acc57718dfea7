"""Refreshing many sources, beside the library ``reader`` and a bare loop of aiohttp and feedparser; and a tick."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench.collecting_runs import changes, newsroom
from bench.figures import milliseconds, say
from net.ports import free_port
from news.sources import Check

FEEDS, ITEMS = 1_000, 20
MANY = 10_000
TICKED, DUE = 50_000, 100


def measure(folder: Path) -> None:
    """Print all figures of collecting; ``folder`` is an empty one."""
    _refreshes()
    say()
    _memory()
    say()
    _tick(folder)


def _refreshes() -> None:
    say(f"A refresh of {FEEDS:,} local feeds of {ITEMS} items, seconds")
    say(f"{'':22}{'first, wall':>12}{'CPU':>8}{'ratio':>8}{'unchanged, wall':>18}{'CPU':>8}{'ratio':>8}")
    with serving(ITEMS) as port:
        told = {who: run(who, port, FEEDS) for who in ("ours", "reader", "loop")}
    for who, name in (("ours", "Dépêche"), ("reader", "reader"), ("loop", "aiohttp + feedparser")):
        first, unchanged = told[who]["first"], told[who]["unchanged"]
        ratios = [told[who][what]["wall"] / told["ours"][what]["wall"] for what in ("first", "unchanged")]
        say(
            f"{name:22}{first['wall']:12.2f}{first['cpu']:8.2f}{ratios[0]:7.1f}×"
            f"{unchanged['wall']:18.2f}{unchanged['cpu']:8.2f}{ratios[1]:7.1f}×"
        )
    say(f"rows written by an unchanged refresh: {told['ours']['rows']:,} for {FEEDS:,} sources (lease and look)")


def _memory() -> None:
    with serving(2) as port:
        few, many = (run("ours", port, feeds)["peak"] for feeds in (FEEDS, MANY))
    say(f"Peak memory of the worker: {few:.0f} MB with {FEEDS:,} sources, {many:.0f} MB with {MANY:,}")


def _tick(folder: Path) -> None:
    desk, _ = newsroom(folder, 80, TICKED)
    now = desk.now()
    with desk.storage.transaction() as tx:
        ids = [source.id for source in tx.sources()]
        tx.put_checks({each: Check(now + timedelta(hours=1), checked=now) for each in ids[DUE:]})
    before = changes(desk)

    def tick() -> None:
        with desk.storage.transaction() as tx:
            leased = tx.lease_sources(now, now + timedelta(minutes=3), DUE)
            later = now + timedelta(hours=1)
            tx.put_checks({each.id: replace(each.check, next_at=later) for each in leased})
            assert len(leased) == DUE

    spent = milliseconds(tick)
    say(f"A tick over {TICKED:,} sources of which {DUE} are due, fetching aside: {spent:.1f} ms,")
    say(f"rows written: {changes(desk) - before} (each leased, and looked at)")
    say(f"the next tick, with nothing due: {milliseconds(lambda: _nothing(desk, now)):.2f} ms")
    desk.storage.close()


def _nothing(desk: Any, now: Any) -> None:
    with desk.storage.transaction() as tx:
        assert not tx.lease_sources(now, now + timedelta(minutes=3), DUE)


@contextmanager
def serving(items: int) -> Iterator[int]:
    """The server of feeds, in a process of its own; its port."""
    port = free_port("127.0.0.1")
    command = [sys.executable, "-m", "bench.feed_server", str(items), str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as server:  # noqa: S603
        assert server.stdout
        server.stdout.readline()
        try:
            yield port
        finally:
            server.kill()


def run(who: str, port: int, feeds: int) -> dict[str, Any]:
    """What ``who`` needed for ``feeds`` feeds."""
    with tempfile.TemporaryDirectory(prefix="depeche-bench-") as folder:
        command = [sys.executable, "-m", "bench.collecting_run", who, folder, str(port), str(feeds)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603
    told: dict[str, Any] = json.loads(done.stdout)
    return told
