"""The SQLite engine: connections, snapshots, turns to write, migrations, backups."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path
from weakref import WeakSet, finalize

from sqlite_utils import Database

from news.errors import StoreFailed, StoreMissing, StoreTooNew
from storage.sqlite.failures import failure, translated
from storage.sqlite.feeds import create_feeds
from storage.sqlite.schema import known_names, migrations
from storage.sqlite.transaction import SqliteReader, SqliteTransaction

_WAIT_SECONDS = 15.0


class SqliteStorage:
    """A store in one SQLite file. Each thread has its own connection; ``mint`` gives new ids."""

    def __init__(self, path: Path, mint: Callable[[], str], *, create: bool = False) -> None:
        self.path = path
        self._mint = mint
        self._local = threading.local()
        self._open: WeakSet[_Held] = WeakSet()
        self._lock = threading.Lock()
        if create:
            self._create_file()
        elif not self._there():
            raise StoreMissing("store.missing", path=str(path))

    def _there(self) -> bool:
        try:
            return self.path.exists()
        except OSError as error:
            raise StoreFailed("store.cannot_open", path=str(self.path)) from error

    def _create_file(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self.path.touch(mode=0o600)
        except OSError as error:
            raise StoreFailed("store.cannot_open", path=str(self.path)) from error

    @contextmanager
    def read(self) -> Iterator[SqliteReader]:
        """A snapshot; inside another block of this thread, the same one."""
        with translated(self.path):
            current = self._current()
            if current is not None:
                yield current
                return
            db = self._database()
            db.execute("BEGIN")
            reader = SqliteReader(db)
            self._local.current = reader
            try:
                yield reader
            finally:
                self._local.current = None
                _end(db.conn, "ROLLBACK")

    @contextmanager
    def transaction(self) -> Iterator[SqliteTransaction]:
        """The turn to write, waiting for it up to 15 seconds; not inside another block of this thread. Raises
        StoreFailed, and RuntimeError inside such a block."""
        with translated(self.path):
            if self._current() is not None:
                raise RuntimeError("a transaction cannot begin inside a snapshot: what it read may be stale")
            db = self._database()
            db.execute("BEGIN IMMEDIATE")
            tx = SqliteTransaction(db, self._mint)
            self._local.current = tx
            try:
                yield tx
                db.execute("COMMIT")
            finally:
                self._local.current = None
                _end(db.conn, "ROLLBACK")

    def change_number(self) -> int:
        """The number of the last public change."""
        with translated(self.path):
            row = self._database().execute("SELECT number FROM change_counter").fetchone()
            return int(row[0])

    def migrate(self, now: datetime) -> list[str]:
        """Run what is missing; safe from several processes at once."""
        with translated(self.path):
            db = self._database()
            db.enable_wal()
            db.execute("BEGIN IMMEDIATE")
            try:
                missing = self._missing(db)
                migrations.apply(db)
                create_feeds(db, None, self._mint, now)
                db.execute("COMMIT")
            finally:
                _end(db.conn, "ROLLBACK")
            return missing

    def pending(self) -> list[str]:
        """Migrations not yet run. Raises StoreTooNew when a newer program made it, StoreFailed when another one did."""
        with translated(self.path):
            return self._missing(self._database())

    def _missing(self, db: Database) -> list[str]:
        applied = {migration.name for migration in migrations.applied(db)}
        if newer := applied - known_names():
            raise StoreTooNew("store.too_new", path=str(self.path), found=max(newer))
        if not applied and db.table_names():
            raise StoreFailed("store.not_ours", path=str(self.path))
        return sorted(known_names() - applied)

    def backup(self, destination: Path) -> None:
        """A consistent copy by SQLite's backup API; written beside and moved into place, so it is whole or absent.
        Raises StoreFailed, also where ``destination`` is the database itself."""
        partial = destination.with_name(destination.name + ".partial")
        try:
            if destination.exists() and destination.samefile(self.path):
                raise FileExistsError(destination)
            _remove(partial)
            partial.touch(mode=0o600)
            with translated(self.path), closing(sqlite3.connect(partial)) as copy:
                self._connection().backup(copy)
                copy.execute("PRAGMA journal_mode=DELETE")
            partial.chmod(0o600)
            partial.replace(destination)
        except (OSError, StoreFailed) as error:
            with suppress(OSError):
                _remove(partial)
            raise StoreFailed("store.backup_failed", path=str(destination)) from error

    def problems(self) -> tuple[str, ...]:
        """What ``integrity_check`` and ``foreign_key_check`` find."""
        with translated(self.path):
            db = self._database()
            broken = [str(row[0]) for row in db.execute("PRAGMA integrity_check(20)") if row[0] != "ok"]
            strays = [f"{row[0]} {row[1]} → {row[2]}" for row in db.execute("PRAGMA foreign_key_check")]
            return (*broken, *strays)

    def settings(self) -> dict[str, object]:
        """How this thread's connection runs: ``journal_mode``, ``synchronous``, ``foreign_keys`` as SQLite says."""
        with translated(self.path):
            db = self._database()
            names = ("journal_mode", "synchronous", "foreign_keys")
            return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    def close(self) -> None:
        """Close every thread's connection; the store opens them again when asked."""
        with self._lock:
            for held in self._open:
                held.connection.close()
            self._open.clear()
            self._local = threading.local()

    def _current(self) -> SqliteReader | None:
        return getattr(self._local, "current", None)

    def _database(self) -> Database:
        if getattr(self._local, "db", None) is None:
            self._local.db = Database(self._connection())
        return self._local.db  # type: ignore[no-any-return]

    def _connection(self) -> sqlite3.Connection:
        held: _Held | None = getattr(self._local, "held", None)
        if held is None:
            held = self._local.held = _Held(connect(self.path))
            with self._lock:
                self._open.add(held)
        return held.connection


class _Held:
    """A thread's connection. It goes with its thread: a server that renews its threads would otherwise run out of
    files."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        finalize(self, connection.close)


def connect(path: Path) -> sqlite3.Connection:
    """A connection as all of ours are: no implicit transactions, every commit on the disk before it is acknowledged.
    Raises StoreFailed."""
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=_WAIT_SECONDS, isolation_level=None,
        check_same_thread=False,
    )  # fmt: skip
    try:
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cache_size=-16000")
    except sqlite3.DatabaseError as error:
        connection.close()
        raise failure(error, path) from error
    return connection


def _remove(partial: Path) -> None:
    """Remove what a backup that was cut short left, with its journal: it would be played back into the next."""
    for suffix in ("", "-journal"):
        partial.with_name(partial.name + suffix).unlink(missing_ok=True)


def _end(connection: sqlite3.Connection, how: str) -> None:
    if connection.in_transaction:
        connection.execute(how)
