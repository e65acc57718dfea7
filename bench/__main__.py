"""``python -m bench [PART…]``: everything in one run, in about four minutes, or the parts that are named."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from bench import answers, changes, memory, rendering, serving, shelves
from bench.figures import say
from bench.newsroom import build

ITEMS = 100_000
IN_PROCESS = {
    "answers": answers.measure, "lists": shelves.measure, "rendering": rendering.measure, "change": changes.measure,
}  # fmt: skip
SERVED = ("serving", "memory")


def main() -> None:
    """Build newsrooms in a temporary folder, measure, and leave nothing behind."""
    asked = sys.argv[1:] or [*SERVED, *IN_PROCESS]
    if unknown := set(asked) - {*SERVED, *IN_PROCESS}:
        sys.exit(f"no such part: {', '.join(sorted(unknown))}. There are: {', '.join([*SERVED, *IN_PROCESS])}")
    with tempfile.TemporaryDirectory(prefix="depeche-bench-") as folder:
        if set(asked) & set(SERVED):
            _served(Path(folder), asked)
        if set(asked) & set(IN_PROCESS):
            _in_process(Path(folder), asked)


def _served(folder: Path, asked: list[str]) -> None:
    database, paths = serving.newsroom(folder)
    if "serving" in asked:
        serving.measure(folder, database, paths)
        say()
    if "memory" in asked:
        memory.measure(database, paths)
        say()


def _in_process(folder: Path, asked: list[str]) -> None:
    began = time.monotonic()
    desk = build(folder / "depeche.db", ITEMS)
    spent = time.monotonic() - began
    say(f"{ITEMS:,} items stored in {spent:.0f} s ({ITEMS / spent:,.0f} a second)\n")
    for name, measure in IN_PROCESS.items():
        if name in asked:
            measure(desk)
            say()
    desk.storage.close()


if __name__ == "__main__":
    main()
