"""What a live feed shows: the newest items, no single source's burst filling more than its share."""

from __future__ import annotations

from news.bursts import bursting, shared_out
from news.items import Item
from news.selections import Selection
from storage.contract import Reader

_FURTHEST = 1000


def live_items(reader: Reader, selection: Selection, places: int) -> tuple[Item, ...]:
    """The items of the feed of ``selection``, newest first. What does not fit is in the feed's past and on its pages
    all the same."""
    newest = reader.shelf(selection, limit=places, prefer=selection.prefer)
    if len(newest) < places or not bursting(newest, places):
        return newest
    return shared_out(reader.shelf(selection, limit=_FURTHEST, prefer=selection.prefer), places)
