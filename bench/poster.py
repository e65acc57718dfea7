"""``python -m bench.poster DATABASE SECONDS``: posts an item every so often, until its standard input ends."""

from __future__ import annotations

import random
import sys
import threading
from pathlib import Path

from desk.context import open_desk
from desk.items.posting import post_item
from desk.settings import Settings
from news.drafts import Draft


def main() -> None:
    """Post until told to stop."""
    database, pause = Path(sys.argv[1]), float(sys.argv[2])
    desk = open_desk(Settings(database=database, base_url="https://news.example.org"))
    with desk.storage.read() as reader:
        slugs = [category.slug for category in reader.categories()]
    ended = threading.Event()
    threading.Thread(target=_when_input_ends, args=(ended,), daemon=True).start()
    chance, posted = random.Random(3), 0
    while not ended.wait(pause):
        posted += 1
        draft = Draft(f"Une nouvelle, la {posted}e", tuple(chance.sample(slugs, 2)), status="published")
        post_item(desk, draft, "bench")
    desk.storage.close()


def _when_input_ends(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


if __name__ == "__main__":
    main()
