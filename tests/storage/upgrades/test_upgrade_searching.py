"""A database from before ``0030_searching`` is brought up to date, and finds what it had and what comes."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from news.items import Item, Status
from storage.minting import Mint
from storage.records import ItemQuery
from storage.sqlite.engine import SqliteStorage
from storage.sqlite.migrations.m0001_first import FTS_COLUMNS, TOKENIZER

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def item(mint: Mint, title: str) -> Item:
    item_id = mint()
    return Item(item_id, item_id, title, "fr", Status.PUBLISHED, NOW, NOW, published=NOW)


def test_a_database_that_indexed_row_by_row_finds_what_it_had_and_what_comes(tmp_path: Path) -> None:
    mint, path = Mint(lambda: NOW), tmp_path / "depeche.db"
    store = SqliteStorage(path, mint, create=True)
    store.migrate(NOW)
    old, new = item(mint, "Une école"), item(mint, "Deux écoles")
    store.close()
    with sqlite3.connect(path) as raw:
        raw.execute("DROP TRIGGER item_au")
        raw.execute("DROP TRIGGER item_ad")
        raw.execute("DROP TABLE item_fts")
        Database(raw).table("item").enable_fts(FTS_COLUMNS, create_triggers=True, tokenize=TOKENIZER)
        raw.execute("DELETE FROM _sqlite_migrations WHERE name = '0030_searching'")
        raw.execute(
            "INSERT INTO item (id, story_id, title, summary, content_html, body_text, language, status, published,"
            " created, updated) VALUES (?, ?, ?, '', '', '', 'fr', 'published', 0, 0, 0)",
            [old.id, old.id, old.title],
        )

    again = SqliteStorage(path, mint)
    assert again.pending() == ["0030_searching"]
    again.migrate(NOW)
    with again.transaction() as tx:
        tx.put_new_items([new], NOW)
        tx.put_item(replace(old, title="Trois lycées"), NOW)
        tx.put_item(item(mint, "Encore une école"), NOW)

    def found(text: str) -> set[str]:
        with again.read() as reader:
            return {each.title for each in reader.items(ItemQuery(text=text))}

    assert found("ecole") == {"Deux écoles", "Encore une école"}
    assert found("lycees") == {"Trois lycées"}
    again.close()
    with sqlite3.connect(path) as raw:
        raw.execute("INSERT INTO item_fts (item_fts, rank) VALUES ('integrity-check', 1)")


def test_a_change_of_an_items_state_does_not_touch_the_index(tmp_path: Path) -> None:
    mint, path = Mint(lambda: NOW), tmp_path / "depeche.db"
    store = SqliteStorage(path, mint, create=True)
    store.migrate(NOW)
    one = item(mint, "Une école")

    def segments() -> list[tuple[int, bytes]]:
        with sqlite3.connect(path) as raw:
            return raw.execute("SELECT id, block FROM item_fts_data ORDER BY id").fetchall()

    with store.transaction() as tx:
        tx.put_item(one, NOW)
    before = segments()
    with store.transaction() as tx:
        tx.put_item(replace(one, status=Status.WITHDRAWN, withdrawn=NOW, version=2), NOW)
    assert segments() == before
    with store.transaction() as tx:
        tx.put_item(replace(one, title="Un lycée", version=3), NOW)
    assert segments() != before
    store.close()
