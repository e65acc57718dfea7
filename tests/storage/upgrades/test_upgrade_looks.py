"""A database from before ``0011_looks`` is brought up to date: people ask for nothing, sources last spoke at their last
item."""

from __future__ import annotations

from datetime import UTC, datetime

from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage
from tests.storage.upgrades.older import database_before

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def test_sources_and_people_of_an_older_database_are_there(tmp_path):
    path = tmp_path / "depeche.db"
    with database_before("0011_looks", path) as made:
        for name in ("a", "b"):
            made.execute(
                "INSERT INTO source (id, url, kind, name, trust, created, next_at)"
                " VALUES (?, ?, 'feed', ?, 'review', 1, 1)",
                (name, f"https://{name}.example/", name),
            )
        made.execute(
            "INSERT INTO item (id, story_id, title, summary, content_html, body_text, language, status, published,"
            " created, updated, source_key) VALUES ('i', 'i', 't', '', '', '', 'fr', 'published', 86400, 1, 1, 1)"
        )
        made.execute(
            "INSERT INTO user (id, email, role, password_hash, language, created)"
            " VALUES ('u', 'a@b.example', 'editor', 'x', 'fr', 1)"
        )
    store = SqliteStorage(path, Mint(lambda: NOW))
    assert "0011_looks" in store.migrate(NOW)
    with store.read() as reader:
        first, second = reader.sources()
        (user,) = reader.users()
        assert reader.looks("a", 9) == ()
    assert (first.check.said, second.check.said) == (datetime(1970, 1, 2, tzinfo=UTC), None)
    assert (first.check.slow, first.check.took, user.alerts) == (0, None, False)
    assert store.problems() == ()
    store.close()
