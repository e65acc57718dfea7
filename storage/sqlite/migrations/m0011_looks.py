"""How sources are doing: what was learned of their habits, a log of looks, what staff were told, and who asked."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_LOOKS = """
ALTER TABLE source ADD COLUMN said INTEGER;
ALTER TABLE source ADD COLUMN longest INTEGER;
ALTER TABLE source ADD COLUMN took INTEGER;
ALTER TABLE source ADD COLUMN slow INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN same INTEGER NOT NULL DEFAULT 0;
ALTER TABLE user ADD COLUMN alerts INTEGER NOT NULL DEFAULT 0;
CREATE TABLE look (
    key INTEGER PRIMARY KEY,
    source_key INTEGER NOT NULL REFERENCES source(key),
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    took INTEGER,
    same_before INTEGER NOT NULL,
    new INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    error_key TEXT,
    error_args TEXT NOT NULL
);
CREATE INDEX look_of_source ON look(source_key, key);
CREATE TABLE source_told (
    source_key INTEGER PRIMARY KEY REFERENCES source(key),
    state TEXT NOT NULL
);
UPDATE source SET said = (SELECT max(sorted) FROM item WHERE item.source_key = source.key)
"""


@migrations(name="0011_looks")
def looks(db: Database) -> None:
    """Sources that are there last said something new at the date of their newest item."""
    for statement in statements(_LOOKS):
        db.execute(statement)
