"""What storage promises for many things at once: the same as one by one, at a fraction of the cost. Part of
``storage.contract``."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from news.items import Change, Item
from storage.records import NewCopy, Written


class BulkTransaction(Protocol):
    """Writing many things at once, and asking about what was written."""

    def put_new_items(self, items: Sequence[Item], now: datetime, texts: Mapping[str, str] | None = None) -> None:
        """As ``put_item`` for each of ``items``, in their order; none of them is stored yet. All of them are stored or,
        when it raises Conflict, none. ``texts``: the plain text of bodies, by the body, where it is known."""

    def moments_taken(self, spans: Iterable[tuple[datetime, datetime]]) -> frozenset[datetime]:
        """The moments within ``spans`` (both ends included) at which a visible item was last ``updated``."""

    def put_new_copies(self, copies: Mapping[str, Sequence[NewCopy]]) -> None:
        """As ``put_aliases`` for each of a source's (by id) ``copies``, in their order; none of them has names yet."""

    def add_changes(self, changes: Iterable[Change | Written]) -> None:
        """As ``add_change`` for each."""

    def enqueue_all(self, told: Iterable[tuple[str, Mapping[str, object]]], due: datetime) -> None:
        """As ``enqueue`` for each topic and payload."""

    def named_feeds_showing_each(self, item_ids: Collection[str]) -> dict[str, frozenset[str]]:
        """As ``named_feeds_showing`` for each, by the item's id; those that no named feed shows are missing."""
