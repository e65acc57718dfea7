"""A database from before ``0034_joining`` is brought up to date, with what it holds."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from news.accounts import Identity
from news.users import Role, User
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_a_database_from_before_stories_waited_to_be_joined_is_brought_up_to_date(tmp_path: Path) -> None:
    mint, path = Mint(lambda: NOW), tmp_path / "depeche.db"
    store = SqliteStorage(path, mint, create=True)
    store.migrate(NOW)
    zoe = User(mint(), "zoe@example.org", Role.EDITOR, "x", NOW)
    with store.transaction() as tx:
        tx.put_user(zoe)
    store.close()
    with sqlite3.connect(path) as raw:
        for table in ("story_join", "account_identity"):
            raw.execute(f"DROP TABLE {table}")
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = '0034_joining'")

    again = SqliteStorage(path, mint)
    assert again.pending() == ["0034_joining"]
    again.migrate(NOW)
    known = Identity("https://idp.example", "1", zoe.id, NOW)
    with again.transaction() as tx:
        tx.put_identity(known)
        tx.put_join("one", "other", NOW)
    with again.read() as reader:
        assert (reader.users(), reader.identities(zoe.id)) == ((zoe,), (known,))
        assert reader.joins(["one"]) == {"one": ("other",)}
    assert again.problems() == ()
    again.close()
