"""What belongs to accounts is kept in the store: links, sessions, tokens, second factors, who came in."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_ACCOUNTS = """
ALTER TABLE user ADD COLUMN erased INTEGER;
CREATE TABLE account_link (
    digest TEXT PRIMARY KEY,
    user_id TEXT NOT NULL REFERENCES user(id),
    purpose TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    expires INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX account_link_of_user ON account_link(user_id);
CREATE TABLE account_session (
    digest TEXT PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES user(id),
    epoch INTEGER NOT NULL,
    created INTEGER NOT NULL,
    seen INTEGER NOT NULL,
    agent TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX account_session_of_user ON account_session(user_id);
CREATE TABLE account_token (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    user_id TEXT NOT NULL REFERENCES user(id),
    name TEXT NOT NULL,
    role TEXT NOT NULL CHECK (role IN ('author', 'editor', 'admin')),
    prefix TEXT NOT NULL,
    digest TEXT NOT NULL UNIQUE,
    created INTEGER NOT NULL,
    expires INTEGER NOT NULL,
    used INTEGER,
    revoked INTEGER
);
CREATE INDEX account_token_of_user ON account_token(user_id);
CREATE TABLE second_factor (
    user_id TEXT PRIMARY KEY REFERENCES user(id),
    secret TEXT NOT NULL,
    confirmed INTEGER,
    step INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE recovery_code (
    user_id TEXT NOT NULL REFERENCES user(id),
    digest TEXT NOT NULL,
    PRIMARY KEY (user_id, digest)
) WITHOUT ROWID;
CREATE TABLE access_log (
    key INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    kind TEXT NOT NULL,
    user_id TEXT,
    address TEXT NOT NULL
);
CREATE INDEX access_log_at ON access_log(at);
CREATE INDEX access_log_of_user ON access_log(user_id, at);
CREATE TRIGGER access_log_is_kept BEFORE UPDATE ON access_log BEGIN SELECT raise(ABORT, 'a log is not changed'); END;
CREATE INDEX history_of_kind ON history(object_kind, at)
"""


@migrations(name="0020_accounts")
def accounts(db: Database) -> None:
    """Tables for what belongs to accounts; people who are there stay, and sign in anew."""
    for statement in statements(_ACCOUNTS):
        db.execute(statement)
