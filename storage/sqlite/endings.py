"""Categories that end: what they reach, becoming part of another, the last answer of their addresses."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from news.selections import LANGUAGES
from storage.records import Reach
from storage.sqlite.feeds import FeedWrites
from storage.sqlite.part import Part
from storage.sqlite.values import marks, seconds

# One line for each item, in the words of desk/recording.py: the categories it had, and those it has now.
_HISTORY = """
    INSERT INTO history (object_kind, object_id, version, at, actor, action, data)
    SELECT 'item', item.id, item.version + 1, :at, :actor, 'category merged', json_object('categories', json_object(
        'from', json((SELECT json_group_array(id) FROM (
            SELECT had.id AS id FROM item_category JOIN category AS had ON had.key = category_key
            WHERE item_key = item.key ORDER BY 1))),
        'to', json((SELECT json_group_array(id) FROM (
            SELECT DISTINCT CASE had.key WHEN :gone THEN :into_id ELSE had.id END AS id
            FROM item_category JOIN category AS had ON had.key = category_key
            WHERE item_key = item.key ORDER BY 1)))))
    FROM item WHERE key IN (SELECT item_key FROM item_category WHERE category_key = :gone) ORDER BY key
"""
# What moves enters the feeds it moves to, in the order of its dates: their archives tell of it from then on.
_ENTER = """
    INSERT INTO passage (category_key, language, number, item_key, left_at)
    SELECT feed.category_key, feed.language,
        coalesce((SELECT max(number) FROM passage AS p
            WHERE p.category_key = feed.category_key AND p.language = feed.language), 0)
            + row_number() OVER (PARTITION BY feed.language ORDER BY s.published, s.item_key),
        s.item_key, NULL
    FROM shelf AS s JOIN feed ON feed.category_key = :into AND feed.language IN ('', s.language)
    WHERE s.category_key = :gone AND NOT EXISTS (SELECT 1 FROM shelf AS o
        WHERE o.category_key = :into AND o.published = s.published AND o.item_key = s.item_key)
    ON CONFLICT (item_key, category_key, language) DO UPDATE SET number = excluded.number, left_at = NULL
"""
_MERGE = (
    _ENTER,
    "UPDATE item SET version = version + 1 WHERE key IN"
    " (SELECT item_key FROM item_category WHERE category_key = :gone)",
    "INSERT INTO item_category (item_key, category_key) SELECT item_key, :into FROM item_category"
    " WHERE category_key = :gone ON CONFLICT DO NOTHING",
    "DELETE FROM item_category WHERE category_key = :gone",
    "INSERT INTO shelf (category_key, published, item_key, language)"
    " SELECT :into, published, item_key, language FROM shelf WHERE category_key = :gone ON CONFLICT DO NOTHING",
    "DELETE FROM shelf WHERE category_key = :gone",
    "UPDATE feed SET shown = (SELECT count(*) FROM shelf WHERE shelf.category_key = feed.category_key"
    " AND feed.language IN ('', shelf.language)) WHERE category_key IN (:gone, :into)",
    "UPDATE category_slug SET category_key = :into WHERE category_key = :gone",
    "UPDATE category SET successor = :into_id WHERE successor = (SELECT id FROM category WHERE key = :gone)",
    "UPDATE category SET retired = :at, merged = :at, successor = :into_id WHERE key = :gone",
)
_LEADING = """
    WITH RECURSIVE leading(id) AS (
        SELECT ? UNION SELECT category.id FROM category JOIN leading ON category.successor = leading.id
    ) SELECT key FROM category JOIN leading ON leading.id = category.id WHERE closes IS NOT NULL AND closed IS NULL
"""


class EndingReads(Part):
    """Reading what an end would touch."""

    def reach(self, category_id: str) -> Reach:
        """Which items and feeds are touched when this category ends."""
        key = self.category_keys([category_id])[category_id]
        counted = self.db.execute("SELECT count(*) FROM item_category WHERE category_key = ?", [key]).fetchone()
        shown = self.rows(
            "SELECT DISTINCT coalesce(category.id, '') AS id FROM shelf"
            " LEFT JOIN category ON category.key = category_key"
            " WHERE item_key IN (SELECT item_key FROM shelf WHERE category_key = ?)",
            [key],
        )
        return Reach(int(counted[0]), frozenset(row["id"] for row in shown))


class EndingWrites(FeedWrites):
    """Writing ends."""

    def given(self, category_ids: Collection[str]) -> dict[int, bool]:
        """The row keys of an item's categories, each with whether it takes new items; for one that was merged, of the
        one it was merged into. Whoever looked it up before the merge still files items where they belong."""
        rows = self.rows(
            "SELECT living.key AS key, living.retired IS NULL AS takes_new FROM category AS named"
            " JOIN category AS living"
            " ON living.id = CASE WHEN named.merged IS NULL THEN named.id ELSE named.successor END"
            f" WHERE named.id IN ({marks(category_ids)}) ORDER BY living.key",
            sorted(category_ids),
        )
        return {row["key"]: bool(row["takes_new"]) for row in rows}

    def merge_category(self, category_id: str, into_id: str, actor: str, now: datetime) -> int:
        """Make one category part of another, set by set: a merge of a hundred thousand items is one statement each."""
        keys = self.category_keys([category_id, into_id])
        given = {
            "gone": keys[category_id], "into": keys[into_id], "into_id": into_id, "at": seconds(now), "actor": actor,
        }  # fmt: skip
        self.bump_shown_with("chosen.category_key = ?", [keys[category_id]], now)
        self.bump([keys[into_id]], LANGUAGES, now)
        moved = self.write(_HISTORY, given)
        for statement in _MERGE:
            self.write(statement, given)
        self.bump_leading_to(into_id, now)
        return moved

    def close_category(self, category_id: str, now: datetime) -> None:
        """The addresses of a retired category answer no more; only its own feeds change."""
        self.write("UPDATE category SET closed = ? WHERE id = ?", [seconds(now), category_id])
        self.bump(self.category_keys([category_id]).values(), LANGUAGES, now)

    def bump_leading_to(self, category_id: str, now: datetime) -> None:
        """The feeds whose last entry names this category as what goes on in their place."""
        if leading := self.rows(_LEADING, [category_id]):
            self.bump([row["key"] for row in leading], LANGUAGES, now)
