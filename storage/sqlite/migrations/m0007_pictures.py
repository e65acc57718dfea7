"""Pictures are kept on our side."""

from __future__ import annotations

import json

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_PICTURES = """
CREATE TABLE picture (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    owner_id TEXT,
    renditions TEXT NOT NULL,
    created INTEGER NOT NULL,
    unused_since INTEGER
);
CREATE TABLE picture_file (
    picture_key INTEGER NOT NULL REFERENCES picture(key) ON DELETE CASCADE,
    name TEXT NOT NULL,
    body BLOB NOT NULL,
    UNIQUE (picture_key, name)
);
ALTER TABLE item ADD COLUMN picture_key INTEGER REFERENCES picture(key);
ALTER TABLE item ADD COLUMN image_credit TEXT NOT NULL DEFAULT '';
CREATE INDEX item_of_picture ON item(picture_key) WHERE picture_key IS NOT NULL;
"""
_WITHOUT_A_COPY = """
    SELECT id, image_url, coalesce(published, created) AS at FROM item
    WHERE image_url LIKE 'http%' AND status != 'withdrawn' AND merged_into IS NULL ORDER BY key DESC
"""


@migrations(name="0007_pictures")
def pictures(db: Database) -> None:
    """Where they are kept; and what items show already waits to be fetched, the newest first."""
    for statement in statements(_PICTURES):
        db.execute(statement)
    for order, (item_id, url, at) in enumerate(db.execute(_WITHOUT_A_COPY).fetchall()):
        said = json.dumps({"item": item_id, "url": url}, ensure_ascii=False, sort_keys=True)
        db.execute("INSERT INTO outbox (topic, payload, created, due) VALUES ('picture', ?, ?, ?)", [said, at, order])
