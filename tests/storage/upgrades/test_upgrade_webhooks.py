"""A database from before webhooks is brought up to date."""

from datetime import UTC, datetime

from news.webhooks import Event, Webhook
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
from tests.storage.upgrades.older import database_before

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_an_older_database_takes_webhooks_and_keeps_its_people(tmp_path):
    path = tmp_path / "depeche.db"
    with database_before("0024_webhooks", path) as made:
        made.execute(
            "INSERT INTO user (id, email, role, password_hash, language, created)"
            " VALUES ('1', 'ada@x.example', 'admin', 'x', 'fr', 1)"
        )
    store = SqliteStorage(path, Mint(lambda: NOW))
    assert "0024_webhooks" in store.migrate(NOW)
    hook = Webhook("1", "https://x.example/", frozenset(Event), "whsec_eA==", NOW)
    with store.transaction() as tx:
        tx.put_webhook(hook)
        assert [user.email for user in tx.users()] == ["ada@x.example"]
        assert tx.webhooks() == (hook,)
    assert store.problems() == ()
    store.close()
