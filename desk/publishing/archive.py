"""Archive documents: a feed's past, a hundred passages each (RFC 5005 §4)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from desk.context import Desk
from desk.publishing.feed import base_of, deleted, feed_showing
from desk.publishing.history import Part, part_after, part_before, part_named
from desk.publishing.recipes import Linked, Recipe, Write, history_links
from feeds.document import Feed
from feeds.formats import FORMATS
from news.errors import NotFound
from news.selections import Selection
from storage.contract import Reader
from storage.records import FeedState

FORMAT_NAMES = ("atom", "json")


def archive_recipe(name: str, format_name: str) -> Recipe:
    """How the archive document called ``name`` (``3``, ``3-47``) is made as Atom or JSON Feed.

    Raises NotFound when none can be called so; so does making it, when there is none of a selection.
    """
    part = part_named(name)
    if part is None:
        raise NotFound("archive.unknown", number=name[:20])
    content_type = FORMATS[format_name].content_type
    return Recipe(f"archive {part.name} {format_name}", content_type, partial(_gather, part, format_name))


def archive_of(desk: Desk, reader: Reader, selection: Selection, state: FeedState, part: Part) -> Feed:
    """The archive document ``part`` of the feed of ``selection``, what entered last first. Raises NotFound."""
    if selection.live_only or reader.last_passage(selection) < part.last:
        raise NotFound("archive.unknown", number=part.name)
    passages = reader.passages(selection, part.first, part.last)[::-1]
    items = reader.items_named([passage.item_id for passage in passages if passage.left is None])
    shown = [items[passage.item_id] for passage in passages if passage.left is None]
    live = feed_showing(desk, reader, selection, state, shown)
    gone = deleted(passages)
    before, after = part_before(reader, selection, part.first), part_after(reader, selection, part.last)
    return replace(
        live,
        base=base_of(live.base, part),
        current=live.base,
        updated=max([entry.updated for entry in live.entries] + [each.when for each in gone], default=state.created),
        deleted=gone,
        previous=base_of(live.base, before) if before else None,
        following=base_of(live.base, after) if after else None,
    )


def _gather(part: Part, format_name: str, desk: Desk, reader: Reader, selection: Selection, state: FeedState) -> Write:
    document = archive_of(desk, reader, selection, state, part)
    format_ = FORMATS[format_name]
    own = f'<{document.base}.{format_name}>; rel="self"; type="{format_.media_type}"'
    return Linked(lambda: format_.write(document), ", ".join([own, *history_links(document)]))
