"""A large newsroom to measure in: made-up items, stored through the store's own transactions."""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from desk.categories.registry import add_category
from desk.context import Desk, open_desk
from desk.settings import Settings
from news.items import Item, Status

CATEGORIES, PER_ITEM = 200, 4
START = datetime(2016, 1, 1, tzinfo=UTC)
_BATCH = 2000
_WORDS = [
    "recherche", "école", "étudiants", "partenariat", "prix", "thèse", "doctorat", "laboratoire", "campus",
    "conférence", "international", "bourse", "industrie", "énergie", "quantique", "santé", "numérique",
    "diversité", "concours", "rentrée", "atelier", "chaire", "innovation", "climat",
]  # fmt: skip


def build(path: Path, items: int, categories: int = CATEGORIES) -> Desk:
    """A newsroom of ``items`` published items in a new database at ``path``."""
    made = START + timedelta(days=3650)
    settings = Settings(database=path, base_url="https://news.example.org")
    desk = open_desk(settings, clock=lambda: made, create=True)
    names = [add_category(desk, f"Section {number + 1}", actor="bench").id for number in range(categories)]
    chance = random.Random(1)
    for first in range(0, items, _BATCH):
        with desk.storage.transaction() as tx:
            for item in _batch(desk, names, chance, first, min(_BATCH, items - first), items):
                tx.put_item(item, made)
        _progress(first + _BATCH, items)
    return desk


def _batch(desk: Desk, names: list[str], chance: random.Random, first: int, count: int, items: int) -> Iterator[Item]:
    step = timedelta(days=3600) / items
    french: tuple[str, list[str]] | None = None
    for number in range(first, first + count):
        item_id = desk.mint()
        # Some sections are ten times as busy as others, as in life.
        chosen = chance.choices(names, weights=range(1, len(names) + 1), k=PER_ITEM)
        moment = (START + number * step).replace(microsecond=0)
        language = chance.choice(("fr", "fr", "en"))
        # English translates the French item before it, in its sections, where there is one.
        if language == "en" and french:
            story_id, chosen, french = *french, None
        else:
            story_id, french = item_id, (item_id, chosen) if language == "fr" else None
        yield Item(
            id=item_id, story_id=story_id, title=_text(chance, 8), language=language,
            status=Status.PUBLISHED, created=moment, updated=moment, summary=_text(chance, 30),
            content_html=f"<p>{_text(chance, 60)}</p>", categories=frozenset(chosen), published=moment,
            first_published=moment,
        )  # fmt: skip


def _text(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(_WORDS, k=words)).capitalize()


def _progress(done: int, items: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{min(done, items):,} items")
        sys.stderr.write("\n" if done >= items else "")
