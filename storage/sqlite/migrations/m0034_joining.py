"""What is to become one story once it is public; and whom the institution's provider knows by which name."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_JOINING = """
CREATE TABLE story_join (
    item_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (item_id, other_id)
) WITHOUT ROWID;
CREATE TABLE account_identity (
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    user_id TEXT NOT NULL REFERENCES user(id),
    since INTEGER NOT NULL,
    PRIMARY KEY (issuer, subject)
) WITHOUT ROWID;
CREATE INDEX account_identity_of_user ON account_identity(user_id);
"""


@migrations(name="0034_joining")
def joining(db: Database) -> None:
    """Both are empty at first: people are bound to their provider's name for them when they next sign in."""
    for statement in statements(_JOINING):
        db.execute(statement)
