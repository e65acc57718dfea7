"""Floods: a source that has published before, and now says that everything it has is new.

That is nearly always a mistake (a new system that renumbers, an archive put on line) and nearly never news. Such
entries wait together for one decision, before any subscriber is told.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from news.categories import fold
from news.collected import Collected

FEWEST = 5
MANY = 100
MOST_HELD = 1000


class FloodKind(StrEnum):
    """``renamed``: nothing it says is known by name any more. ``many``: too much at once."""

    RENAMED = "renamed"
    MANY = "many"


class Verdict(StrEnum):
    """What a person may decide of a flood: publish all of it; take what has a known title as the items we have, under
    other names; or refuse all of it."""

    ACCEPT = "accept"
    SAME = "same"
    REFUSE = "refuse"


@dataclass(frozen=True, slots=True)
class Flood:
    """What waits together. ``items``: how many of them still do."""

    source_id: str
    source_name: str
    kind: FloodKind
    since: datetime
    items: int


def flooding(
    fresh: Sequence[Collected], entries: int, titles: Collection[str], newest: datetime | None, now: datetime
) -> FloodKind | None:
    """Whether ``fresh``, the entries nobody knew of the ``entries`` of a document, are a flood.

    ``titles``: those of the source's latest items (folded); ``newest``: the latest date among them. A busy source may
    well replace its whole window: then its entries have titles of their own and are dated since.
    """
    if len(fresh) >= MANY:
        return FloodKind.MANY
    if len(fresh) < FEWEST or 2 * len(fresh) < entries:
        return None
    all_unknown = len(fresh) == entries
    doubtful = sum(fold(entry.title) in titles or (all_unknown and not _since(entry, newest, now)) for entry in fresh)
    return FloodKind.RENAMED if 2 * doubtful >= len(fresh) else None


def _since(entry: Collected, newest: datetime | None, now: datetime) -> bool:
    when = entry.published
    if when is None:
        return False
    if when.day is not None:
        return newest is None or newest.date() <= when.day <= now.date()
    return when.moment is not None and (newest is None or newest < when.moment) and when.moment <= now
