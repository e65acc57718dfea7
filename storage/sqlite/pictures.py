"""Pictures as rows: what is known of each, and its files as blobs, so that one commit and one backup hold all."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime

from news.items import Item
from news.picture_quota import Taken
from news.pictures import Picture
from storage.records import KeptPicture
from storage.sqlite.items import ItemReads
from storage.sqlite.values import marks, picture_of, renditions_json, seconds

_IN_USE = "EXISTS (SELECT 1 FROM item WHERE picture_key = picture.key)"


class PictureReads(ItemReads):
    """Reading pictures."""

    def picture(self, picture_id: str) -> KeptPicture | None:
        """The picture of that id."""
        row = self.row("SELECT id, renditions, owner_id FROM picture WHERE id = ?", [picture_id])
        return KeptPicture(picture_of(row["id"], row["renditions"]), row["owner_id"]) if row else None

    def picture_file(self, picture_id: str, name: str) -> bytes | None:
        """The bytes of one rendition."""
        row = self.row(
            "SELECT body FROM picture_file JOIN picture ON key = picture_key WHERE id = ? AND name = ?",
            [picture_id, name],
        )
        return bytes(row["body"]) if row else None

    def items_with_picture(self, picture_id: str) -> tuple[Item, ...]:
        """The items that have it."""
        return self.items_where("picture.id = ? ORDER BY item.key", [picture_id])

    def pictures_taken(self, source_ids: Collection[str], day: date) -> dict[str, Taken]:
        """What was fetched for each of these sources on that day."""
        of_these = f"day = ? AND source_id IN ({marks(source_ids)})"
        rows = self.rows(f"SELECT * FROM pictures_taken WHERE {of_these}", [day.isoformat(), *source_ids])
        return {row["source_id"]: Taken(row["pictures"], row["bytes"]) for row in rows}


class PictureWrites(PictureReads):
    """Writing pictures."""

    def put_picture(self, picture: Picture, files: Mapping[str, bytes], owner_id: str | None, now: datetime) -> None:
        """Store a new picture with its files."""
        self.write(
            "INSERT INTO picture (id, owner_id, renditions, created, unused_since) VALUES (?, ?, ?, ?, ?)",
            [picture.id, owner_id, renditions_json(picture), seconds(now), seconds(now)],
        )
        for name, body in files.items():
            self.write(
                "INSERT INTO picture_file (picture_key, name, body) SELECT key, ?, ? FROM picture WHERE id = ?",
                [name, body, picture.id],
            )

    def put_picture_taken(self, source_id: str, day: date, size: int) -> None:
        """Count one picture of that source; former days are forgotten."""
        self.write("DELETE FROM pictures_taken WHERE source_id = ? AND day < ?", [source_id, day.isoformat()])
        self.write(
            "INSERT INTO pictures_taken (source_id, day, pictures, bytes) VALUES (?, ?, 1, ?)"
            " ON CONFLICT DO UPDATE SET pictures = pictures + 1, bytes = bytes + excluded.bytes",
            [source_id, day.isoformat(), size],
        )

    def sweep_pictures(self, now: datetime, unused_since: datetime) -> int:
        """Remove what nobody has had for long; note what nobody has now."""
        self.write(f"UPDATE picture SET unused_since = NULL WHERE unused_since IS NOT NULL AND {_IN_USE}")
        self.write(f"UPDATE picture SET unused_since = ? WHERE unused_since IS NULL AND NOT {_IN_USE}", [seconds(now)])
        return self.write("DELETE FROM picture WHERE unused_since <= ?", [seconds(unused_since)])
