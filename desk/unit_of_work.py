"""Several use cases as one turn to write: all of what they do is stored, or nothing.

A use case opens its own transaction. Here each of them joins the one that has begun already, so that what a program
asked, and the answer kept for it under its idempotency key, are one thing, and nothing can change between the check of
a precondition and the change itself. A use case that fails ends the whole turn.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from desk.context import Desk
from news.errors import StoreFailed
from storage.contract import Reader, Storage, Transaction

Given = TypeVar("Given")


@contextmanager
def unit_of_work(desk: Desk) -> Iterator[tuple[Desk, Transaction]]:
    """The desk within one turn to write, which is kept when the block ends well, and the turn."""
    with desk.storage.transaction() as tx:
        yield replace(desk, storage=_Joined(desk.storage, tx)), tx


def as_if(desk: Desk, act: Callable[[Desk], Given]) -> Given:
    """What ``act`` gives within one turn, of which nothing is kept. Raises what ``act`` raises."""
    given: list[Given] = []
    with suppress(_NotKeptError), unit_of_work(desk) as (joined, _):
        given.append(act(joined))
        raise _NotKeptError
    return given[0]


class _NotKeptError(Exception):
    """Ends a turn that was only tried."""


class _Joined:
    """A store whose blocks are parts of ``tx``."""

    def __init__(self, whole: Storage, tx: Transaction) -> None:
        self._whole = whole
        self._tx = tx

    @contextmanager
    def read(self) -> Iterator[Reader]:
        """What is so within the turn."""
        yield self._tx

    @contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """A part of the turn."""
        yield self._tx

    def change_number(self) -> int:
        """As outside the turn."""
        return self._whole.change_number()

    def migrate(self, now: datetime) -> list[str]:
        """Nothing: not within a turn."""
        return []

    def backup(self, destination: Path) -> None:
        """Raises StoreFailed: not within a turn."""
        raise StoreFailed("store.backup_failed", path=str(destination))

    def problems(self) -> tuple[str, ...]:
        """As outside the turn."""
        return self._whole.problems()

    def close(self) -> None:
        """Nothing: the turn ends by itself."""
