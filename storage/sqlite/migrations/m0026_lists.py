"""Staff's lists answer from an index."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations


@migrations(name="0026_lists")
def lists(db: Database) -> None:
    """One person's items in their order; and how many there are of each status, counted without reading them."""
    db.execute("CREATE INDEX item_of_owner ON item(owner_id, sorted DESC, key DESC) WHERE owner_id IS NOT NULL")
    db.execute("CREATE INDEX item_counted ON item(status) WHERE merged_into IS NULL")
