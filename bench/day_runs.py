"""One program's day with the partners of ``bench.day_server``, in a process of its own: ``python -m bench.day_runs WHO
FOLDER CLOCK PORT EVERY``. Prints JSON. The first fetch of everything comes before the day, and is not counted."""

from __future__ import annotations

import json
import logging
import struct
import sys
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

from bench.collecting_runs import spent
from bench.day_world import DAY, SOURCES, START
from desk.categories.registry import add_category
from desk.collecting.collect import Collecting
from desk.context import open_desk
from desk.settings import Settings
from net.allowed_networks import parse_allowed
from news.rules import usual_rules
from news.sources import Check, Kind, Source, Trust

_TICK = 120
Told = dict[str, Any]


def address(number: int, port: int) -> str:
    """Where partner ``number`` stands: each on a host of its own."""
    return f"http://127.0.{number // 250 + 1}.{number % 250 + 1}:{port}/{number}.xml"


class Hands:
    """The clock of the day, which the server of the partners reads too."""

    def __init__(self, file: Path, port: int) -> None:
        self._file = file.open("r+b", buffering=0)
        self._port = port
        self.now = 0

    def put(self, seconds: int) -> None:
        """It is so many seconds since the day began."""
        self.now = seconds
        self._file.seek(0)
        self._file.write(struct.pack("<q", seconds))

    def moment(self) -> datetime:
        """The same as a moment (UTC)."""
        return START + timedelta(seconds=self.now)

    def ask(self, what: str) -> Told:
        """What the server counted (``told``), or that it counts from now on (``begin``)."""
        with urlopen(f"http://127.0.0.1:{self._port}/{what}") as answer:
            told: Told = json.load(answer)
        return told


def ours(folder: Path, hands: Hands, port: int, _every: int) -> Told:
    """The worker, which ticks every second minute of the day."""
    desk = open_desk(
        Settings(database=folder / "ours.db", allowed_networks=parse_allowed("127.0.0.0/8"), fetch_pause=0.0),
        clock=hands.moment, create=True,
    )  # fmt: skip
    everything = usual_rules(always=[add_category(desk, "Actualités", actor="cli").id])
    with desk.storage.transaction() as tx:
        for number in range(SOURCES):
            made = Source(
                desk.mint(), address(number, port), Kind.FEED, f"P{number}", Trust.PUBLISH, desk.now(),
                Check(desk.now()), rules=everything,
            )  # fmt: skip
            tx.put_source(made, desk.now())
    came: Counter[str] = Counter()

    def tick(collecting: Collecting) -> None:
        for outcome in collecting.run():
            came.update(new=outcome.new, changed=outcome.changed, failed=bool(outcome.error))

    def day(collecting: Collecting) -> None:
        for moment in range(_TICK, DAY + 1, _TICK):
            hands.put(moment)
            tick(collecting)

    with Collecting(desk) as collecting:
        tick(collecting)
        hands.ask("begin")
        came.clear()
        used = spent(lambda: day(collecting))
    return used | {"came": dict(came), "told": hands.ask("told")}


def reader(folder: Path, hands: Hands, port: int, every: int) -> Told:
    """The library ``reader``, which looks at everything each ``every`` seconds."""
    from reader import make_reader

    store = make_reader(str(folder / "reader.db"))
    for number in range(SOURCES):
        store.add_feed(address(number, port))
    came: Counter[str] = Counter()

    def look() -> None:
        for result in store.update_feeds_iter(workers=10, scheduled=False):
            if isinstance(result.value, Exception):
                came.update(failed=1)
            elif result.value:
                came.update(new=result.value.new, changed=result.value.modified)

    def day() -> None:
        for moment in range(every, DAY + 1, every):
            hands.put(moment)
            look()
        hands.put(DAY)

    look()
    hands.ask("begin")
    came.clear()
    used = spent(day)
    return used | {"came": dict(came), "told": hands.ask("told")}


if __name__ == "__main__":
    who, folder, clock, port, every = sys.argv[1:]
    logging.disable(logging.WARNING)
    run: Callable[[Path, Hands, int, int], Told] = {"ours": ours, "reader": reader}[who]
    sys.stdout.write(json.dumps(run(Path(folder), Hands(Path(clock), int(port)), int(port), int(every))) + "\n")
