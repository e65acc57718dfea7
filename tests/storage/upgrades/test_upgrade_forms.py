"""A database from before ``0022_form`` is brought up to date, and keeps its items."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from news.items import Item, Status
from storage.minting import Mint
from storage.records import KeptForm
from storage.sqlite.engine import SqliteStorage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_database_from_before_forms_were_kept_keeps_its_items(tmp_path: Path) -> None:
    mint, path = Mint(lambda: NOW), tmp_path / "depeche.db"
    store = SqliteStorage(path, mint, create=True)
    store.migrate(NOW)
    item = Item(mint(), "story", "Une", "fr", Status.PUBLISHED, NOW, NOW, published=NOW, first_published=NOW)
    with store.transaction() as tx:
        tx.put_item(item, NOW)
    store.close()
    _as_before(path)

    again = SqliteStorage(path, mint)
    assert "0022_form" in again.pending()
    again.migrate(NOW)
    with again.transaction() as tx:
        assert tx.item(item.id) == item
        tx.keep_form(KeptForm("u", item.id, {"title": "T"}, 1, NOW))
    assert again.problems() == ()
    again.close()


def _as_before(path: Path) -> None:
    raw = sqlite3.connect(path)
    with raw:
        for index in ("item_withdraw_at", "item_pinned"):
            raw.execute(f"DROP INDEX {index}")
        for column in ("withdraw_at", "pinned_until"):
            raw.execute(f"ALTER TABLE item DROP COLUMN {column}")
        for table in ("kept_form", "posted_form"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = '0022_form'")
    raw.close()
