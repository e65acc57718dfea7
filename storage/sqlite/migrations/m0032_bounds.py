"""What is bounded has to be counted: the seconds that are taken, the names that were learned, the pictures fetched."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_BOUNDS = """
CREATE INDEX item_told ON item(updated) WHERE status = 'published' AND merged_into IS NULL;
ALTER TABLE source_alias ADD COLUMN learned INTEGER NOT NULL DEFAULT 0;
CREATE INDEX source_alias_learned ON source_alias(item_key, learned) WHERE learned > 0;
CREATE TABLE pictures_taken (
    source_id TEXT NOT NULL,
    day TEXT NOT NULL,
    pictures INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    PRIMARY KEY (source_id, day)
) WITHOUT ROWID;
"""


@migrations(name="0032_bounds")
def bounds(db: Database) -> None:
    """What shares its moment with another keeps it: to move it would tell every subscriber of news that did not change.
    Of names, 0 says that a copy came with it; the index holds the others alone, so that what arrives in bulk does not
    pay for it."""
    for statement in statements(_BOUNDS):
        db.execute(statement)
