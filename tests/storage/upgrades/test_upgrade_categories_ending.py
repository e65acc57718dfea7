"""A database of an older shape is brought up to date with what it holds."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlite_utils import Migrations

from storage.minting import Mint
from storage.sqlite import engine
from storage.sqlite.engine import SqliteStorage
from storage.sqlite.migrations import m0001_first

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
CATEGORY = "INSERT INTO category (id, name_fr, name_en, slug, rank, created, retired) VALUES (?, ?, ?, ?, 1, 0, ?)"


def test_categories_from_before_they_could_end_go_on_or_are_gone(tmp_path, monkeypatch):
    storage = SqliteStorage(tmp_path / "depeche.db", Mint(lambda: NOW), create=True)
    old = Migrations("depeche")
    old(name="0001_first")(m0001_first.first)
    with monkeypatch.context() as then:
        then.setattr(engine, "migrations", old)
        storage.migrate(NOW)
    with storage.transaction() as tx:
        for slug, retired in (("un", None), ("deux", 60)):
            tx.db.execute(CATEGORY, [tx.mint(), slug, slug, slug, retired])
    assert "0003_ending_categories" in storage.migrate(NOW)
    with storage.read() as reader:
        assert [(one.slug, one.answers) for one in reader.categories()] == [("un", True), ("deux", False)]
    assert storage.problems() == ()
    storage.close()
