"""Which entries of a long document are kept."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, time
from typing import TypeVar

from news.items import When

T = TypeVar("T")
_MOST_CONSIDERED = 10_000


def newest_of(entries: Sequence[T], when: Callable[[T], When | None], most: int) -> list[T]:
    """The ``most`` newest of ``entries``, in the order of the document; the first ones when not all are dated."""
    if len(entries) <= most:
        return list(entries)
    considered = entries[:_MOST_CONSIDERED]
    dated = [(when(entry), place) for place, entry in enumerate(considered)]
    known = [(_key(date), -place) for date, place in dated if date is not None]
    if len(known) < len(considered):
        return list(considered[:most])
    return [considered[place] for place in sorted(-place for _, place in sorted(known, reverse=True)[:most])]


def _key(when: When) -> datetime:
    if when.moment is not None:
        return when.moment
    assert when.day is not None
    return datetime.combine(when.day, time(), UTC)
