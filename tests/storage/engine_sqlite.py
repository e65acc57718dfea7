"""How the suite opens a store of this engine."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from storage.contract import Storage
from storage.sqlite.engine import SqliteStorage

NAME = "sqlite"


def opened(folder: Path, mint: Callable[[], str], now: datetime) -> Storage:
    storage = SqliteStorage(folder / "depeche.db", mint, create=True)
    storage.migrate(now)
    return storage
