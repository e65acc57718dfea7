"""The log of each feed: which items entered it, changed in it or left it, in that order.

A row stands for the last thing that happened to one item in one feed. Whenever something happens again, the row moves
to the end of the log under the next number, so numbers only grow, what lies between two of them only shrinks, and the
log is never longer than the items the feed has ever shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from news.ids import urn
from news.items import Item
from news.selections import Selection
from storage.records import Passage
from storage.sqlite.feeds import ALL, EVERY_LANGUAGE
from storage.sqlite.items import ITEM, item_of
from storage.sqlite.part import Part
from storage.sqlite.tellings import present_tellings
from storage.sqlite.values import Row, marks, moment, seconds

Shelved = dict[int, tuple[int, str]]
Feeds = frozenset[tuple[int, str]]
_PASSAGE = """
    SELECT number, left_at, item.id, item.story_id, item.keeps_guid, item.source_guid
    FROM passage {} JOIN item ON item.key = item_key WHERE category_key = ? AND passage.language = ?
"""
_ANY = _PASSAGE.format("")
# Named, or the whole log would be walked for the few that left.
_LEFT = _PASSAGE.format("INDEXED BY passage_left")
_NEXT = "SELECT max(number) FROM passage AS p WHERE p.category_key = feed.category_key AND p.language = feed.language"


class PassageReads(Part):
    """Reading the logs."""

    def last_passage(self, selection: Selection, before: int | None = None) -> int:
        """The greatest number in the log, or the greatest below ``before``; 0 when there is none."""
        below, params = ("", []) if before is None else (" AND number < ?", [before])
        return self._number(f"max(number) AS number FROM passage WHERE category_key = ? AND language = ?{below}",
                            [*self._feed_key(selection), *params])  # fmt: skip

    def next_passage(self, selection: Selection, after: int) -> int:
        """The smallest number in the log above ``after``; 0 when there is none."""
        return self._number(
            "min(number) AS number FROM passage WHERE category_key = ? AND language = ? AND number > ?",
            [*self._feed_key(selection), after],
        )

    def passages(self, selection: Selection, first: int, last: int) -> tuple[Passage, ...]:
        """What stands in the log from ``first`` to ``last``, in order."""
        rows = self.rows(
            f"{_ANY} AND number BETWEEN ? AND ? ORDER BY number", [*self._feed_key(selection), first, last]
        )
        return self._told(selection, rows)

    def departures(self, selection: Selection, limit: int) -> tuple[Passage, ...]:
        """The last items that left, latest first."""
        rows = self.rows(
            f"{_LEFT} AND left_at IS NOT NULL ORDER BY number DESC LIMIT ?", [*self._feed_key(selection), limit]
        )
        return self._told(selection, rows)

    def items_named(self, ids: Collection[str]) -> dict[str, Item]:
        """The items of these ids, by id."""
        found: dict[str, Item] = {}
        wanted = list(ids)
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            found |= {row["id"]: item_of(row) for row in self.rows(f"{ITEM} WHERE item.id IN ({marks(some)})", some)}
        return found

    def _told(self, selection: Selection, rows: Sequence[Row]) -> tuple[Passage, ...]:
        """What readers are told of the log. Where each story is told once, by the story's id: that it entered stands
        where its present telling does, and that it left, where no telling of it is shown."""
        if selection.prefer is None:
            return tuple(_passage(row, row["source_guid"] if row["keeps_guid"] else urn(row["id"])) for row in rows)
        key, language = self._feed_key(selection)
        stories = sorted({row["story_id"] for row in rows})
        sql, params = present_tellings(key, stories, selection.prefer)
        present = {row["story_id"]: row["id"] for row in self.rows(sql, params)}
        lasts = self.rows(
            "SELECT item.story_id, max(number) AS number FROM item JOIN passage ON passage.item_key = item.key"
            f" WHERE item.story_id IN ({marks(stories)}) AND category_key = ? AND passage.language = ?"
            " GROUP BY item.story_id",
            [*stories, key, language],
        )
        last = {row["story_id"]: row["number"] for row in lasts}

        def is_told(row: Row) -> bool:
            story = row["story_id"]
            if row["left_at"] is None:
                return bool(present.get(story) == row["id"])
            return story not in present and bool(last[story] == row["number"])

        return tuple(_passage(row, urn(row["story_id"])) for row in rows if is_told(row))

    def _number(self, what: str, params: list[object]) -> int:
        row = self.row(f"SELECT {what}", params)
        return int(row["number"] or 0) if row else 0

    def _feed_key(self, selection: Selection) -> tuple[int, str]:
        keys = self.category_keys([category.id for category in selection.members])
        return next(iter(keys.values()), ALL), selection.language or EVERY_LANGUAGE


class PassageWrites(Part):
    """Writing the logs."""

    def log_passages(self, item_key: int, before: Shelved, after: Shelved, changed: bool, now: datetime) -> None:
        """An item stood on the shelves ``before`` and stands on those of ``after``; ``changed``: what readers see of
        it is not what it was, and so it enters again where it stays."""
        stood, stands = _feeds_of(before), _feeds_of(after)
        self._log(item_key, stood - stands, seconds(now))
        if changed or before != after:
            self._log(item_key, stands, None)

    def log_arrivals(self, arrived: Sequence[tuple[int, Feeds]]) -> None:
        """These items, which stood nowhere, stand in these feeds now, in that order."""
        came: dict[tuple[int, str], list[int]] = defaultdict(list)
        for item_key, feeds in arrived:
            for feed in feeds:
                came[feed].append(item_key)
        lasts = self._last_numbers({key for key, _ in came})
        rows = [
            (*feed, number, item_key)
            for feed in sorted(came.keys() & lasts.keys())
            for number, item_key in enumerate(came[feed], lasts[feed] + 1)
        ]
        self.write_all("INSERT INTO passage (category_key, language, number, item_key) VALUES (?, ?, ?, ?)", rows)

    def _last_numbers(self, category_keys: Collection[int]) -> dict[tuple[int, str], int]:
        """The last number in the log of each of these categories' feeds, of those there are."""
        rows = self.rows(
            f"SELECT category_key, language, coalesce(({_NEXT}), 0) AS number FROM feed"
            f" WHERE category_key IN ({marks(category_keys)})",
            list(category_keys),
        )
        return {(row["category_key"], row["language"]): row["number"] for row in rows}

    def log_other_tellings(self, item_key: int, story_id: str, category_keys: Collection[int]) -> None:
        """In these feeds, which tell each story once, something happened to the item: its story is told anew, by
        whichever telling is the present one."""
        rows = self.rows(
            "SELECT s.category_key, s.item_key, s.language FROM item JOIN shelf AS s ON s.item_key = item.key"
            f" WHERE item.story_id = ? AND item.key <> ? AND s.category_key IN ({marks(category_keys)})"
            " ORDER BY s.category_key, s.item_key",
            [story_id, item_key, *category_keys],
        )
        for row in rows:
            self._log(
                row["item_key"], {(row["category_key"], tongue) for tongue in (row["language"], EVERY_LANGUAGE)}, None
            )

    def _log(self, item_key: int, feeds: set[tuple[int, str]], left_at: int | None) -> None:
        """The item entered (or left at ``left_at``) these feeds, of those there are."""
        if feeds:
            pairs = ",".join("(?,?)" for _ in feeds)
            self.write(
                "INSERT INTO passage (category_key, language, number, item_key, left_at)"
                f" SELECT category_key, language, coalesce(({_NEXT}), 0) + 1, ?, ?"
                f" FROM (VALUES {pairs}) AS asked CROSS JOIN feed"
                " WHERE category_key = asked.column1 AND language = asked.column2"
                " ON CONFLICT (item_key, category_key, language)"
                " DO UPDATE SET number = excluded.number, left_at = excluded.left_at",
                [item_key, left_at, *(value for pair in sorted(feeds) for value in pair)],
            )


def feeds_of(shelves: Iterable[int], language: str) -> Feeds:
    """The feeds that show what stands on ``shelves`` in that language, by category and language."""
    return frozenset((key, tongue) for key in shelves for tongue in (language, EVERY_LANGUAGE))


def _feeds_of(shelved: Shelved) -> set[tuple[int, str]]:
    return {(key, tongue) for key, (_, language) in shelved.items() for tongue in (language, EVERY_LANGUAGE)}


def _passage(row: Row, guid: str) -> Passage:
    return Passage(row["number"], row["id"], guid, moment(row["left_at"]))
