"""A database from before ``0008_looking_again`` is brought up to date, with the sources it holds."""

from __future__ import annotations

from datetime import UTC, datetime

from news.rhythm import Hints
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
from tests.storage.upgrades.older import database_before

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_sources_of_an_older_database_are_there_and_can_be_leased(tmp_path):
    path = tmp_path / "depeche.db"
    with database_before("0008_looking_again", path) as made:
        made.execute(
            "INSERT INTO source (id, url, kind, name, trust, created, next_at, etag)"
            """ VALUES ('s', 'https://a.example/', 'feed', 'A', 'review', 1, 1, '"x"')"""
        )
    store = SqliteStorage(path, Mint(lambda: NOW))
    assert "0008_looking_again" in store.migrate(NOW)
    with store.transaction() as tx:
        (source,) = tx.lease_sources(NOW, NOW, 10)
    assert (source.check.etag, source.check.hints, source.check.rhythm) == ('"x"', Hints(), None)
    assert store.problems() == ()
    store.close()
