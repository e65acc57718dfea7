"""When a story came to be told otherwise: a telling of it came or left while another was in public."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from news.items import Item
from storage.sqlite.items import VISIBLE
from storage.sqlite.part import Part
from storage.sqlite.values import seconds

_OTHER = f"SELECT 1 FROM item WHERE story_id = ? AND id <> ? AND {VISIBLE} AND coalesce(first_published, 0) < ?"


class StoryWrites(Part):
    """Remembering it, for feeds that show each story once."""

    def retell(self, item: Item, category_keys: Collection[int], now: datetime, *, appeared: bool) -> None:
        """``item`` came to, or left, these shelves. When it ``appeared``, having been on none, that is news of its own
        first publication for a story that was public before: tellings of one moment are one story from the start."""
        at = seconds(item.first_published or now) if appeared else seconds(now)
        earlier_than = at if appeared else at + 1
        if not category_keys or not self.row(_OTHER, [item.story_id, item.id, earlier_than]):
            return
        for category_key in sorted(category_keys):
            self.write(
                "INSERT INTO story_moved (story_id, category_key, at) VALUES (?, ?, ?)"
                " ON CONFLICT (story_id, category_key) DO UPDATE SET at = max(at, excluded.at)",
                [item.story_id, category_key, at],
            )
