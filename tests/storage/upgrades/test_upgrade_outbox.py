"""A database of an older program: brought up to date with what is in it."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
from tests.storage.upgrades.older import database_before

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_what_waits_in_an_older_outbox_is_still_there_and_now_found_by_what_it_says(tmp_path):
    path = tmp_path / "depeche.db"
    with database_before("0004_outbox_by_what_it_says", path) as made:
        made.execute("""INSERT INTO outbox (topic, payload, created, due) VALUES ('push', '{"a": 1}', 1, 1)""")
    store = SqliteStorage(path, Mint(lambda: NOW))
    assert "0004_outbox_by_what_it_says" in store.migrate(NOW)
    with store.transaction() as tx:
        tx.enqueue_once("push", {"a": 1}, NOW)
        assert [(row.topic, row.payload, row.due) for row in tx.outbox(NOW)] == [("push", {"a": 1}, NOW)]
    with closing(sqlite3.connect(path)) as looked:
        plan = looked.execute("EXPLAIN QUERY PLAN UPDATE outbox SET due = 1 WHERE topic = ? AND payload = ?", ["", ""])
        assert "outbox_of_what" in str(plan.fetchall())
    store.close()
