"""Items that look alike: keys of titles to find them by, pairs that are proposed or kept apart, copies of a story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import datetime

from news.items import Item
from news.similar import is_comparable, title_keys
from storage.sqlite.items import ITEM, ItemReads, item_of
from storage.sqlite.part import Part
from storage.sqlite.values import marks, seconds

_AT_ONCE = 300
_PAIRS = """
    SELECT one.id AS id, other.id AS other FROM item AS one
    JOIN likeness ON one.key IN (likeness.item_key, likeness.other_key)
    JOIN item AS other ON other.key = likeness.item_key + likeness.other_key - one.key
"""


class AlikeReads(ItemReads):
    """Reading what is alike."""

    def ended_by_canonical(self, links: Iterable[str]) -> dict[str, Item]:
        """Items that staff withdrew or refused, by canonical link; of several the last."""
        found: dict[str, Item] = {}
        wanted = list(links)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            condition = (
                f"item.canonical IN ({marks(some)}) AND +item.status = 'withdrawn' AND +item.merged_into IS NULL"
                " AND source.removed IS NULL ORDER BY item.key"
            )
            found |= {row["canonical"]: item_of(row) for row in self.rows(f"{ITEM} WHERE {condition}", some)}
        return found

    def titled_alike(
        self, keys: Collection[int], since: datetime, until: datetime, *, besides: str | None, limit: int
    ) -> tuple[tuple[int, str, str], ...]:
        """Items dated within that time whose title has one of ``keys``, each key by a search of the index."""
        found: list[tuple[int, str, str]] = []
        wanted = list(keys)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            rows = self.rows(
                "SELECT title_key, item.id AS id, item.title AS title FROM title_key"
                " JOIN item ON item.key = title_key.item_key"
                f" WHERE title_key IN ({marks(some)}) AND at BETWEEN ? AND ? AND item.merged_into IS NULL"
                " AND item.source_key IS NOT (SELECT key FROM source WHERE id = ?)"
                " AND item.status <> 'draft' AND NOT (item.status = 'withdrawn' AND EXISTS"
                " (SELECT 1 FROM source WHERE source.key = item.source_key AND removed IS NOT NULL)) LIMIT ?",
                [*some, seconds(since), seconds(until), besides, limit],
            )
            found += [(row["title_key"], row["id"], row["title"]) for row in rows]
        return tuple(found)

    def likenesses(self, item_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """What is proposed as the same story as each of these."""
        found: dict[str, list[str]] = defaultdict(list)
        sql = (
            f"{_PAIRS} WHERE apart = 0 AND one.merged_into IS NULL AND other.merged_into IS NULL"
            f" AND one.id IN ({marks(item_ids)}) ORDER BY other.key"
        )
        for row in self.rows(sql, sorted(item_ids)):
            found[row["id"]].append(row["other"])
        return {item_id: tuple(others) for item_id, others in found.items()}

    def apart(self, item_id: str) -> frozenset[str]:
        """The items that staff keep apart from this one."""
        return frozenset(row["other"] for row in self.rows(f"{_PAIRS} WHERE apart = 1 AND one.id = ?", [item_id]))

    def copies(self, item_ids: Collection[str]) -> dict[str, tuple[Item, ...]]:
        """The copies merged into each of these, oldest first."""
        found: dict[str, list[Item]] = defaultdict(list)
        wanted = sorted(item_ids)
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            for item in self.items_where(f"item.merged_into IN ({marks(some)}) ORDER BY item.key", some):
                found[item.merged_into or ""].append(item)
        return {item_id: tuple(items) for item_id, items in found.items()}


class AlikeWrites(Part):
    """Writing what is alike."""

    def put_likeness(self, item_id: str, other_id: str, *, apart: bool) -> None:
        """Remember a pair, whichever of the two is named first; what is kept apart stays so."""
        self.write(
            "INSERT INTO likeness (item_key, other_key, apart)"
            " SELECT min(one.key, other.key), max(one.key, other.key), ? FROM item AS one, item AS other"
            " WHERE one.id = ? AND other.id = ? AND one.key <> other.key"
            " ON CONFLICT (item_key, other_key) DO UPDATE SET apart = max(apart, excluded.apart)",
            [int(apart), item_id, other_id],
        )

    def put_title_keys(self, item_key: int, title: str, at: datetime, now: datetime) -> None:
        """Make an item of these weeks findable by its title; what it was called before stays as good a name."""
        keys = title_keys(title) if is_comparable(at, now) else ()
        if keys:
            rows = ",".join("(?, ?, ?)" for _ in keys)
            self.write(
                f"INSERT INTO title_key (title_key, at, item_key) VALUES {rows} ON CONFLICT DO NOTHING",
                [value for key in keys for value in (key, seconds(at), item_key)],
            )
