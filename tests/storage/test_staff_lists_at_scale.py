"""Staff's lists answer with a hundred thousand items, whatever is asked for. The bound is generous, for the machine's
neighbours are noisy; the usual figures stand in docs/decisions/lists.md."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from news.items import Status
from storage.minting import Mint
from storage.records import ItemQuery, Order, Place
from storage.sqlite.engine import SqliteStorage

pytestmark = pytest.mark.long
NOW = datetime(2026, 3, 2, tzinfo=UTC)
FIRST, MANY = 1_600_000_000, 100_000
MIDDLE = Place(datetime.fromtimestamp(FIRST + MANY // 2 * 60, UTC), f"i{MANY // 2}")
BOUND_SECONDS = 0.5
_ITEM = (
    "INSERT INTO item (id, story_id, title, summary, content_html, body_text, language, status, published, created,"
    " updated) VALUES (?, ?, ?, '', '', 'commun', ?, ?, ?, ?, 0)"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    opened = SqliteStorage(tmp_path_factory.mktemp("many") / "depeche.db", Mint(lambda: NOW), create=True)
    opened.migrate(NOW)
    with opened.transaction() as tx:
        for key in (1, 2):
            tx.db.execute(
                "INSERT INTO category (key, id, name_fr, name_en, slug, rank, created)"
                " VALUES (?, ?, 'C', 'C', ?, 1, 0)",
                [key, f"c{key}", f"c{key}"],
            )
        rows = (
            (f"i{n}", f"i{n // 2}", f"Titre mot{n % 997}", "en" if n % 2 else "fr", "published" if n % 50 else "draft",
             FIRST + n * 60, FIRST + n)
            for n in range(MANY)
        )  # fmt: skip
        tx.db.conn.executemany(_ITEM, rows)
        tx.make_searchable(1, MANY)
        tx.db.execute("INSERT INTO item_category SELECT key, 1 FROM item")
        tx.db.execute("INSERT INTO item_category SELECT key, 2 FROM item WHERE key % 5000 = 0")
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "asked",
    [
        {}, {"order": Order.OLDEST}, {"order": Order.ADDED, "after": MIDDLE}, {"after": MIDDLE}, {"before": MIDDLE},
        {"statuses": frozenset({Status.DRAFT}), "after": MIDDLE}, {"category_id": "c1", "after": MIDDLE},
        {"category_id": "c2"}, {"text": "commun"}, {"text": "mot77"}, {"text": "commun", "category_id": "c2"},
        {"untranslated": True}, {"own": False}, {"language": "fr", "since": NOW - timedelta(days=900)},
    ],
)  # fmt: skip
def test_a_list_of_a_hundred_thousand_answers_at_once(store, asked):
    took = []
    for _ in range(3):
        began = time.perf_counter()
        with store.read() as reader:
            reader.items(ItemQuery(limit=41, **asked))
            reader.item_counts()
        took.append(time.perf_counter() - began)
    assert min(took) < BOUND_SECONDS
