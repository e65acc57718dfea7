"""The lists staff work from: any filter, any of three orders, going on from a place in the index (keyset)."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from news.items import Item, Status
from storage.records import ItemQuery, Order, Place
from storage.sqlite.items import ItemReads
from storage.sqlite.search import match
from storage.sqlite.values import marks, seconds

_Part = tuple[str, list[object]]
_ORDERS = {
    Order.NEWEST: (("item.sorted", "item.key"), True),
    Order.OLDEST: (("item.sorted", "item.key"), False),
    Order.ADDED: (("item.key",), True),
}
# From so many on, the list is walked in its order and each item looked up; fewer are taken first and put in order.
_MANY = 2000
_IN_CATEGORY = "FROM item_category WHERE category_key = (SELECT key FROM category WHERE id = ?)"
_WITH_WORDS = "FROM item_fts WHERE item_fts MATCH ?"
_OTHER_TELLING = (
    "SELECT 1 FROM item AS other WHERE other.story_id = item.story_id AND other.language <> item.language"
    " AND other.status <> 'withdrawn' AND other.merged_into IS NULL"
)


class ListReads(ItemReads):
    """Lists of items, whatever their status."""

    def items(self, query: ItemQuery) -> tuple[Item, ...]:
        """Items staff ask for."""
        columns, falling = _ORDERS[query.order]
        parts = list(_conditions(query))
        if query.category_id is not None:
            looked_up = f"EXISTS (SELECT 1 {_IN_CATEGORY} AND item_key = item.key)"
            parts.append(self._among("item_key", _IN_CATEGORY, query.category_id, looked_up))
        if query.text is not None:
            # The plus keeps SQLite from walking the words instead of the list.
            looked_up = f"+item.key IN (SELECT rowid {_WITH_WORDS})"
            parts.append(self._among("rowid", _WITH_WORDS, match(query.text), looked_up))
        backwards = query.before is not None
        if (place := query.before or query.after) is not None:
            parts.append(_beyond(columns, place, falling is not backwards))
        way = "DESC" if falling is not backwards else "ASC"
        order = ", ".join(f"{column} {way}" for column in columns)
        found = self.items_where(
            f"{' AND '.join(sql for sql, _ in parts)} ORDER BY {order} LIMIT ? OFFSET ?",
            [*(value for _, values in parts for value in values), query.limit, query.offset],
        )
        return found[::-1] if backwards else found

    def _among(self, column: str, these: str, value: str, looked_up: str) -> _Part:
        """The condition that an item is among ``these``; ``looked_up``: the same, quick where they are many."""
        row = self.row(f"SELECT count(*) AS n FROM (SELECT 1 {these} LIMIT {_MANY})", [value])
        if row and row["n"] == _MANY:
            return looked_up, [value]
        return f"item.key IN (SELECT {column} {these})", [value]

    def item_counts(self) -> dict[Status, int]:
        """How many items stand in each status."""
        counted = self.rows("SELECT status, count(*) AS n FROM item WHERE merged_into IS NULL GROUP BY status")
        return {Status(row["status"]): row["n"] for row in counted}

    def told_in(self, story_ids: Collection[str]) -> dict[str, frozenset[str]]:
        """The languages each story is told in."""
        found: dict[str, frozenset[str]] = {}
        rows = self.rows(
            f"SELECT story_id, language FROM item WHERE story_id IN ({marks(story_ids)}) AND status <> 'withdrawn'"
            " AND merged_into IS NULL",
            list(story_ids),
        )
        for row in rows:
            found[row["story_id"]] = found.get(row["story_id"], frozenset()) | {row["language"]}
        return found


def _beyond(columns: tuple[str, ...], place: Place, falling: bool) -> _Part:
    """What lies beyond ``place``, whose item has its own row key."""
    key = "(SELECT key FROM item WHERE id = ?)"
    sign = "<" if falling else ">"
    if len(columns) == 1:
        return f"item.key {sign} {key}", [place.item_id]
    return f"({', '.join(columns)}) {sign} (?, {key})", [seconds(place.moment), place.item_id]


def _conditions(query: ItemQuery) -> Iterator[_Part]:
    yield "1", []
    if query.statuses is not None:
        yield f"item.status IN ({marks(query.statuses)})", [status.value for status in query.statuses]
    if query.source_id is not None:
        yield "item.source_key = (SELECT key FROM source WHERE id = ?)", [query.source_id]
    if query.own is not None:
        yield f"item.source_key IS {'' if query.own else 'NOT '}NULL", []
    if query.language is not None:
        yield "item.language = ?", [query.language]
    if query.owner_id is not None:
        yield "item.owner_id = ?", [query.owner_id]
    if query.since is not None:
        yield "item.sorted >= ?", [seconds(query.since)]
    if query.until is not None:
        yield "item.sorted < ?", [seconds(query.until)]
    if query.untranslated:
        yield f"NOT EXISTS ({_OTHER_TELLING}) AND item.status <> 'withdrawn'", []
    if not query.copies:
        yield "item.merged_into IS NULL", []
    if not query.flooded:
        yield "item.key NOT IN (SELECT item_key FROM flood_item)", []
