"""Which seconds are taken is found at once."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations


@migrations(name="0032_moments")
def moments(db: Database) -> None:
    """An index of when public items last changed. What shares its moment with another keeps it: to move it would tell
    every subscriber of news that did not change."""
    db.execute("CREATE INDEX item_told ON item(updated) WHERE status = 'published' AND merged_into IS NULL")
