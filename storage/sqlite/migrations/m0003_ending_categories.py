"""Categories end."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations


@migrations(name="0003_ending_categories")
def ending_categories(db: Database) -> None:
    """What becomes of a category that is retired or merged. One that was retired before answers no more."""
    for column in ("closes INTEGER", "closed INTEGER", "successor TEXT", "merged INTEGER", "farewell TEXT"):
        db.execute(f"ALTER TABLE category ADD COLUMN {column}")
