"""A database from before ``0005_stories`` is brought up to date, with what it holds."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from news.items import Item, Status
from news.selections import Selection
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_database_from_before_story_times_is_brought_up_to_date(tmp_path: Path) -> None:
    mint, path = Mint(lambda: NOW), tmp_path / "depeche.db"
    store = SqliteStorage(path, mint, create=True)
    store.migrate(NOW)
    french, english = (
        Item(mint(), "story", title, tag, Status.PUBLISHED, NOW, NOW, published=NOW, first_published=NOW)
        for title, tag in (("Une", "fr"), ("One", "en"))
    )
    with store.transaction() as tx:
        tx.put_item(french, NOW)
    store.close()
    _as_before(path)

    again = SqliteStorage(path, mint)
    assert "0005_stories" in again.pending()
    again.migrate(NOW)
    with again.transaction() as tx:
        tx.put_item(english, NOW + timedelta(hours=1))
    with again.read() as reader:
        assert reader.shelf(Selection(), limit=5, prefer="fr") == (french,)
        assert reader.told_at(Selection(), ["story"]) == {"story": NOW}
    assert again.problems() == ()
    again.close()


def _as_before(path: Path) -> None:
    raw = sqlite3.connect(path)
    with raw:
        raw.execute("DROP TABLE story_moved")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = '0005_stories'")
    raw.close()
