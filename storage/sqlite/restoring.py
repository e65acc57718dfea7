"""A database that was a copy: its feeds go on from a point that none of their followers can have seen."""

from __future__ import annotations

from datetime import datetime

from news.selections import LANGUAGES
from storage.sqlite.feeds import FeedWrites
from storage.sqlite.values import seconds


class RestoringWrites(FeedWrites):
    """Writing in a copy that takes the place of the newsroom's database."""

    def tell_feeds_anew(self, now: datetime) -> None:
        """All feeds changed, and no number of their logs comes twice. No feed is told of things more often than once
        a second for years, so the seconds since 1970 are ahead of any number that was ever given."""
        self.bump((row["category_key"] for row in self.rows("SELECT category_key FROM feed")), LANGUAGES, now)
        self.write(
            "UPDATE passage SET number = max(number + 1, ?) WHERE (category_key, language, number) IN"
            " (SELECT category_key, language, (SELECT max(number) FROM passage AS p"
            " WHERE p.category_key = feed.category_key AND p.language = feed.language) FROM feed)",
            [seconds(now)],
        )
