"""What storage promises about stories that are to be joined once they are public. Part of ``storage.contract``."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol


class JoinReader(Protocol):
    """Reading what is to be joined."""

    def joins(self, item_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The items that are to become copies of each of these once it is public: their ids, in the order of asking."""


class JoinWriter(Protocol):
    """Writing it."""

    def put_join(self, item_id: str, other_id: str, now: datetime) -> None:
        """Once ``item_id`` is public, ``other_id`` is to become a copy of it."""

    def drop_joins(self, item_id: str) -> None:
        """Nothing is to become a copy of this item any more."""
