"""Webhooks with what they were told, and the answers that programs may ask for again."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations, statements

_WEBHOOKS = """
CREATE TABLE webhook (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    url TEXT NOT NULL,
    events TEXT NOT NULL,
    secret TEXT NOT NULL,
    created INTEGER NOT NULL,
    active INTEGER NOT NULL,
    failing INTEGER,
    stopped INTEGER
);
CREATE TABLE webhook_delivery (
    key INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    webhook_id TEXT NOT NULL REFERENCES webhook(id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    created INTEGER NOT NULL,
    due INTEGER,
    attempts INTEGER NOT NULL,
    tried INTEGER,
    delivered INTEGER,
    status INTEGER,
    error_key TEXT,
    error_args TEXT NOT NULL
);
CREATE INDEX webhook_delivery_due ON webhook_delivery(due) WHERE due IS NOT NULL;
CREATE INDEX webhook_delivery_of ON webhook_delivery(webhook_id, key);
CREATE INDEX webhook_delivery_created ON webhook_delivery(created);
CREATE TABLE kept_answer (
    user_id TEXT NOT NULL,
    name TEXT NOT NULL,
    asked TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (user_id, name)
) WITHOUT ROWID;
CREATE INDEX kept_answer_at ON kept_answer(at)
"""


@migrations(name="0024_webhooks")
def webhooks(db: Database) -> None:
    """Tables for webhooks, their deliveries, and kept answers."""
    for statement in statements(_WEBHOOKS):
        db.execute(statement)
