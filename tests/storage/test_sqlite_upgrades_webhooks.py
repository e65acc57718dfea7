"""A database from before webhooks is brought up to date."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from sqlite_utils import Database

from news.webhooks import Event, Webhook
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
from storage.sqlite.schema import migrations

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_an_older_database_takes_webhooks_and_keeps_its_people(tmp_path):
    path = tmp_path / "depeche.db"
    with closing(sqlite3.connect(path)) as made:
        migrations.apply(Database(made), stop_before="0024_webhooks")
        made.execute(
            "INSERT INTO user (id, email, role, password_hash, language, created)"
            " VALUES ('1', 'ada@x.example', 'admin', 'x', 'fr', 1)"
        )
        made.commit()
    store = SqliteStorage(path, Mint(lambda: NOW))
    assert "0024_webhooks" in store.migrate(NOW)
    hook = Webhook("1", "https://x.example/", frozenset(Event), "whsec_eA==", NOW)
    with store.transaction() as tx:
        tx.put_webhook(hook)
        assert [user.email for user in tx.users()] == ["ada@x.example"]
        assert tx.webhooks() == (hook,)
    assert store.problems() == ()
    store.close()
