"""``python -m bench [PART…]``: everything in one run, in about eight minutes, or the parts that are named."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import answers, changes, collecting, day, embedding, memory, parsing, rendering, serving, shelves, starting
from bench.figures import say
from bench.newsroom import build

ITEMS = 100_000
SERVED = ("serving", "memory")
IN_PROCESS = {
    "answers": answers.measure, "lists": shelves.measure, "rendering": rendering.measure, "change": changes.measure,
    "embedding": embedding.measure,
}  # fmt: skip
# What needs no newsroom of 100,000 items; each is given a folder of its own.
ALONE: dict[str, Callable[[Path], None]] = {
    "parsing": parsing.measure, "collecting": collecting.measure, "day": day.measure,
    "start": starting.measure,
}  # fmt: skip
PARTS = (*SERVED, *IN_PROCESS, *ALONE)


def main() -> None:
    """Build newsrooms in a temporary folder, measure, and leave nothing behind."""
    asked = set(sys.argv[1:]) or set(PARTS)
    if unknown := asked - set(PARTS):
        sys.exit(f"no such part: {', '.join(sorted(unknown))}. There are: {', '.join(PARTS)}")
    with tempfile.TemporaryDirectory(prefix="depeche-bench-") as folder:
        if asked & set(SERVED):
            _served(Path(folder), asked)
        if asked & set(IN_PROCESS):
            _in_process(Path(folder), asked)
        for name in ALONE:
            if name in asked:
                _alone(Path(folder) / name, ALONE[name])


def _served(folder: Path, asked: set[str]) -> None:
    database, paths = serving.newsroom(folder)
    if "serving" in asked:
        serving.measure(folder, database, paths)
        say()
    if "memory" in asked:
        memory.measure(database, paths)
        say()


def _in_process(folder: Path, asked: set[str]) -> None:
    began = time.monotonic()
    desk = build(folder / "depeche.db", ITEMS)
    spent = time.monotonic() - began
    say(f"{ITEMS:,} items stored in {spent:.0f} s ({ITEMS / spent:,.0f} a second)\n")
    for name, measure in IN_PROCESS.items():
        if name in asked:
            measure(desk)
            say()
    desk.storage.close()


def _alone(folder: Path, measure: Callable[[Path], None]) -> None:
    folder.mkdir()
    measure(folder)
    say()


if __name__ == "__main__":
    main()
