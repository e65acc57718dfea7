"""What SQLite says when it cannot, in our error tree."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from news.errors import StoreFailed, StoreFull

_MESSAGES = {
    sqlite3.SQLITE_CANTOPEN: "store.cannot_open",
    sqlite3.SQLITE_NOTADB: "store.not_a_database",
    sqlite3.SQLITE_CORRUPT: "store.damaged",
    sqlite3.SQLITE_READONLY: "store.read_only",
    sqlite3.SQLITE_BUSY: "store.busy",
    sqlite3.SQLITE_LOCKED: "store.busy",
    sqlite3.SQLITE_PERM: "store.cannot_open",
    sqlite3.SQLITE_IOERR: "store.disk_error",
}


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Raise StoreFull or StoreFailed for what the engine raises in the block. Mistakes of ours stay what they are."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise failure(error, path) from error
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        raise failure(error, path) from error


def failure(error: sqlite3.Error, path: Path) -> Exception:
    """The error of our tree for ``error``; ``error`` itself when it is a mistake in our own SQL."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_FULL:
        return StoreFull("store.full", path=str(path))
    if primary in _MESSAGES:
        return StoreFailed(_MESSAGES[primary], path=str(path))
    return error
