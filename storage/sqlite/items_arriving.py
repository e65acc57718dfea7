"""Many new items at once: one statement for each table instead of one for each row, and the same rows in the end."""

from __future__ import annotations

import sqlite3
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from news.errors import Conflict
from news.ids import urn
from news.items import Item
from news.similar import is_comparable, title_keys
from storage.records import NewCopy
from storage.sqlite.feeds import ALL
from storage.sqlite.items import VISIBLE
from storage.sqlite.items_write import COLUMNS, ItemWrites, taking
from storage.sqlite.passages import feeds_of
from storage.sqlite.values import as_json, marks, seconds

_INSERT = f"INSERT INTO item (key, {', '.join(COLUMNS)}) VALUES ({marks(('key', *COLUMNS))})"
_NAMED = (
    "SELECT item.id AS item, category.id AS feed FROM item JOIN shelf ON shelf.item_key = item.key"
    " JOIN category ON category.key = shelf.category_key WHERE category.chosen IS NOT NULL AND item.id IN ({})"
)
_KEYS = "SELECT row.id, row.key FROM json_each(?) AS asked CROSS JOIN {} AS row ON row.id = asked.value"
_AT_ONCE = 300
Keyed = Sequence[tuple[int, Item]]
# By an item's categories, the row keys of those it gets, and whether each takes new items.
Given = Mapping[frozenset[str], Mapping[int, bool]]
# What decides on which shelves an item stands: its categories and its language.
Place = tuple[frozenset[str], str]


class ArrivingWrites(ItemWrites):
    """Writing items that are not stored yet."""

    def put_new_items(self, items: Sequence[Item], now: datetime, texts: Mapping[str, str] | None = None) -> None:
        """Store ``items`` and put them on the shelves the public sees; ``texts`` has some bodies' plain text."""
        self.db.execute("SAVEPOINT arriving")
        try:
            self._put_new(items, now, texts or {})
        except BaseException:
            self.db.execute("ROLLBACK TO arriving")
            raise
        finally:
            self.db.execute("RELEASE arriving")

    def put_new_copies(self, copies: Mapping[str, Sequence[NewCopy]]) -> None:
        """Remember what sources call them; a name keeps meaning the copy it first meant."""
        items = self._keys_of("item", [copy.item_id for theirs in copies.values() for copy in theirs])
        sources = self._keys_of("source", list(copies))
        named = [(sources[source_id], items[copy.item_id], copy) for source_id in copies for copy in copies[source_id]]
        self.write_all(
            "INSERT INTO source_copy (item_key, source_key, fingerprint) VALUES (?, ?, ?)",
            [(item, source, copy.fingerprint) for source, item, copy in named],
        )
        self.write_all(
            "INSERT INTO source_alias (source_key, kind, value, item_key) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
            [(source, kind, value, item) for source, item, copy in named for kind, value in copy.aliases],
        )

    def named_feeds_showing_each(self, item_ids: Collection[str]) -> dict[str, frozenset[str]]:
        """The ids of the named feeds that show each."""
        found: dict[str, set[str]] = defaultdict(set)
        wanted = list(item_ids) if self.naming().feeds else []
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            for row in self.rows(_NAMED.format(marks(some)), some):
                found[row["item"]].add(row["feed"])
        return {item_id: frozenset(feeds) for item_id, feeds in found.items()}

    def _put_new(self, items: Sequence[Item], now: datetime, texts: Mapping[str, str]) -> None:
        if not all(map(_tells_its_own, items)) or self._told_already(items):
            for item in items:
                self.put_item(item, now)
            return
        keyed = self._insert(items, texts)
        if keyed:
            self.make_searchable(keyed[0][0], keyed[-1][0])
        self._put_all_title_keys(keyed, now)
        given = self._categories_of(keyed)
        self.write_all(
            "INSERT INTO item_category (item_key, category_key) VALUES (?, ?)",
            [(key, category) for key, item in keyed for category in given[item.categories]],
        )
        self._shelve([(key, item) for key, item in keyed if item.visible], given, now)

    def _told_already(self, items: Sequence[Item]) -> bool:
        """Whether the public knows any of these stories: then each item changes what others tell."""
        ids = [item.story_id for item in items if item.visible]
        chunks = (ids[start : start + _AT_ONCE] for start in range(0, len(ids), _AT_ONCE))
        told = "SELECT 1 FROM item WHERE story_id IN ({}) AND " + VISIBLE + " LIMIT 1"
        return any(self.row(told.format(marks(some)), some) for some in chunks)

    def _insert(self, items: Sequence[Item], texts: Mapping[str, str]) -> Keyed:
        first = int(self.db.execute("SELECT coalesce(max(key), 0) + 1 FROM item").fetchone()[0])
        keyed = list(enumerate(items, first))
        sources = self._source_keys(items)
        rows = (
            (key, *self.values_of(item, sources[item.origin.source_id] if item.origin else None, texts))
            for key, item in keyed
        )
        try:
            self.write_all(_INSERT, rows)
        except sqlite3.IntegrityError as error:
            stored = self.db.execute("SELECT count(*) FROM item WHERE key >= ?", [first]).fetchone()[0]
            refused = items[stored]
            if refused.guid != urn(refused.id):
                raise Conflict("item.guid.taken", guid=refused.guid) from error
            raise
        return keyed

    def _source_keys(self, items: Iterable[Item]) -> dict[str, int | None]:
        one_of_each = {item.origin.source_id: item for item in items if item.origin}
        return {source_id: self.source_key(item) for source_id, item in one_of_each.items()}

    def _keys_of(self, table: str, ids: Sequence[str]) -> dict[str, int]:
        rows = self.db.execute(_KEYS.format(table), [as_json(ids)])
        return dict(rows.fetchall())

    def _put_all_title_keys(self, keyed: Keyed, now: datetime) -> None:
        self.write_all(
            "INSERT INTO title_key (title_key, at, item_key) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            (
                (title_key, seconds(item.published or item.created), key)
                for key, item in keyed
                if item.merged_into is None and is_comparable(item.published or item.created, now)
                for title_key in title_keys(item.title)
            ),
        )

    def _categories_of(self, keyed: Keyed) -> Given:
        return {ids: self.given(ids) for ids in {item.categories for _, item in keyed}}

    def _shelves(self, place: Place, given: Given) -> list[int]:
        categories, language = place
        shelves = taking(given[categories], {})
        return [ALL, *shelves, *self.named_for(shelves, language, {})]

    def _shelve(self, shown: Keyed, given: Given, now: datetime) -> None:
        places = [(item.categories, item.language) for _, item in shown]
        shelves = {place: self._shelves(place, given) for place in set(places)}
        rows = (
            (shelf, seconds(item.published), key, item.language)
            for (key, item), place in zip(shown, places, strict=True)
            for shelf in shelves[place]
        )
        # In the order of the shelves: neighbours are written into the same page.
        self.write_all(
            "INSERT INTO shelf (category_key, published, item_key, language) VALUES (?, ?, ?, ?)", sorted(rows)
        )
        counted = Counter[tuple[int, str]]()
        for place, items in Counter(places).items():
            counted.update({(shelf, place[1]): items for shelf in shelves[place]})
        touched: dict[str, set[int]] = defaultdict(set)
        for (shelf, language), items in counted.items():
            self.count_shown(shelf, language, items)
            touched[language].add(shelf)
        for language, stood_on in touched.items():
            self.bump(stood_on, {language}, now)
        feeds = {place: feeds_of(on, place[1]) for place, on in shelves.items()}
        self.log_arrivals([(key, feeds[place]) for (key, _), place in zip(shown, places, strict=True)])


def _tells_its_own(item: Item) -> bool:
    """Whether its coming touches nothing else: no other telling of its story, no picture that waits to be used."""
    return (item.story_id == item.id or not item.visible) and not (item.image and item.image.kept)
