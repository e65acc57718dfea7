"""Stories that are to be joined once they are public, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from storage.sqlite.part import Part
from storage.sqlite.values import marks, seconds


class JoinReads(Part):
    """Reading what is to be joined."""

    def joins(self, item_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """What is to become a copy of each of these, in the order of asking."""
        found: dict[str, list[str]] = defaultdict(list)
        sql = f"SELECT * FROM story_join WHERE item_id IN ({marks(item_ids)}) ORDER BY at, other_id"
        for row in self.rows(sql, sorted(item_ids)):
            found[row["item_id"]].append(row["other_id"])
        return {item_id: tuple(others) for item_id, others in found.items()}


class JoinWrites(Part):
    """Writing it."""

    def put_join(self, item_id: str, other_id: str, now: datetime) -> None:
        """Remember it; asked twice it is remembered once."""
        self.write(
            "INSERT INTO story_join (item_id, other_id, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
            [item_id, other_id, seconds(now)],
        )

    def drop_joins(self, item_id: str) -> None:
        """Forget it."""
        self.write("DELETE FROM story_join WHERE item_id = ?", [item_id])
