"""A second of its own for every change that readers are told of, so that no two entries share an ``updated``.

Many items ask for one moment: those dated by a day alone (10:30 UTC of it), those posted in the same minute, those a
source brings together. An aggregator that sorts by ``updated`` needs to tell them apart, as the W3C feed validator
says of entries that share one. The moment of publication stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta

from news.altered import altered
from news.items import Item

MOST_AHEAD = timedelta(minutes=15)
_SECOND = timedelta(seconds=1)


def told(item: Item) -> datetime:
    """When readers are told that ``item`` last changed (UTC): it is never before the date shown."""
    return max(item.updated, item.published) if item.published else item.updated


def is_told(before: Item | None, after: Item) -> bool:
    """Whether readers are told a moment of ``after`` that they have not been told of ``before`` (None: a new one)."""
    return after.visible and (before is None or not before.visible or told(before) != told(after))


def apart(items: Sequence[Item], taken: Iterable[datetime]) -> list[Item]:
    """``items``, none of them told of yet, each with the first free second at or after its own as ``updated``: one
    that neither is among ``taken`` nor was given to an earlier one. Of more than a quarter of an hour of seconds that
    are all taken, none is better than another: such an item keeps its own."""
    used, next_free = set(taken), dict[datetime, datetime]()
    found = []
    for item in items:
        wanted = told(item)
        free = next_free.get(wanted, wanted)
        while free in used and free - wanted < MOST_AHEAD:
            free += _SECOND
        next_free[wanted] = free
        free = wanted if free in used else free
        used.add(free)
        found.append(item if item.updated == free else altered(item, updated=free))
    return found


def asked(items: Collection[Item]) -> list[tuple[datetime, datetime]]:
    """The spans (both ends included) in which ``apart`` has to know what is taken, in order and apart."""
    spans: list[tuple[datetime, datetime]] = []
    for wanted in sorted({told(item) for item in items}):
        if spans and wanted <= spans[-1][1]:
            spans[-1] = spans[-1][0], wanted + MOST_AHEAD
        else:
            spans.append((wanted, wanted + MOST_AHEAD))
    return spans
