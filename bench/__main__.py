"""``python -m bench [ITEMS]``: everything in one run, in under three minutes with the usual 100,000 items."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from bench import answers, embedding, shelves
from bench.figures import say
from bench.newsroom import build

ITEMS = 100_000


def main() -> None:
    """Build the newsroom in a temporary folder, measure, and leave nothing behind."""
    items = int(sys.argv[1]) if len(sys.argv) > 1 else ITEMS
    with tempfile.TemporaryDirectory(prefix="depeche-bench-") as folder:
        began = time.monotonic()
        desk = build(Path(folder) / "depeche.db", items)
        spent = time.monotonic() - began
        say(f"{items:,} items stored in {spent:.0f} s ({items / spent:,.0f} a second)\n")
        answers.measure(desk)
        say()
        shelves.measure(desk)
        say()
        embedding.measure(desk)
        desk.storage.close()


if __name__ == "__main__":
    main()
