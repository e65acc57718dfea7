"""Staff's lists answer with a hundred thousand items, whatever is asked for. Counted are steps of SQLite, which are the
same on every machine; seconds stand in docs/decisions/lists.md."""

from __future__ import annotations

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
# Of SQLite's virtual machine; a row that is looked at takes several.
STEPS_AT_ONCE = 100
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
    ("asked", "steps_an_item"),
    [
        ({}, 0.1),
        ({"order": Order.OLDEST}, 0.1),
        ({"order": Order.ADDED, "after": MIDDLE}, 0.1),
        ({"after": MIDDLE}, 0.1),
        ({"before": MIDDLE}, 0.1),
        ({"statuses": frozenset({Status.DRAFT}), "after": MIDDLE}, 0.1),
        ({"category_id": "c1", "after": MIDDLE}, 0.5),
        ({"category_id": "c2"}, 0.1),
        # The words of the search have to be counted, once.
        ({"text": "commun"}, 6),
        ({"text": "mot77"}, 6),
        ({"text": "commun", "category_id": "c2"}, 6),
        # Nothing is found here, after everything was looked at, once.
        ({"own": False}, 6),
        ({"untranslated": True}, 30),
        ({"language": "fr", "since": NOW - timedelta(days=900)}, 0.1),
    ],
)
def test_a_list_of_a_hundred_thousand_walks_no_further_than_it_has_to(store, asked, steps_an_item):
    steps = 0

    def counted() -> None:
        nonlocal steps
        steps += STEPS_AT_ONCE

    with store.read() as reader:
        reader.db.conn.set_progress_handler(counted, STEPS_AT_ONCE)
        try:
            reader.items(ItemQuery(limit=41, **asked))
        finally:
            reader.db.conn.set_progress_handler(None, 0)
    assert steps <= steps_an_item * MANY
