"""Named feeds: rows among the categories, with shelves that items get by belonging to what a feed shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from news.named_feeds import Chosen, NamedFeed, merged_in
from news.selections import LANGUAGES
from storage.records import Moving
from storage.sqlite.categories import CATEGORY, CategoryReads, CategoryWrites, category_of
from storage.sqlite.named_shelves import COUNT_SHOWN, COUNTED, LOG_ANEW, STATEMENTS, wanted
from storage.sqlite.part import Naming
from storage.sqlite.passages import Shelved
from storage.sqlite.values import Row, as_json, seconds

_WANTED = "CREATE TEMP TABLE wanted (published INTEGER, item_key INTEGER PRIMARY KEY, language TEXT)"


class NamedFeedReads(CategoryReads):
    """Reading named feeds."""

    def named_feeds(self) -> tuple[NamedFeed, ...]:
        """All named feeds in the order they were made, retired ones last."""
        rows = self.rows(f"{CATEGORY} WHERE chosen IS NOT NULL ORDER BY category.retired IS NOT NULL, category.key")
        return tuple(_feed(row) for row in rows)

    def named_feeds_showing(self, item_id: str) -> frozenset[str]:
        """The ids of the named feeds that show this item."""
        rows = self.rows(
            "SELECT category.id FROM item JOIN shelf ON shelf.item_key = item.key"
            " JOIN category ON category.key = shelf.category_key WHERE item.id = ? AND category.chosen IS NOT NULL",
            [item_id],
        )
        return frozenset(row["id"] for row in rows)

    def moving(self, chosen: Chosen, feed_id: str | None = None) -> Moving:
        """How many items would come to, and leave, the named feed if it showed what is ``chosen``."""
        belonging, params = wanted(chosen, self.category_keys(sorted(chosen.categories)))
        key = self.category_keys([feed_id])[feed_id] if feed_id else -1
        named = {f"p{number}": value for number, value in enumerate(params)}
        for name in named:
            belonging = belonging.replace("?", f":{name}", 1)
        row = self.row(f"WITH wanted AS ({belonging}) {COUNTED}", named | {"key": key})
        return Moving(int(row["coming"]), int(row["leaving"])) if row else Moving(0, 0)


class NamedFeedWrites(CategoryWrites):
    """Writing named feeds."""

    def put_named_feed(self, feed: NamedFeed, now: datetime) -> None:
        """Store ``feed``, and put on its shelf what it shows; of one that was retired the shelf stays as it is."""
        had = next((one.chosen for one in self.naming().feeds.values() if one.id == feed.id), None)
        key = self.store_category(feed, _column(feed.chosen), now)
        if feed.retired is None and had != feed.chosen:
            self._refill(key, feed.chosen, now, anew=bool(feed.chosen.prefer or (had and had.prefer)))
        self.bump_leading_to(feed.id, now)

    def named_for(self, shelves: Iterable[int], language: str, before: Shelved) -> list[int]:
        """The row keys of the named feeds that show an item which stands on these shelves of categories, and stood on
        ``before``: a retired one takes nothing new."""
        naming = self.naming()
        if not naming.feeds:
            return []
        ids = frozenset(naming.category_ids[key] for key in shelves)
        return [
            key
            for key, feed in naming.feeds.items()
            if feed.chosen.holds(ids, language) and (feed.retired is None or key in before)
        ]

    def preferring(self) -> frozenset[int]:
        """The row keys of the named feeds that prefer a language."""
        return frozenset(key for key, feed in self.naming().feeds.items() if feed.chosen.prefer)

    def naming(self) -> Naming:
        """The named feeds as this transaction has them."""
        if self.named is None:
            keys = {row["key"]: row for row in self.rows(f"{CATEGORY} WHERE chosen IS NOT NULL")}
            ids = {row["key"]: row["id"] for row in self.rows("SELECT key, id FROM category")} if keys else {}
            self.named = Naming({key: _feed(row) for key, row in keys.items()}, ids)
        return self.named

    def merge_category(self, category_id: str, into_id: str, actor: str, now: datetime) -> int:
        """As ``EndingWrites.merge_category``; the named feeds that are made of either go on with the other."""
        moved = super().merge_category(category_id, into_id, actor, now)
        for key, feed in self.naming().feeds.items():
            if feed.chosen.categories & {category_id, into_id}:
                after = merged_in(feed.chosen, category_id, into_id)
                self.write("UPDATE category SET chosen = ? WHERE key = ?", [_column(after), key])
                if feed.retired is None:
                    self._refill(key, after, now, anew=bool(after.prefer))
        self.named = None
        return moved

    def _refill(self, key: int, chosen: Chosen, now: datetime, *, anew: bool) -> None:
        """``anew``: all it shows is told anew, as where each story is told once, and any may be told otherwise now."""
        self.bump([key], LANGUAGES, now)
        belonging, params = wanted(chosen, self.category_keys(sorted(chosen.categories)))
        self.write(_WANTED)
        self.write(f"INSERT INTO temp.wanted {belonging}", params)
        given = {"key": key, "at": seconds(now)}
        for statement in (*STATEMENTS, LOG_ANEW) if anew else STATEMENTS:
            self.write(statement, given)
        self.write("DROP TABLE temp.wanted")
        self.write(COUNT_SHOWN, [key])


def _feed(row: Row) -> NamedFeed:
    feed = category_of(row)
    assert isinstance(feed, NamedFeed)
    return feed


def _column(chosen: Chosen) -> str:
    return as_json({
        "members": list(chosen.members), "any_of": chosen.any_of, "excluded": list(chosen.excluded),
        "language": chosen.language, "prefer": chosen.prefer,
    })  # fmt: skip
