"""Databases as older programs left them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sqlite_utils import Database

from storage.sqlite.schema import migrations


@contextmanager
def database_before(migration: str, path: Path) -> Iterator[sqlite3.Connection]:
    """A new database at ``path`` in the shape it had before ``migration``; what is done with it is stored at last."""
    with closing(sqlite3.connect(path)) as made:
        migrations.apply(Database(made), stop_before=migration)
        yield made
        made.commit()
