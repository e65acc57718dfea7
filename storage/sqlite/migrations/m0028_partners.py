"""Partners, and who asks for feeds and blocks."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_PARTNERS = """
CREATE TABLE partner (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    contact TEXT NOT NULL,
    feed_id TEXT,
    origins TEXT NOT NULL,
    created INTEGER NOT NULL
);
CREATE TABLE asked_for (
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    selection TEXT NOT NULL,
    form TEXT NOT NULL,
    fetches INTEGER NOT NULL,
    bots INTEGER NOT NULL,
    PRIMARY KEY (day, kind, selection, form)
) WITHOUT ROWID;
CREATE TABLE aggregator (
    day TEXT NOT NULL,
    kind TEXT NOT NULL,
    selection TEXT NOT NULL,
    form TEXT NOT NULL,
    name TEXT NOT NULL,
    subscribers INTEGER NOT NULL,
    PRIMARY KEY (day, kind, selection, form, name)
) WITHOUT ROWID;
CREATE TABLE feed_readers (
    day TEXT NOT NULL,
    selection TEXT NOT NULL,
    readers INTEGER NOT NULL,
    PRIMARY KEY (day, selection)
) WITHOUT ROWID;
CREATE TABLE feed_sketch (
    day TEXT NOT NULL,
    selection TEXT NOT NULL,
    run TEXT NOT NULL,
    registers BLOB NOT NULL,
    PRIMARY KEY (day, selection, run)
);
CREATE TABLE carrier (
    site TEXT NOT NULL,
    partner_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    selection TEXT NOT NULL,
    form TEXT NOT NULL,
    first_seen INTEGER NOT NULL,
    last_seen INTEGER NOT NULL,
    fetches INTEGER NOT NULL,
    UNIQUE (site, partner_id, kind, selection, form)
);
"""


@migrations(name="0028_partners")
def partners(db: Database) -> None:
    """Where they are kept. Of readers there are numbers only; of the present day also sketches, which name nobody."""
    for statement in statements(_PARTNERS):
        db.execute(statement)
