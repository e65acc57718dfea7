"""A database from before ``0007_pictures`` is brought up to date, and what it shows is fetched."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from news.items import Image, Item, Status
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_database_from_before_pictures_keeps_its_items_and_asks_for_their_pictures(tmp_path: Path) -> None:
    mint, path = Mint(lambda: NOW), tmp_path / "depeche.db"
    store = SqliteStorage(path, mint, create=True)
    store.migrate(NOW)
    shown = Item(
        mint(), "story", "Une", "fr", Status.PUBLISHED, NOW, NOW, published=NOW, first_published=NOW,
        image=Image("https://x.example/é.jpg", "alt", 3, 4),
    )  # fmt: skip
    others = (
        replace(shown, id=mint(), image=None),
        replace(shown, id=mint(), status=Status.WITHDRAWN, withdrawn=NOW),
        replace(shown, id=mint(), merged_into=shown.id),
    )
    with store.transaction() as tx:
        for item in (shown, *others):
            tx.put_item(item, NOW)
    store.close()
    _as_before(path)

    again = SqliteStorage(path, mint)
    assert "0007_pictures" in again.pending()
    again.migrate(NOW)
    with again.read() as reader:
        assert reader.item(shown.id) == shown
        (row,) = reader.outbox(NOW, topics=("picture",))
        assert row.payload == {"item": shown.id, "url": "https://x.example/é.jpg"}
    assert again.problems() == ()
    again.close()


def _as_before(path: Path) -> None:
    raw = sqlite3.connect(path)
    with raw:
        raw.execute("DROP INDEX item_of_picture")
        raw.execute("ALTER TABLE item DROP COLUMN picture_key")
        raw.execute("ALTER TABLE item DROP COLUMN image_credit")
        raw.execute("DROP TABLE picture_file")
        raw.execute("DROP TABLE picture")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = '0007_pictures'")
    raw.close()
