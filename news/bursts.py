"""Bursts: many items of one source that came within a day get a bounded share of what is shown as newest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from news.items import Item

WITHIN = timedelta(days=1)
HORIZON = timedelta(days=30)


def shared_out(items: Sequence[Item], places: int) -> tuple[Item, ...]:
    """The ``places`` items that a live list shows of ``items`` (visible, newest first, more than there are places).

    Of those one source brought within a day at most half of the places are filled, as long as others have something
    of the thirty days before the newest to fill the rest with; what is left over fills what stays empty. Only stored
    dates count, so the same store gives the same list.
    """
    fitting, _ = _parted(items, places // 2)
    lively = [item for item in fitting if _recent(item, items[0])]
    chosen = lively[:places]
    if len(chosen) < places:
        left = {item.id for item in chosen}
        others = (item for item in items if item.id not in left)
        chosen += [item for item, _ in zip(others, range(places - len(chosen)), strict=False)]
    kept = {item.id for item in chosen}
    return tuple(item for item in items if item.id in kept)


def bursting(items: Iterable[Item], places: int) -> bool:
    """Whether one source has more than its share among ``items``."""
    return bool(_parted(items, places // 2)[1])


def _parted(items: Iterable[Item], share: int) -> tuple[list[Item], list[Item]]:
    """Those within their source's share, and the others; both in order."""
    entered: dict[str, list[datetime]] = defaultdict(list)
    fitting, surplus = [], []
    for item in items:
        at = item.first_published or item.published
        if item.origin is None or at is None:
            fitting.append(item)
            continue
        together = sum(abs(at - other) <= WITHIN for other in entered[item.origin.source_id])
        if together < share:
            entered[item.origin.source_id].append(at)
            fitting.append(item)
        else:
            surplus.append(item)
    return fitting, surplus


def _recent(item: Item, newest: Item) -> bool:
    assert item.published is not None and newest.published is not None, "a visible item has a date"
    return newest.published - item.published <= HORIZON
