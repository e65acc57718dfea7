"""What storage promises about floods, copies of one story, and items that look alike. Part of ``storage.contract``."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Protocol

from news.floods import Flood
from news.items import Item


class TrustReader(Protocol):
    """Reading what is decided before something is public."""

    def sources_with_copies(self, source_ids: Collection[str]) -> frozenset[str]:
        """Those of which anything has been stored, in whatever state."""

    def links_known(self, links: Collection[str]) -> frozenset[str]:
        """Those canonical ``links`` that lead to an item, in whatever state."""

    def named_by_us(self, ids: Collection[str]) -> frozenset[str]:
        """Those of ``ids`` by which our feeds call themselves, or the sources of their entries."""

    def flood(self, source_id: str) -> Flood | None:
        """What of this source waits together."""

    def floods(self) -> tuple[Flood, ...]:
        """All that waits together, oldest first, of sources that have not been removed."""

    def flood_items(self, source_id: str) -> tuple[Item, ...]:
        """The items of a flood, newest first."""

    def ended_by_canonical(self, links: Iterable[str]) -> dict[str, Item]:
        """Items that staff withdrew or refused, by the canonical form of their link. What was withdrawn together with
        a removed source is not among them."""

    def titled_alike(
        self, keys: Collection[int], since: datetime, until: datetime, *, besides: str | None, limit: int
    ) -> tuple[tuple[int, str, str], ...]:
        """Items dated within that time whose title has one of ``keys``: the key, the item's id, its title. Copies,
        drafts, what is of the source ``besides``, and what was withdrawn with a removed source are not among them."""

    def likenesses(self, item_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """What is proposed as the same story as each of these: ids of items. Nothing that was kept apart or merged."""

    def apart(self, item_id: str) -> frozenset[str]:
        """Ids of the items that staff keep apart from this one."""

    def copies(self, item_ids: Collection[str]) -> dict[str, tuple[Item, ...]]:
        """The copies that were merged into each of these, oldest first."""


class TrustTransaction(TrustReader, Protocol):
    """Writing it."""

    def put_flood(self, flood: Flood, item_ids: Collection[str]) -> None:
        """These items wait together; joins the flood of that source when there is one."""

    def end_flood(self, source_id: str) -> None:
        """The flood has been decided: what still waits, waits as anything else."""

    def put_likeness(self, item_id: str, other_id: str, *, apart: bool) -> None:
        """Remember that two items look alike, or (for ever) that they are two stories all the same."""

    def rename_copy(self, source_id: str, names_of: str, item_id: str) -> None:
        """What the source calls ``names_of`` means ``item_id`` from now on, and its next word counts as a change."""
