"""What the public's pages show."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desk.context import Desk
from desk.publishing.pinning import pinned_first
from desk.publishing.shown_item import ItemView, view, views
from desk.selecting import resolve, selection_title
from desk.stories.merging import Credit, credits_of
from news.categories import Category
from news.errors import Gone, NotFound
from news.ids import is_id
from news.items import Status
from news.selections import Selection, build

PER_PAGE = 20
MORE = 5
# Further than any newsroom goes, and a number that every engine can count to.
LAST_PAGE = 10**9


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a selection. ``language``: the only one shown, or None; ``q``: what was searched, or None."""

    selection: Selection
    title: str
    items: tuple[ItemView, ...]
    page: int
    has_newer: bool
    has_older: bool
    q: str | None
    language: str | None
    categories: tuple[Category, ...]


@dataclass(frozen=True, slots=True)
class ItemPage:
    """One item with its ``translations``, a few ``more`` of its first category, and every source that tells it."""

    view: ItemView
    translations: tuple[ItemView, ...]
    more: tuple[ItemView, ...]
    credits: tuple[Credit, ...]


def listing(
    desk: Desk,
    selection_text: str = "all",
    *,
    page: int = 1,
    q: str | None = None,
    language: str | None = None,
    per_page: int = PER_PAGE,
) -> Listing:
    """A page of visible items, newest first. Without ``language`` each story stands once, in the language the
    selection prefers, or else the newsroom's, where it is told in it. Raises InvalidInput, NotFound, Gone
    as ``resolve`` does."""
    page = min(page, LAST_PAGE)
    with desk.storage.read() as reader:
        selection = resolve(reader, selection_text)
        if language:
            selection = replace(selection, language=language, prefer=None)
        prefer = None if selection.language else selection.prefer or desk.settings.language
        found = reader.shelf(selection, limit=per_page + 1, offset=(page - 1) * per_page, text=q, prefer=prefer)
        shown = found[:per_page]
        if page == 1 and not q:
            shown = pinned_first(reader, selection, shown, prefer=prefer)
        return Listing(
            selection,
            selection_title(selection, language or desk.settings.language),
            views(desk, reader, shown),
            page,
            page > 1,
            len(found) > per_page,
            q,
            language,
            _active(reader.categories()),
        )


def item_page(desk: Desk, item_id: str) -> ItemPage:
    """A visible item. Raises NotFound, and Gone for one that was withdrawn after having been public."""
    with desk.storage.read() as reader:
        item = reader.item(item_id) if is_id(item_id) else None
        if item and item.status is Status.WITHDRAWN and item.first_published:
            raise Gone("item.withdrawn")
        if item is None or not item.visible:
            raise NotFound("item.not_public")
        shown = view(desk, reader, item)
        selection = build(
            shown.categories[:1], any_of=False, language=item.language if item.language in ("fr", "en") else None
        )
        nearby = [other for other in reader.shelf(selection, limit=MORE + 1) if other.id != item.id]
        tellings = [other for other in reader.story(item.story_id) if other.id != item.id]
        return ItemPage(
            shown, views(desk, reader, tellings), views(desk, reader, nearby[:MORE]), credits_of(reader, item)
        )


def active_categories(desk: Desk) -> tuple[Category, ...]:
    """Categories that are not retired, by rank."""
    with desk.storage.read() as reader:
        return _active(reader.categories())


def _active(categories: tuple[Category, ...]) -> tuple[Category, ...]:
    return tuple(category for category in categories if category.retired is None)
