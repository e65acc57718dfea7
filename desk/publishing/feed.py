"""What the feed of a selection says, gathered from one snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from desk.context import Desk
from desk.publishing.farewells import with_farewells
from desk.publishing.history import Part, live_history
from desk.publishing.item_body import body_with_picture
from desk.publishing.live_items import live_items
from desk.publishing.shown_item import ItemView, views
from desk.selecting import selection_title
from feeds.document import Deleted, Entry, Feed, FromSource, Term
from news.ids import urn
from news.items import Image, Item
from news.push import pushed
from news.selections import Selection
from storage.contract import Reader
from storage.records import FeedState, Passage
from translations import translator

NEWEST = 50


def feed_of(desk: Desk, reader: Reader, selection: Selection, state: FeedState) -> Feed:
    """The feed of the newest 50 items of ``selection``, in the language of its address or else the newsroom's.

    Where the selection prefers a language, an entry stands for a story, whichever of its tellings it carries: it has
    the story's id, so that a late translation replaces what readers have, and an ``updated`` that never goes back.
    Everything in it comes from the snapshot and the settings, so the same store gives the same feed.
    """
    items = live_items(reader, selection, NEWEST)
    feed = feed_showing(desk, reader, selection, state, items)
    entries = with_farewells(desk, reader, selection, feed.language, feed.entries, NEWEST)
    told = {entry.id for entry in entries}
    shown = [item.id for item in items if (urn(item.story_id) if selection.prefer else item.guid) in told]
    before, departures = live_history(reader, selection, shown)
    return replace(
        feed,
        entries=entries,
        updated=max((entry.updated for entry in entries), default=feed.updated),
        previous=base_of(feed.base, before) if before else None,
        deleted=deleted(departures),
    )


def base_of(live: str, part: Part) -> str:
    """The address (without the format's extension) of an archive document of the feed at ``live``."""
    return f"{live}/archive/{part.name}"


def deleted(passages: Iterable[Passage]) -> tuple[Deleted, ...]:
    """The tombstones of those of ``passages`` that left."""
    return tuple(Deleted(passage.guid, passage.left) for passage in passages if passage.left)


def feed_showing(desk: Desk, reader: Reader, selection: Selection, state: FeedState, items: Iterable[Item]) -> Feed:
    """The feed of ``selection`` with the entries of ``items``, without its past."""
    settings = desk.settings
    language = selection.spoken or settings.language
    title = selection_title(selection, language)
    shown = views(desk, reader, items)
    entries = tuple(_entry(desk, reader, view, language) for view in shown)
    if selection.prefer:
        told_at = reader.told_at(selection, [view.item.story_id for view in shown])
        entries = tuple(_of_story(entry, view.item, told_at) for entry, view in zip(entries, shown, strict=True))
    return Feed(
        id=urn(state.id),
        title=f"{title} — {settings.title}",
        subtitle=translator(language)("feed.subtitle", selection=title, newsroom=settings.title),
        language=language,
        home=page_of(desk, selection),
        base=f"{settings.base_url}/feeds/{selection.address}",
        updated=max((entry.updated for entry in entries), default=state.created),
        author=settings.title,
        entries=entries,
        icon=f"{settings.base_url}/static/icon-512.png",
        badge=f"{settings.base_url}/static/icon-144.png",
        hub=settings.websub_hub if pushed(selection) else None,
    )


def page_of(desk: Desk, selection: Selection) -> str:
    """The absolute address of the page for people that shows ``selection``: the front page, a category's page, or else
    (a combination, a named feed) the page of its feed. Without a language asked for, the first two prefer the
    newsroom's."""
    base = desk.settings.base_url
    if selection.combined or selection.named or selection.prefer not in (None, desk.settings.language):
        return f"{base}/feeds/{selection.address}"
    path = f"/category/{selection.members[0].slug}" if selection.members else "/"
    return base + path + (f"?lang={selection.language}" if selection.language else "")


def _entry(desk: Desk, reader: Reader, view: ItemView, language: str) -> Entry:
    item = view.item
    assert item.published is not None, "a visible item has a date"
    picture = view.picture
    scheme = f"{desk.settings.base_url}/category/"
    return Entry(
        id=item.guid,
        title=item.title,
        url=view.target,
        page=view.url,
        summary=item.summary,
        content_html=body_with_picture(view),
        language=item.language,
        published=item.published,
        updated=max(item.updated, item.published),
        author=item.author,
        image=Image(picture.url, picture.alt, picture.width, picture.height, picture.credit) if picture else None,
        image_length=picture.length if picture else None,
        categories=tuple(Term(category.slug, category.name(language), scheme) for category in view.categories),
        source=_source(reader, view),
    )


def _of_story(entry: Entry, item: Item, told_at: Mapping[str, datetime]) -> Entry:
    return replace(entry, id=urn(item.story_id), updated=max(entry.updated, told_at[item.story_id]))


def _source(reader: Reader, view: ItemView) -> FromSource | None:
    """The item's own time stands for the source's: when a source is looked at must not change any feed's bytes."""
    origin = view.item.origin
    source = reader.source(origin.source_id) if origin else None
    return FromSource(urn(source.id), source.name, source.url, view.item.updated) if source else None
