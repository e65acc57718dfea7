"""Nothing typed is lost, and an item may leave, or stand at the top, until a moment."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_FORM = """
CREATE TABLE kept_form (
    user_id TEXT NOT NULL,
    about TEXT NOT NULL,
    fields TEXT NOT NULL,
    version INTEGER NOT NULL,
    saved INTEGER NOT NULL,
    PRIMARY KEY (user_id, about)
) WITHOUT ROWID;
CREATE TABLE posted_form (
    token TEXT PRIMARY KEY,
    item_id TEXT NOT NULL,
    at INTEGER NOT NULL
) WITHOUT ROWID;
ALTER TABLE item ADD COLUMN withdraw_at INTEGER;
ALTER TABLE item ADD COLUMN pinned_until INTEGER;
CREATE INDEX item_withdraw_at ON item(withdraw_at) WHERE withdraw_at IS NOT NULL;
CREATE INDEX item_pinned ON item(pinned_until) WHERE pinned_until IS NOT NULL;
"""


@migrations(name="0022_form")
def form(db: Database) -> None:
    """What is typed and not saved yet; which form made which item; until when an item is shown, or stands first."""
    for statement in statements(_FORM):
        db.execute(statement)
