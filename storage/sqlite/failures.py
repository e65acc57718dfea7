"""What SQLite says when it cannot, in our error tree."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from news.errors import StoreFailed, StoreFull

_LEAST_ROOM = 64 * 1024
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
        _raise(error, path)
    except sqlite3.IntegrityError:
        raise
    except sqlite3.DatabaseError as error:
        _raise(error, path)


def _raise(error: sqlite3.Error, path: Path) -> NoReturn:
    known = failure(error, path)
    if known is error:
        raise error
    raise known from error


def _no_room(path: Path) -> bool:
    """Whether the disk of ``path`` is full: growing the shared-memory file then fails as an input/output error."""
    try:
        return shutil.disk_usage(path.parent).free < _LEAST_ROOM
    except OSError:
        return False


def failure(error: sqlite3.Error, path: Path) -> Exception:
    """The error of our tree for ``error``; ``error`` itself when it is a mistake in our own SQL."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None:
        return error
    primary = code & 0xFF
    if primary == sqlite3.SQLITE_FULL or (primary == sqlite3.SQLITE_IOERR and _no_room(path)):
        return StoreFull("store.full", path=str(path))
    if primary in _MESSAGES:
        return StoreFailed(_MESSAGES[primary], path=str(path))
    return error
