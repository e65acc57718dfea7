"""The search index is written once for many new items, and again only when words change."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations

_WORDS = ("title", "summary", "body_text", "author")
_CHANGED = f"""
CREATE TRIGGER item_au AFTER UPDATE ON item
WHEN {" OR ".join(f"old.{name} IS NOT new.{name}" for name in _WORDS)}
BEGIN
    INSERT INTO item_fts (item_fts, rowid, {", ".join(_WORDS)})
    VALUES ('delete', old.key, {", ".join(f"old.{name}" for name in _WORDS)});
    INSERT INTO item_fts (rowid, {", ".join(_WORDS)}) VALUES (new.key, {", ".join(f"new.{name}" for name in _WORDS)});
END
"""


@migrations(name="0030_searching")
def searching(db: Database) -> None:
    """What is inserted is put into the index by those who insert: before each row that has a trigger, FTS5 writes out
    what it has gathered, a segment for every item. A change of an item's state leaves its words alone."""
    db.execute("DROP TRIGGER item_ai")
    db.execute("DROP TRIGGER item_au")
    db.execute(_CHANGED)
