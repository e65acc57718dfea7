"""Floods as rows: one for each source that has one, and the items that wait in it."""

from __future__ import annotations

from collections.abc import Collection

from news.floods import Flood, FloodKind
from news.items import Item
from storage.sqlite.items import ItemReads
from storage.sqlite.part import Part
from storage.sqlite.values import Row, moment, seconds

_FLOOD = """
    SELECT source.id, source.name, flood.kind, flood.since, (SELECT count(*) FROM flood_item JOIN item
        ON item.key = item_key WHERE flood_item.source_key = flood.source_key AND status = 'review') AS items
    FROM flood JOIN source ON source.key = flood.source_key
"""


def _flood(row: Row) -> Flood:
    return Flood(row["id"], row["name"], FloodKind(row["kind"]), moment(row["since"]), row["items"])


class FloodReads(ItemReads):
    """Reading floods."""

    def flood(self, source_id: str) -> Flood | None:
        """What of this source waits together."""
        row = self.row(f"{_FLOOD} WHERE source.id = ?", [source_id])
        return _flood(row) if row else None

    def floods(self) -> tuple[Flood, ...]:
        """All that waits together, oldest first."""
        rows = self.rows(f"{_FLOOD} WHERE source.removed IS NULL ORDER BY flood.since, flood.source_key")
        return tuple(_flood(row) for row in rows)

    def flood_items(self, source_id: str) -> tuple[Item, ...]:
        """The items of a flood, newest first."""
        return self.items_where(
            "item.key IN (SELECT item_key FROM flood_item"
            " WHERE source_key = (SELECT key FROM source WHERE id = ?)) ORDER BY item.sorted DESC, item.key DESC",
            [source_id],
        )


class FloodWrites(Part):
    """Writing floods."""

    def put_flood(self, flood: Flood, item_ids: Collection[str]) -> None:
        """These items wait together."""
        self.write(
            "INSERT INTO flood (source_key, kind, since) SELECT key, ?, ? FROM source WHERE id = ?"
            " ON CONFLICT DO NOTHING",
            [flood.kind.value, seconds(flood.since), flood.source_id],
        )
        for item_id in item_ids:
            self.write(
                "INSERT INTO flood_item (item_key, source_key) SELECT item.key, source.key FROM item, source"
                " WHERE item.id = ? AND source.id = ? ON CONFLICT DO NOTHING",
                [item_id, flood.source_id],
            )

    def end_flood(self, source_id: str) -> None:
        """The flood has been decided."""
        for table in ("flood_item", "flood"):
            self.write(f"DELETE FROM {table} WHERE source_key = (SELECT key FROM source WHERE id = ?)", [source_id])

    def rename_copy(self, source_id: str, names_of: str, item_id: str) -> None:
        """What the source calls one item means another; without a fingerprint, whatever it says next is a change."""
        keys = {"source": source_id, "from": names_of, "to": item_id}
        self.write(
            "UPDATE source_alias SET item_key = (SELECT key FROM item WHERE id = :to)"
            " WHERE source_key = (SELECT key FROM source WHERE id = :source)"
            " AND item_key = (SELECT key FROM item WHERE id = :from)",
            keys,
        )
        self.write("UPDATE source_copy SET fingerprint = '' WHERE item_key = (SELECT key FROM item WHERE id = :to)",
                   {"to": item_id})  # fmt: skip
