"""A database from before ``0006_named_feeds`` is brought up to date, with what it holds."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from news.categories import Category
from news.named_feeds import Chosen, NamedFeed
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_database_from_before_named_feeds_is_brought_up_to_date(tmp_path: Path) -> None:
    mint, path = Mint(lambda: NOW), tmp_path / "depeche.db"
    store = SqliteStorage(path, mint, create=True)
    store.migrate(NOW)
    category = Category(mint(), "Doctorat", "Doctorate", "doctorat", 1, NOW)
    with store.transaction() as tx:
        tx.put_category(category, NOW)
    store.close()
    with sqlite3.connect(path) as raw:
        raw.execute("ALTER TABLE category DROP COLUMN chosen")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = '0006_named_feeds'")

    again = SqliteStorage(path, mint)
    assert again.pending() == ["0006_named_feeds"]
    again.migrate(NOW)
    feed = NamedFeed(mint(), "Choix", "Choice", "choix", 0, NOW, chosen=Chosen((category.id,)))
    with again.transaction() as tx:
        tx.put_named_feed(feed, NOW)
    with again.read() as reader:
        assert (reader.categories(), reader.named_feeds()) == ((category,), (feed,))
    assert again.problems() == ()
    again.close()
