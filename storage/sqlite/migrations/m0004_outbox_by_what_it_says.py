"""The outbox is asked what waits."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations


@migrations(name="0004_outbox_by_what_it_says")
def outbox_by_what_it_says(db: Database) -> None:
    """What waits already is found without reading the whole outbox."""
    db.execute("CREATE INDEX outbox_of_what ON outbox(topic, payload)")
