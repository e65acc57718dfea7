"""A database from before the logs of the feeds gets them with what it has shown."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from news.categories import Category
from news.items import Item, Status
from news.selections import Selection
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINT = Mint(lambda: NOW)
MASTERS = Category(MINT(), "Masters", "Masters", "masters", 1, NOW)


def item(title: str, hours: int, **said: object) -> Item:
    item_id, came = MINT(), NOW + timedelta(hours=hours)
    given = {"language": "fr", "status": Status.PUBLISHED, "published": NOW, "first_published": came} | said
    return Item(item_id, item_id, title, created=NOW, updated=NOW, categories=frozenset({MASTERS.id}), **given)  # type: ignore[arg-type]


def before_the_logs(path: Path, *items: Item) -> SqliteStorage:
    store = SqliteStorage(path, MINT, create=True)
    store.migrate(NOW)
    with store.transaction() as tx:
        tx.put_category(MASTERS, NOW)
        for each in items:
            tx.put_item(each, NOW)
    store.close()
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TABLE passage")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = '0002_passages'")
    raw.close()
    return SqliteStorage(path, MINT)


def test_an_older_database_is_brought_up_to_date_with_what_is_and_was_shown(tmp_path):
    late, english, early = item("Tard", 3), item("Anglais", 2, language="en"), item("Tôt", 1)
    gone = item("Retirée", 0, status=Status.WITHDRAWN, withdrawn=NOW + timedelta(hours=9))
    never = item("Jamais vue", 0, status=Status.WITHDRAWN, withdrawn=NOW, first_published=None)
    store = before_the_logs(
        tmp_path / "depeche.db", late, english, early, gone, never, item("B", 0, status=Status.DRAFT)
    )
    assert "0002_passages" in store.migrate(NOW)
    for members in ((), (MASTERS,)):
        for tag, expected in ((None, [early, english, late, gone]), ("fr", [early, late, gone]), ("en", [english])):
            with store.read() as reader:
                found = reader.passages(Selection(members, language=tag), 1, 99)
            assert [passage.item_id for passage in found] == [each.id for each in expected]
            assert [passage.number for passage in found] == list(range(1, len(expected) + 1))
            assert [passage.left for passage in found] == [each.withdrawn for each in expected]
    assert store.problems() == ()
    store.close()


def test_an_older_database_goes_on_where_its_filled_log_ends(tmp_path):
    first = item("Une", 1)
    store = before_the_logs(tmp_path / "depeche.db", first)
    store.migrate(NOW)
    second = item("Deux", 2)
    with store.transaction() as tx:
        tx.put_item(second, NOW)
        assert [passage.item_id for passage in tx.passages(Selection(), 1, 9)] == [first.id, second.id]
    store.close()
