"""Holding a flood back while a source's entries are stored."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from news.categories import fold
from news.collected import Collected
from news.floods import MOST_HELD, Flood, FloodKind, flooding
from news.items import Item
from news.sources import Source
from storage.contract import Transaction
from storage.records import ItemQuery

_LATEST = 200


class Flooded:
    """Whether ``fresh`` entries, of a document of ``entries``, are a flood, or come while one waits."""

    def __init__(
        self, tx: Transaction, source: Source, fresh: Sequence[Collected], entries: int, now: datetime
    ) -> None:
        self._tx, self._source, self._now = tx, source, now
        latest = tx.items(ItemQuery(source_id=source.id, limit=_LATEST))
        titles = {fold(item.title) for item in latest}
        dates = [item.published for item in latest if item.published]
        self._waits = tx.flood(source.id)
        self._kind = flooding(fresh, entries, titles, max(dates, default=None), now)

    @property
    def holds(self) -> bool:
        """Whether what is let in waits with the flood."""
        return bool(self._kind or self._waits)

    def let_in(self, fresh: list[Collected]) -> list[Collected]:
        """Those of ``fresh`` that are stored now. While a flood waits, another one adds nothing to it: what it would
        say is read again once somebody has decided."""
        if self._waits is None:
            return fresh
        return [] if self._kind or self._waits.items + len(fresh) > MOST_HELD else fresh

    def keep(self, items: Sequence[Item]) -> None:
        """Remember that ``items`` wait together; a copy of what is in public waits for nobody."""
        waiting = [item.id for item in items if item.merged_into is None]
        if self.holds and waiting:
            kind = self._kind or (self._waits.kind if self._waits else FloodKind.MANY)
            self._tx.put_flood(Flood(self._source.id, self._source.name, kind, self._now, 0), waiting)
