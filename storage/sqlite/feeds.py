"""What is stored of each feed: its id, its revision, when it last changed, how many items it shows.

A row stands for ``all`` (key 0), one category or one named feed, in one language or, with the empty string, in all of
them.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from datetime import datetime

from sqlite_utils import Database

from news.selections import LANGUAGES, Selection
from storage.records import FeedState
from storage.sqlite.part import Part
from storage.sqlite.values import marks, moment, seconds

ALL = 0
EVERY_LANGUAGE = ""


def create_feeds(db: Database, category_key: int | None, mint: Callable[[], str], now: datetime) -> None:
    """Mint the feeds of a category (None: of ``all``) where they are missing."""
    for language in (EVERY_LANGUAGE, *LANGUAGES):
        db.execute(
            "INSERT INTO feed (category_key, language, id, revision, created, changed_at) VALUES (?, ?, ?, 0, ?, ?)"
            " ON CONFLICT DO NOTHING",
            [category_key or ALL, language, mint(), seconds(now), seconds(now)],
        )


class FeedReads(Part):
    """Reading the state of feeds."""

    def feed_state(self, selection: Selection) -> FeedState:
        """The stored state; of a combination, what follows from its categories' feeds in that language."""
        keys = list(self.category_keys([category.id for category in selection.categories]).values())
        if not selection.members:
            keys.append(ALL)
        found = self.rows(
            f"SELECT * FROM feed WHERE language = ? AND category_key IN ({marks(keys)})",
            [selection.language or EVERY_LANGUAGE, *keys],
        )
        return FeedState(
            selection.derived_id() if selection.live_only else found[0]["id"],
            max(row["revision"] for row in found),
            moment(max(row["created"] for row in found)),
            moment(max(row["changed_at"] for row in found)),
        )

    def category_counts(self) -> dict[str, int]:
        """How many visible items each category shows; "" for all."""
        counted = self.rows(
            "SELECT coalesce(category.id, '') AS id, shown FROM feed LEFT JOIN category ON category.key = category_key"
            " WHERE language = ''"
        )
        return {row["id"]: row["shown"] for row in counted}


class FeedWrites(Part):
    """Keeping the state of feeds in step with what they show."""

    def bump(self, category_keys: Iterable[int], languages: Collection[str], now: datetime) -> None:
        """These feeds, in these languages and in all languages together, now show something else.

        ``changed_at`` only grows, past every other feed's by a second at least, so that a poller that sends
        ``If-Modified-Since`` alone sees two changes of one second, also in a combination, whose state is its
        categories' latest. It grows once in a transaction, since nobody sees what lies between: a thousand items
        stored together do not carry it a thousand seconds ahead.
        """
        fresh = {(key, tongue) for key in category_keys for tongue in (*languages, EVERY_LANGUAGE)} - self.bumped
        if not fresh:
            return
        revision, changed_at = self._stamp(now)
        for key, tongue in sorted(fresh):
            self.write(
                "UPDATE feed SET revision = ?, changed_at = ? WHERE category_key = ? AND language = ?",
                [revision, changed_at, key, tongue],
            )
        self.bumped |= fresh

    def _stamp(self, now: datetime) -> tuple[int, int]:
        """This transaction's revision and ``changed_at``, both greater than any feed has."""
        if self.stamp is None:
            number = self.db.execute("UPDATE change_counter SET number = number + 1 RETURNING number").fetchone()[0]
            latest = self.db.execute("SELECT max(changed_at) FROM feed").fetchone()[0]
            self.stamp = int(number), max(seconds(now), latest + 1)
        return self.stamp

    def bump_shown_with(self, condition: str, params: Iterable[object], now: datetime) -> None:
        """Every feed that shows an item for which ``condition`` on ``shelf AS chosen`` holds."""
        rows = self.rows(
            "SELECT DISTINCT category_key, language FROM shelf WHERE item_key IN"
            f" (SELECT item_key FROM shelf AS chosen WHERE {condition})",
            list(params),
        )
        if rows:
            self.bump({row["category_key"] for row in rows}, {row["language"] for row in rows}, now)

    def count_shown(self, category_key: int, language: str, by: int) -> None:
        """One item more or less is shown."""
        self.write(
            "UPDATE feed SET shown = shown + ? WHERE category_key = ? AND language IN (?, '')",
            [by, category_key, language],
        )
