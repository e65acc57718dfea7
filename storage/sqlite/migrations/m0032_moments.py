"""Which seconds are taken is found at once; and which names of a copy were learned after it came, in which order."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations


@migrations(name="0032_moments")
def moments(db: Database) -> None:
    """An index of when public items last changed. What shares its moment with another keeps it: to move it would tell
    every subscriber of news that did not change. Of names, 0 says that a copy came with it; the index holds the others
    alone, so that what arrives in bulk does not pay for it."""
    db.execute("CREATE INDEX item_told ON item(updated) WHERE status = 'published' AND merged_into IS NULL")
    db.execute("ALTER TABLE source_alias ADD COLUMN learned INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX source_alias_learned ON source_alias(item_key, learned) WHERE learned > 0")
