"""How the suite opens a store of this engine."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from storage.contract import Storage
from storage.sqlite.engine import SqliteStorage
from tests.quick import put_empty_database

NAME = "sqlite"


def opened(folder: Path, mint: Callable[[], str], now: datetime) -> Storage:
    path = folder / "depeche.db"
    put_empty_database(path, now)
    return SqliteStorage(path, mint)
