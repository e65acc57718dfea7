"""An item's past: what it said at each version, worked out backwards from what it says now, and bringing one back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from desk.context import Actor, Desk
from desk.item_history import plain
from desk.items.draft import draft_of
from desk.items.posting import edit_item, get_item
from news.drafts import ALL_FIELDS, Draft
from news.errors import NotFound
from news.items import Change, Image, Item
from storage.contract import Reader

_MOST_LINES = 1000
_OF_TODAY = frozenset({"status", "withdraw", "pin"})
_TEXTS = ("title", "summary", "content_html", "language", "link", "author")


@dataclass(frozen=True, slots=True)
class Step:
    """One change of an item: the form before and after it, the change, and whether the item says something else now."""

    before: Draft
    after: Draft
    change: Change
    past: bool


def item_at(reader: Reader, item: Item, version: int) -> Item:
    """What ``item`` said at an earlier ``version``. Only what a form shows is as it was then."""
    values: dict[str, Any] = plain(item)
    for change in reader.history("item", item.id, _MOST_LINES):
        if change.version > version:
            values |= {name: said["from"] for name, said in change.data.items() if isinstance(said, dict)}
    return replace(
        item,
        **{name: values[name] for name in _TEXTS},
        categories=frozenset(values["categories"] or ()),
        day=date.fromisoformat(values["day"]) if values["day"] else None,
        published=_moment(values["published"]),
        withdraw_at=_moment(values.get("withdraw_at")),
        pinned_until=_moment(values.get("pinned_until")),
        image=_image(values["image"], item.image),
    )


def step(desk: Desk, item_id: str, version: int) -> Step:
    """The change that made ``version`` of an item. Raises NotFound."""
    item = get_item(desk, item_id)
    with desk.storage.read() as reader:
        lines = reader.history("item", item_id, _MOST_LINES)
        made = next((line for line in lines if line.version == version and version > 0), None)
        if made is None:
            raise NotFound("item.version.unknown", version=version)
        before = draft_of(desk, reader, item_at(reader, item, version - 1)) if version > 1 else Draft(title="")
        after = draft_of(desk, reader, item_at(reader, item, version))
        return Step(before, after, made, version < item.version and after != draft_of(desk, reader, item))


def bring_back(desk: Desk, item_id: str, version: int, actor: Actor) -> Item:
    """Let an item say again what it said at ``version``; its status stays, and until when it is
    shown and stands first. Raises as ``edit_item`` does."""
    then = step(desk, item_id, version).after
    return edit_item(desk, item_id, then, actor, only=ALL_FIELDS - _OF_TODAY)


def _moment(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None


def _image(said: dict[str, Any] | None, now: Image | None) -> Image | None:
    if said is None:
        return None
    kept = now.kept if now and now.url == said["url"] else None
    return Image(said["url"], said["alt"], said["width"], said["height"], said.get("credit", ""), kept)
