"""Staff name feeds."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations


@migrations(name="0006_named_feeds")
def named_feeds(db: Database) -> None:
    """Which items a named feed shows (JSON); null for a category. In one table with categories, they share addresses,
    shelves and ends."""
    db.execute("ALTER TABLE category ADD COLUMN chosen TEXT")
