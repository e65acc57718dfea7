"""The logs that archives are made of."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_PASSAGES = """
CREATE TABLE passage (
    category_key INTEGER NOT NULL,
    language TEXT NOT NULL,
    number INTEGER NOT NULL,
    item_key INTEGER NOT NULL REFERENCES item(key),
    left_at INTEGER,
    PRIMARY KEY (category_key, language, number)
) WITHOUT ROWID;
CREATE UNIQUE INDEX passage_of_item ON passage(item_key, category_key, language);
CREATE INDEX passage_left ON passage(category_key, language, number) WHERE left_at IS NOT NULL;
WITH stood AS (
    SELECT shelf.category_key, shelf.language, item_key, coalesce(first_published, item.published) AS at,
        NULL AS left_at
    FROM shelf JOIN item ON item.key = item_key
    UNION ALL
    SELECT shown.category_key, language, key, withdrawn, withdrawn
    FROM item JOIN (SELECT item_key, category_key FROM item_category UNION ALL SELECT key, 0 FROM item) AS shown
        ON shown.item_key = item.key
    WHERE status = 'withdrawn' AND first_published IS NOT NULL AND withdrawn IS NOT NULL AND merged_into IS NULL
), logged AS (
    SELECT * FROM stood WHERE language IN ('fr', 'en')
    UNION ALL
    SELECT category_key, '', item_key, at, left_at FROM stood
)
INSERT INTO passage (category_key, language, number, item_key, left_at)
SELECT category_key, language, row_number() OVER (PARTITION BY category_key, language ORDER BY at, item_key),
    item_key, left_at
FROM logged
"""


@migrations(name="0002_passages")
def passages(db: Database) -> None:
    """The log of each feed, for its archives; filled with what is and was shown, in the order it came."""
    for statement in statements(_PASSAGES):
        db.execute(statement)
