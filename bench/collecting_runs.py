"""One refresh of many feeds by one program, as ``bench.collecting_run`` starts it. Prints JSON: CPU and wall seconds of
the first refresh and of one in which nothing has changed."""

from __future__ import annotations

import asyncio
import json
import resource
import sqlite3
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from desk.collecting.collect import Collecting
from desk.context import Desk, open_desk
from desk.settings import Settings
from net.allowed_networks import parse_allowed
from news.categories import Category
from news.sources import Check, Kind, Source, Trust

HOSTS = 200


def address(number: int, port: int) -> str:
    """Where feed ``number`` stands: the feeds are spread over many hosts, as in life."""
    return f"http://127.0.1.{number % HOSTS + 1}:{port}/{number}.xml"


def ours(folder: Path, port: int, feeds: int) -> dict[str, object]:
    """The worker's rounds over a new database."""
    desk, ahead = newsroom(folder, port, feeds)
    counted: list[int] = []

    def round_of(collecting: Collecting) -> None:
        before = changes(desk)
        outcomes = sum(1 for outcome in collecting.run() if outcome.error is None)
        assert outcomes == feeds, outcomes
        counted.append(changes(desk) - before)

    with Collecting(desk) as collecting:
        first = spent(lambda: round_of(collecting))
        ahead.append(timedelta(days=3))
        unchanged = spent(lambda: round_of(collecting))
    return {"first": first, "unchanged": unchanged, "rows": counted[1], "peak": peak()}


def newsroom(folder: Path, port: int, feeds: int) -> tuple[Desk, list[timedelta]]:
    """A newsroom of ``feeds`` trusted sources whose items have a category, and are public at once; and what its clock
    is ahead."""
    ahead: list[timedelta] = []
    settings = Settings(
        database=folder / "ours.db", allowed_networks=parse_allowed("127.0.0.0/8"), fetch_pause=0.0,
        fetch_interval_max=86_400,
    )  # fmt: skip
    desk = open_desk(settings, clock=lambda: datetime.now(UTC) + sum(ahead, timedelta()), create=True)
    now = desk.now()
    with desk.storage.transaction() as tx:
        tx.put_category(Category(desk.mint(), "Recherche", "Research", "recherche", 1, now), now)
        for number in range(feeds):
            url = address(number, port)
            made = Source(desk.mint(), url, Kind.FEED, f"S{number}", Trust.PUBLISH, now, Check(now))
            tx.put_source(made, now)
    return desk, ahead


def changes(desk: Desk) -> int:
    """How many rows this thread's connection has written so far."""
    return int(desk.storage._connection().total_changes)  # type: ignore[attr-defined]


def reader(folder: Path, port: int, feeds: int) -> dict[str, object]:
    """The library ``reader``, with as many threads as it likes."""
    from reader import make_reader

    store = make_reader(str(folder / "reader.db"))
    for number in range(feeds):
        store.add_feed(address(number, port))

    def refresh() -> None:
        for result in store.update_feeds_iter(workers=10, scheduled=False):
            if isinstance(result.value, Exception):
                raise result.value

    return {"first": spent(refresh), "unchanged": spent(refresh)}


def loop(folder: Path, port: int, feeds: int) -> dict[str, object]:
    """What one writes first: aiohttp, feedparser, and a table of entries."""
    import aiohttp
    import feedparser

    db = sqlite3.connect(folder / "loop.db")
    db.execute("CREATE TABLE entry (feed TEXT, id TEXT, title TEXT, summary TEXT, PRIMARY KEY (feed, id))")
    tags: dict[str, str] = {}

    async def one(session: Any, url: str, room: asyncio.Semaphore) -> None:
        headers = {"If-None-Match": tags[url]} if url in tags else {}
        async with room, session.get(url, headers=headers) as answer:
            if answer.status == 304:
                return
            body = await answer.read()
        tags[url] = answer.headers["ETag"]
        rows = [(url, each.id, each.title, each.summary) for each in feedparser.parse(body).entries]
        db.executemany("INSERT OR REPLACE INTO entry VALUES (?, ?, ?, ?)", rows)

    async def all_of_them() -> None:
        room = asyncio.Semaphore(16)
        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*(one(session, address(number, port), room) for number in range(feeds)))
        db.commit()

    return {"first": spent(lambda: asyncio.run(all_of_them())), "unchanged": spent(lambda: asyncio.run(all_of_them()))}


def spent(work: Callable[[], object]) -> dict[str, float]:
    """Wall and CPU seconds of ``work``, children that ended included."""
    wall, cpu = time.monotonic(), _cpu()
    work()
    return {"wall": time.monotonic() - wall, "cpu": _cpu() - cpu}


def peak() -> float:
    """The most memory this process had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _cpu() -> float:
    """Of this process and of its children: those that run are read from /proc, those that ended from the kernel."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(used.ru_utime + used.ru_stime for used in both) + sum(map(_of_process, _children()))


def _children() -> list[str]:
    return [pid for task in Path("/proc/self/task").iterdir() for pid in _started_by(task)]


def _started_by(task: Path) -> list[str]:
    try:
        return (task / "children").read_text().split()
    except OSError:  # the thread has ended
        return []


def _of_process(pid: str) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / 100


def main(arguments: list[str]) -> None:
    """One run, as ``bench.collecting_run`` is told."""
    who, folder, port, feeds = arguments
    run = {"ours": ours, "reader": reader, "loop": loop}[who]
    sys.stdout.write(json.dumps(run(Path(folder), int(port), int(feeds))) + "\n")
