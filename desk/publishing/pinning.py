"""What stands at the top of pages and blocks until a moment; no feed is ever reordered by it."""

from __future__ import annotations

from collections.abc import Iterable

from news.items import Item
from news.selections import Selection
from storage.contract import Reader

MOST = 5


def pinned_first(
    reader: Reader, selection: Selection, items: Iterable[Item], *, prefer: str | None = None
) -> tuple[Item, ...]:
    """``items`` of ``selection`` below those that are pinned there, each once; five pinned ones at most."""
    pinned = reader.shelf(selection, limit=MOST, prefer=prefer, pinned=True)
    top = {item.id for item in pinned}
    return (*pinned, *(item for item in items if item.id not in top))
