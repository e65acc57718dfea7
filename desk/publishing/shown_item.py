"""Items as pages, blocks and feeds show them: the item, and what follows from it and its surroundings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from desk.context import Desk
from desk.publishing.shown_image import ShownImage, shown_image
from news.categories import Category, slugify
from news.days import local_day
from news.excerpts import excerpt
from news.items import Item
from news.sanitise import text_of
from storage.contract import Reader

LEAD_LENGTH = 300


@dataclass(frozen=True, slots=True)
class ItemView:
    """An item to be shown. ``path``, ``url``: its page, relative and absolute. ``target``: where its title points.
    ``categories``: active ones by rank. ``day``: the newsroom's day; ``machine_date``: for ``<time datetime>``.
    ``time_text``: ``09:00``, or None for a day without a time and for midnight. ``excerpt``, ``lead``: plain text, cut
    at a word. ``picture``: as it is shown."""

    item: Item
    path: str
    url: str
    target: str
    categories: tuple[Category, ...]
    day: date | None
    machine_date: str
    time_text: str | None
    excerpt: str
    lead: str
    source_name: str | None
    picture: ShownImage | None = None


def views(desk: Desk, reader: Reader, items: Iterable[Item]) -> tuple[ItemView, ...]:
    """``items`` to be shown."""
    categories = reader.categories()
    return tuple(_view(desk, item, categories) for item in items)


def view(desk: Desk, reader: Reader, item: Item) -> ItemView:
    """``item`` to be shown."""
    return _view(desk, item, reader.categories())


def item_path(item: Item) -> str:
    """The address of the item's page, relative to the newsroom's."""
    slug = slugify(item.title)
    return f"/items/{item.id}/{slug}" if slug else f"/items/{item.id}/-"


def ranked(item: Item, categories: Iterable[Category]) -> tuple[Category, ...]:
    """The item's categories that are not retired, in the order of ``categories``."""
    return tuple(category for category in categories if category.id in item.categories and category.retired is None)


def whole_text(item: Item) -> str:
    """What an excerpt is cut from: the summary, or else the text of the body."""
    return item.summary or text_of(item.content_html)


def _view(desk: Desk, item: Item, categories: Iterable[Category]) -> ItemView:
    path = item_path(item)
    url = desk.settings.base_url + path
    text = whole_text(item)
    local = item.published.astimezone(desk.settings.timezone) if item.published and not item.day else None
    return ItemView(
        item=item,
        path=path,
        url=url,
        target=item.link or url,
        categories=ranked(item, categories),
        day=item.day or (local_day(item.published, desk.settings.timezone) if item.published else None),
        machine_date=item.day.isoformat() if item.day else local.isoformat(timespec="seconds") if local else "",
        time_text=_hour(local) if local else None,
        excerpt=excerpt(text),
        lead=excerpt(text, LEAD_LENGTH),
        source_name=item.origin.source_name if item.origin else None,
        picture=shown_image(item.image, desk.settings.base_url),
    )


def _hour(local: datetime) -> str | None:
    """``09:00``. Midnight is what a program writes that knows the day alone: nobody is told an hour nobody chose."""
    return f"{local:%H:%M}" if (local.hour, local.minute) != (0, 0) else None
