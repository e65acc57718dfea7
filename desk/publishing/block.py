"""The block: the newest items of a selection as partner sites show them, in words and dates of one language."""

from __future__ import annotations

from dataclasses import dataclass

from desk.context import Desk
from desk.publishing.feed import page_of
from desk.publishing.pinning import pinned_first
from desk.publishing.shown_item import ItemView, views
from desk.selecting import selection_title
from news.days import short_date
from news.items import Image
from news.pictures import path_of
from news.selections import LANGUAGES, Selection
from storage.contract import Reader

FEWEST, MOST, USUAL = 1, 20, 5
# Pixels: two for one of a card as wide as most are.
_WIDEST = 640


@dataclass(frozen=True, slots=True)
class BlockImage:
    """Our copy of an item's picture. ``url``: absolute; ``width``, ``height``: pixels of that file."""

    url: str
    alt: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class BlockItem:
    """One item of the block. ``target``: absolute, the item's link or else its ``page``. ``categories``: names by rank.
    ``date``: ``16/09/2024`` in French, ``16 September 2024`` in English; ``machine_date``: for ``<time datetime>``.
    ``excerpt``: plain text cut near 95 characters, or "". ``language``: of title and excerpt (BCP 47).
    ``image``: None also where we have no copy yet: whoever looks at the block asks nobody but us."""

    title: str
    target: str
    categories: tuple[str, ...]
    date: str
    machine_date: str
    excerpt: str
    language: str
    page: str
    image: BlockImage | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """The block of a selection. ``address``: as it stands after ``/embed/``. ``title``: the selection in words;
    ``subject``: the same, or "" where it is all news. ``language``: of the block's own words. ``more``: the absolute
    address of all its items; ``feed``: of its feed, without the format's extension."""

    address: str
    title: str
    subject: str
    items: tuple[BlockItem, ...]
    language: str
    more: str
    feed: str


def block_of(desk: Desk, reader: Reader, selection: Selection, limit: int) -> Block:
    """The block of the newest ``limit`` items of ``selection``, in its address's language or else the newsroom's."""
    language = selection.spoken or desk.settings.language
    newest = reader.shelf(selection, limit=limit, prefer=selection.prefer)
    shown = views(desk, reader, pinned_first(reader, selection, newest, prefer=selection.prefer)[:limit])
    title = selection_title(selection, language)
    return Block(
        address=selection.address,
        title=title,
        subject=title if selection.categories else "",
        items=tuple(_item(desk, view, language) for view in shown),
        language=language,
        more=page_of(desk, selection),
        feed=f"{desk.settings.base_url}/feeds/{selection.address}",
    )


def block_of_item(desk: Desk, view: ItemView) -> Block:
    """One visible item as a block of its own, in its own language or else the newsroom's."""
    language = view.item.language if view.item.language in LANGUAGES else desk.settings.language
    base = desk.settings.base_url
    return Block(
        address=f"items/{view.item.id}",
        title=view.item.title,
        subject="",
        items=(_item(desk, view, language),),
        language=language,
        more=page_of(desk, Selection(language=language)),
        feed=f"{base}/feeds/all",
    )


def _item(desk: Desk, view: ItemView, language: str) -> BlockItem:
    assert view.day is not None, "a visible item has a date"
    return BlockItem(
        title=view.item.title,
        target=view.target,
        categories=tuple(category.name(language) for category in view.categories),
        date=short_date(view.day, language),
        machine_date=view.machine_date,
        excerpt=view.excerpt,
        language=view.item.language,
        page=view.url,
        image=_ours(view.item.image, desk.settings.base_url),
    )


def _ours(image: Image | None, base_url: str) -> BlockImage | None:
    if image is None or image.kept is None:
        return None
    file = image.kept.light(_WIDEST)
    return BlockImage(base_url + path_of(image.kept.id, file), image.alt, file.width, file.height)
