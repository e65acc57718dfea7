"""A database from before accounts had sessions of their own is brought up to date with its people."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from news.accounts import Access
from news.errors import StoreFailed
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
from tests.storage.upgrades.older import database_before

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "depeche.db"
    with database_before("0020_accounts", path) as made:
        made.execute(
            "INSERT INTO user (id, email, role, password_hash, language, created)"
            " VALUES ('1', 'ada@x.example', 'admin', 'x', 'fr', 1)"
        )
    store = SqliteStorage(path, Mint(lambda: NOW))
    assert "0020_accounts" in store.migrate(NOW)
    yield store
    store.close()


def test_people_are_still_there(store):
    with store.transaction() as tx:
        (ada,) = tx.users()
        tx.put_user(ada)
    assert (ada.email, ada.erased, ada.session_epoch) == ("ada@x.example", None, 1)
    assert store.problems() == ()


def test_the_log_of_who_came_in_cannot_be_changed(store):
    with store.transaction() as tx:
        tx.add_access(Access(NOW, "refused", None, "192.0.2.1"))
    with closing(sqlite3.connect(store.path)) as raw, pytest.raises((sqlite3.IntegrityError, StoreFailed)):
        raw.execute("UPDATE access_log SET kind = 'signed in'")
