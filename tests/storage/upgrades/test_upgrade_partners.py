"""A database from before ``0028_partners`` is brought up to date, with what it holds."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from news.categories import Category
from news.partners import Partner
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TABLES = ("partner", "asked_for", "aggregator", "feed_readers", "feed_sketch", "carrier")


def test_a_database_from_before_partners_is_brought_up_to_date(tmp_path: Path) -> None:
    mint, path = Mint(lambda: NOW), tmp_path / "depeche.db"
    store = SqliteStorage(path, mint, create=True)
    store.migrate(NOW)
    category = Category(mint(), "Doctorat", "Doctorate", "doctorat", 1, NOW)
    with store.transaction() as tx:
        tx.put_category(category, NOW)
    store.close()
    with sqlite3.connect(path) as raw:
        for table in TABLES:
            raw.execute(f"DROP TABLE {table}")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = '0028_partners'")

    again = SqliteStorage(path, mint)
    assert again.pending() == ["0028_partners"]
    again.migrate(NOW)
    partner = Partner(mint(), "abcdefghij", "Lyon", NOW)
    with again.transaction() as tx:
        tx.put_partner(partner)
    with again.read() as reader:
        assert (reader.categories(), reader.partners(), reader.carriers()) == ((category,), (partner,), ())
    assert again.problems() == ()
    again.close()
