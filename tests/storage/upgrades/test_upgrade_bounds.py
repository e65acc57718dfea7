"""A database from before ``0032_bounds`` is brought up to date: what shares its moment keeps it."""

from __future__ import annotations

from datetime import UTC, datetime

from news.recognise import Alias
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
from tests.storage.upgrades.older import database_before

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = datetime(2026, 3, 1, 10, 30, tzinfo=UTC)


def test_news_of_one_day_keeps_its_moment_so_that_no_subscriber_is_told_again(tmp_path):
    path = tmp_path / "depeche.db"
    with database_before("0032_bounds", path) as made:
        for name in ("a", "b"):
            made.execute(
                "INSERT INTO item (id, story_id, title, summary, content_html, body_text, language, status, published,"
                " created, updated) VALUES (:id, :id, 't', '', '', '', 'fr', 'published', :at, :at, :at)",
                {"id": name, "at": DAY.timestamp()},
            )
    store = SqliteStorage(path, Mint(lambda: NOW))
    assert "0032_bounds" in store.migrate(NOW)
    with store.transaction() as tx:
        assert {item.updated for item in tx.items_named(["a", "b"]).values()} == {DAY}
        assert tx.moments_taken([(DAY, DAY)]) == {DAY}
    assert store.problems() == ()
    store.close()


def test_the_names_an_older_database_knows_stay_and_later_ones_are_learned(tmp_path):
    path = tmp_path / "depeche.db"
    with database_before("0032_bounds", path) as made:
        made.execute(
            "INSERT INTO source (id, url, kind, name, trust, created, next_at)"
            " VALUES ('s', 'https://a.example/', 'feed', 'A', 'review', 1, 1)"
        )
        made.execute(
            "INSERT INTO item (id, story_id, title, summary, content_html, body_text, language, status, published,"
            " created, updated, source_key) VALUES ('i', 'i', 't', '', '', '', 'fr', 'published', 1, 1, 1, 1)"
        )
        made.execute("INSERT INTO source_copy VALUES (1, 1, 'print')")
        made.execute("INSERT INTO source_alias VALUES (1, 'guid', 'first', 1)")
    store = SqliteStorage(path, Mint(lambda: NOW))
    store.migrate(NOW)
    names = [Alias("guid", "first"), *(Alias("guid", str(number)) for number in range(12))]
    with store.transaction() as tx:
        for name in names:
            tx.put_aliases("s", "i", [name], "print")
        assert {name.value for name in tx.known("s", names)} == {"first", *map(str, range(4, 12))}
    store.close()
