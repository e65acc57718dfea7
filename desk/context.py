"""The desk: what every use case works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from desk.settings import Settings
from news.errors import StoreFailed
from news.users import User
from storage.contract import Storage
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

Actor = User | str


def system_clock() -> datetime:
    """The machine's clock: an aware UTC moment."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Desk:
    """Settings, the store, the clock and the mint. ``clock`` gives aware UTC moments."""

    settings: Settings
    storage: Storage
    clock: Callable[[], datetime]
    mint: Callable[[], str]

    def now(self) -> datetime:
        """The present moment: aware, UTC, whole seconds."""
        return self.clock().astimezone(UTC).replace(microsecond=0)

    def with_settings(self, **changed: object) -> Desk:
        """The same desk with other settings."""
        return replace(self, settings=replace(self.settings, **changed))  # type: ignore[arg-type]


def open_desk(
    settings: Settings, *, clock: Callable[[], datetime] | None = None, create: bool = False, migrate: bool = False
) -> Desk:
    """The desk over the database of ``settings``. ``create``: make and migrate it where it is missing; ``migrate``:
    bring an older one up to date.

    Raises StoreMissing when there is none, StoreTooNew when a newer program made it, StoreFailed when it cannot be
    opened or is of an older shape.
    """
    clock = clock or system_clock
    mint = Mint(clock)
    storage = SqliteStorage(settings.database, mint, create=create)
    desk = Desk(settings, storage, clock, mint)
    if storage.pending():
        if not (create or migrate):
            raise StoreFailed("store.outdated", path=str(settings.database))
        storage.migrate(desk.now())
    return desk


def name_of(actor: Actor) -> str:
    """How history knows who acted: ``user:<id>``, or the word for a machine."""
    return f"user:{actor.id}" if isinstance(actor, User) else actor
