"""Items as rows: reading them for staff, and by what they are due for."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from news.items import Brought, Image, Item, Origin, Status
from storage.sqlite.part import Part
from storage.sqlite.values import Row, day, marks, moment, picture_of, seconds

ITEM = """
    SELECT item.*, source.id AS source_id, source.name AS source_name,
        (SELECT group_concat(category.id, ' ') FROM item_category JOIN category ON category.key = category_key
          WHERE item_key = item.key) AS category_ids,
        picture.id AS picture_id, picture.renditions
    FROM item LEFT JOIN source ON source.key = item.source_key LEFT JOIN picture ON picture.key = item.picture_key
"""
# Each with a plus (SQLite's query planner manual, §"Unary +"): where something better than its status tells an item
# from others, SQLite takes the index of that, and does not walk over everything that is published.
VISIBLE = "+item.status = 'published' AND +item.merged_into IS NULL"


def item_of(row: Row) -> Item:
    """The item of a row of ``ITEM``."""
    image = None
    if row["image_url"]:
        kept = picture_of(row["picture_id"], row["renditions"]) if row["picture_id"] else None
        image = Image(
            row["image_url"], row["image_alt"], row["image_width"], row["image_height"], row["image_credit"], kept
        )
    origin = brought = None
    if row["source_id"]:
        terms = tuple(json.loads(row["terms"]))
        origin = Origin(row["source_id"], row["source_name"], row["source_guid"], terms, bool(row["keeps_guid"]))
    elif row["source_guid"]:
        brought = Brought(row["source_guid"], bool(row["keeps_guid"]))
    return Item(
        id=row["id"], story_id=row["story_id"], title=row["title"], language=row["language"],
        status=Status(row["status"]), created=moment(row["created"]), updated=moment(row["updated"]),
        link=row["link"], summary=row["summary"], content_html=row["content_html"], author=row["author"], image=image,
        categories=frozenset((row["category_ids"] or "").split()), day=day(row["day"]),
        published=moment(row["published"]), due=moment(row["due"]), first_published=moment(row["first_published"]),
        withdrawn=moment(row["withdrawn"]), origin=origin, overridden=frozenset(json.loads(row["overridden"])),
        merged_into=row["merged_into"], owner_id=row["owner_id"], version=row["version"],
        brought=brought, withdraw_at=moment(row["withdraw_at"]), pinned_until=moment(row["pinned_until"]),
    )  # fmt: skip


class ItemReads(Part):
    """Reading items, whatever their status."""

    def items_where(self, condition: str, params: Iterable[object]) -> tuple[Item, ...]:
        """Items for which ``condition`` (with order and limit) holds."""
        return tuple(item_of(row) for row in self.rows(f"{ITEM} WHERE {condition}", list(params)))

    def item(self, item_id: str) -> Item | None:
        """The item of that id."""
        return next(iter(self.items_where("item.id = ?", [item_id])), None)

    def due_items(self, now: datetime, limit: int = 500) -> tuple[Item, ...]:
        """Scheduled items whose time has come."""
        condition = "item.status = 'scheduled' AND item.due <= ? ORDER BY item.due, item.key LIMIT ?"
        return self.items_where(condition, [seconds(now), limit])

    def next_due(self) -> datetime | None:
        """When the next item is due, to come or to go."""
        row = self.row(
            "SELECT min(at) AS due FROM (SELECT min(due) AS at FROM item WHERE status = 'scheduled'"
            " UNION ALL SELECT min(withdraw_at) FROM item WHERE withdraw_at IS NOT NULL AND status = 'published'"
            " UNION ALL SELECT min(pinned_until) FROM item WHERE pinned_until IS NOT NULL)"
        )
        return moment(row["due"]) if row else None

    def leaving_items(self, now: datetime, limit: int = 500) -> tuple[Item, ...]:
        """Published items whose time to be withdrawn has come."""
        condition = "item.withdraw_at <= ? AND item.status = 'published' ORDER BY item.withdraw_at, item.key LIMIT ?"
        return self.items_where(condition, [seconds(now), limit])

    def loose_items(self, now: datetime, limit: int = 500) -> tuple[Item, ...]:
        """Items whose time at the top is over."""
        condition = "item.pinned_until <= ? ORDER BY item.pinned_until, item.key LIMIT ?"
        return self.items_where(condition, [seconds(now), limit])

    def story(self, story_id: str) -> tuple[Item, ...]:
        """Visible items of one story."""
        return self.items_where(f"item.story_id = ? AND {VISIBLE} ORDER BY item.language, item.key", [story_id])

    def item_of_former(self, address: str) -> Item | None:
        """The item that had ``address`` on the site this one took over from."""
        condition = "item.key = (SELECT item_key FROM former_address WHERE address = ?)"
        return next(iter(self.items_where(condition, [address])), None)

    def visible_by_canonical(self, links: Iterable[str]) -> dict[str, Item]:
        """Visible items by canonical link; of several the oldest."""
        found: dict[str, Item] = {}
        wanted = list(links)
        for start in range(0, len(wanted), 500):
            some = wanted[start : start + 500]
            condition = f"item.canonical IN ({marks(some)}) AND {VISIBLE} ORDER BY item.key"
            for row in self.rows(f"{ITEM} WHERE {condition}", some):
                found.setdefault(row["canonical"], item_of(row))
        return found
