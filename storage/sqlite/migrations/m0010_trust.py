"""Rules instead of a map, floods, and what is alike."""

from __future__ import annotations

import json

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_TABLES = """
ALTER TABLE source ADD COLUMN rules TEXT NOT NULL DEFAULT '[]';
CREATE TABLE flood (
    source_key INTEGER PRIMARY KEY REFERENCES source(key),
    kind TEXT NOT NULL,
    since INTEGER NOT NULL
);
CREATE TABLE flood_item (
    item_key INTEGER PRIMARY KEY REFERENCES item(key),
    source_key INTEGER NOT NULL REFERENCES flood(source_key)
);
CREATE INDEX flood_item_of_flood ON flood_item(source_key);
CREATE TABLE title_key (
    title_key INTEGER NOT NULL,
    at INTEGER NOT NULL,
    item_key INTEGER NOT NULL REFERENCES item(key),
    PRIMARY KEY (title_key, at, item_key)
) WITHOUT ROWID;
CREATE TABLE likeness (
    item_key INTEGER NOT NULL REFERENCES item(key),
    other_key INTEGER NOT NULL REFERENCES item(key),
    apart INTEGER NOT NULL,
    PRIMARY KEY (item_key, other_key)
) WITHOUT ROWID;
CREATE INDEX likeness_of_other ON likeness(other_key);
CREATE INDEX item_merged ON item(merged_into) WHERE merged_into IS NOT NULL
"""


@migrations(name="0010_trust")
def trust(db: Database) -> None:
    """A source's map and categories become its first rules; what came before these days is like nothing that comes."""
    for statement in statements(_TABLES):
        db.execute(statement)
    for key, mapped, always in db.execute("SELECT key, map, categories FROM source").fetchall():
        rules: list[dict[str, object]] = [
            {"kind": "term", "given": term, "categories": [each]} for term, each in json.loads(mapped).items()
        ]
        rules.append({"kind": "names"})
        if given := json.loads(always):
            rules.append({"kind": "always", "categories": given})
        db.execute("UPDATE source SET rules = ? WHERE key = ?", [json.dumps(rules, ensure_ascii=False), key])
    db.execute("ALTER TABLE source DROP COLUMN map")
    db.execute("ALTER TABLE source DROP COLUMN categories")
