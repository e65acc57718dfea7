"""What a feed says, before it is written in any format. Plain values; times are aware UTC in whole seconds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from news.items import Image


@dataclass(frozen=True, slots=True)
class Term:
    """A category of an entry. ``slug``: Atom ``term``; ``name``: Atom ``label`` and the other formats' word;
    ``scheme``: the IRI under which the slugs are unique."""

    slug: str
    name: str
    scheme: str


@dataclass(frozen=True, slots=True)
class FromSource:
    """The source an entry was collected from, for Atom ``atom:source`` and RSS ``source``. ``id``: an IRI."""

    id: str
    name: str
    url: str
    updated: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. ``id``: an IRI, for ever. ``url``: where its title points (the item's link, or else its page).
    ``page``: its page in the newsroom. ``summary``: plain text, whole. ``content_html``: sanitised HTML or "".
    ``language``: BCP 47. ``image_length``: bytes of the picture when it is kept by us; then the body shows it, too."""

    id: str
    title: str
    url: str
    page: str
    summary: str
    content_html: str
    language: str
    published: datetime
    updated: datetime
    author: str | None = None
    image: Image | None = None
    image_length: int | None = None
    categories: tuple[Term, ...] = ()
    source: FromSource | None = None


@dataclass(frozen=True, slots=True)
class Deleted:
    """An entry that was in the feed. ``id``: what its ``atom:id`` was; ``when`` it left."""

    id: str
    when: datetime


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed. ``id``: an IRI, for ever. ``language``: of the feed's own words. ``home``: the page for people that shows
    the same items. ``base``: absolute address without extension; each format's own address is ``base + "." + format``
    (``atom``, ``rss``, ``json``). ``updated``: of the newest change among its entries, or of the feed's creation.
    ``author``: the newsroom's name. ``icon``, ``badge``: absolute URLs or None: a large square
    picture, and the same 144 pixels wide and tall. Entries stand newest first.

    ``deleted``: entries that left. ``previous``, ``following``: the archive documents before and after this one, as
    ``base`` is written, or None. ``current``: the ``base`` of the feed itself, in its archive documents alone."""

    id: str
    title: str
    subtitle: str
    language: str
    home: str
    base: str
    updated: datetime
    author: str
    entries: tuple[Entry, ...] = ()
    icon: str | None = None
    badge: str | None = None
    hub: str | None = None
    deleted: tuple[Deleted, ...] = ()
    previous: str | None = None
    following: str | None = None
    current: str | None = None


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed in a list of feeds: its title, its address, the page for people. ``folder``: what it stands in, or
    None; ``categories``: words without commas and slashes."""

    title: str
    feed: str
    page: str
    language: str | None = None
    folder: str | None = None
    categories: tuple[str, ...] = ()
