"""What a source says about being asked again, and where it says it has moved."""

from __future__ import annotations

from sqlite_utils import Database

from storage.sqlite.migrations.register import migrations


@migrations(name="0008_looking_again")
def looking_again(db: Database) -> None:
    """Hints, the learned rhythm and permanent redirects of each source; and an index, so that a look written before
    the clock went back is found without reading every source."""
    for column in ("hints TEXT NOT NULL DEFAULT '{}'", "rhythm INTEGER", "moved_to TEXT", "moved_since INTEGER"):
        db.execute(f"ALTER TABLE source ADD COLUMN {column}")
    db.execute("CREATE INDEX source_looked_at ON source(checked) WHERE removed IS NULL AND paused = 0")
