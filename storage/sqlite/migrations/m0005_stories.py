"""A story is told once, and moves."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations


@migrations(name="0005_stories")
def stories(db: Database) -> None:
    """When a telling of a story last came to, or left, a category's shelf (0: of all) while another was in public."""
    db.execute(
        "CREATE TABLE story_moved (story_id TEXT NOT NULL, category_key INTEGER NOT NULL, at INTEGER NOT NULL,"
        " PRIMARY KEY (story_id, category_key)) WITHOUT ROWID"
    )
