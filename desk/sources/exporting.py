"""The feeds that are collected, as a list other programs read: in folders, which are our categories."""

from __future__ import annotations

from desk.context import Desk
from feeds import opml
from feeds.document import Outline
from news.categories import Category
from news.sources import Kind, Source
from sources.wordpress import feed_address


def source_list(desk: Desk) -> bytes:
    """The list as OPML 2.0. A source stands in the folder of the first category that everything of it gets (by rank),
    called as in the newsroom's language; all of them are its ``category``, by address, so that reading the list back
    gives what was there. Pages without a feed are in no list."""
    with desk.storage.read() as reader:
        named = tuple(category for category in reader.categories() if category.retired is None)
        sources = reader.sources()
    told = (_outline(desk, source, named) for source in sources if source.kind is not Kind.PAGE)
    return opml.write(desk.settings.title, told)


def _outline(desk: Desk, source: Source, named: tuple[Category, ...]) -> Outline:
    url = feed_address(source.url) if source.kind is Kind.WORDPRESS else source.url
    own = [category for category in named if category.id in source.categories]
    return Outline(
        source.name, url, url, source.language, folder=own[0].name(desk.settings.language) if own else None,
        categories=tuple(category.slug for category in own),
    )  # fmt: skip
