"""The promises about pictures that are kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Protocol

from news.items import Item
from news.picture_quota import Taken
from news.pictures import Picture
from storage.records import KeptPicture


class PictureReader(Protocol):
    """Pictures in a snapshot."""

    def picture(self, picture_id: str) -> KeptPicture | None:
        """The picture of that id."""

    def picture_file(self, picture_id: str, name: str) -> bytes | None:
        """The bytes of one of its renditions, by the name its address ends in."""

    def items_with_picture(self, picture_id: str) -> tuple[Item, ...]:
        """The items that have it, whatever their status."""

    def pictures_taken(self, source_ids: Collection[str], day: date) -> dict[str, Taken]:
        """What was fetched for each of these sources on that day (UTC); those without any are missing."""


class PictureWriter(Protocol):
    """Pictures in a turn to write."""

    def put_picture(self, picture: Picture, files: Mapping[str, bytes], owner_id: str | None, now: datetime) -> None:
        """Store a new picture with all its files, by their names. ``owner_id``: who uploaded it, or None."""

    def put_picture_taken(self, source_id: str, day: date, size: int) -> None:
        """Count one picture of that source, of which ``size`` bytes are kept; former days are forgotten."""

    def sweep_pictures(self, now: datetime, unused_since: datetime) -> int:
        """Remove those that no item has had ever since then, and note which none has now; how many were removed."""
