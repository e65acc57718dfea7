"""The promises about the lists staff work from."""

from __future__ import annotations

from collections.abc import Collection
from typing import Protocol

from news.items import Item, Status
from storage.records import ItemQuery


class ListReader(Protocol):
    """Lists of items in a snapshot."""

    def items(self, query: ItemQuery) -> tuple[Item, ...]:
        """Items of any status in the order asked for (ties by the later id), going on from a place without walking
        over what lies before it."""

    def item_counts(self) -> dict[Status, int]:
        """How many items stand in each status, copies aside; statuses without any are missing."""

    def told_in(self, story_ids: Collection[str]) -> dict[str, frozenset[str]]:
        """The languages each of these stories is told in, by items of any status but withdrawn, copies aside."""
