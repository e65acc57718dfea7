"""Atom 1.0 (RFC 4287), made with feedgen."""

from __future__ import annotations

from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from feeds.cleaned import cleaned
from feeds.document import Entry, Feed, FromSource
from feeds.feedgen_repairs import RepairedEntry, RepairedFeed
from feeds.history import add_history
from feeds.pictures import MEDIA, add_content, add_thumbnail, media_type, to_attach
from news.items import Image

MEDIA_TYPE = "application/atom+xml"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def write(feed: Feed) -> bytes:
    """``feed`` as an Atom document, UTF-8. The same feed gives the same bytes."""
    feed = cleaned(feed)
    made = RepairedFeed(feed.updated)
    made.register_extension("details", _Namespaces, _Details, rss=False)
    made.id(feed.id)
    made.title(feed.title)
    made.subtitle(feed.subtitle or None)
    made.language(feed.language)
    made.author(name=feed.author)
    made.icon(feed.icon)
    made.place(own=f"{feed.base}.atom", media_type=MEDIA_TYPE, home=feed.home, hub=feed.hub)
    add_history(made, feed, MEDIA_TYPE)
    for entry in feed.entries:
        _add(made, entry)
    document: bytes = made.atom_str(pretty=True)
    return document


def _add(feed: RepairedFeed, entry: Entry) -> None:
    made = feed.add(RepairedEntry(entry.updated))
    made.id(entry.id)
    made.title(entry.title)
    made.published(entry.published)
    made.link(_links(entry))
    if entry.author:
        made.author(name=entry.author)
    if entry.summary:
        made.summary(entry.summary, type="text")
    if entry.content_html:
        made.content(entry.content_html, type="html")
    made.category([{"term": term.slug, "scheme": term.scheme, "label": term.name} for term in entry.categories])
    made.details.entry = entry


def _links(entry: Entry) -> list[dict[str, str]]:
    """The title's address is the alternate; when that is elsewhere, our own page about it is ``related``, since a
    second alternate of the same type is forbidden (RFC 4287 §4.1.2) and ``via`` would name the source."""
    if entry.url == entry.page:
        links = [{"href": entry.url, "rel": "alternate", "type": "text/html"}]
    else:
        links = [
            {"href": entry.url, "rel": "alternate"},
            {"href": entry.page, "rel": "related", "type": "text/html"},
        ]
    picture = to_attach(entry)
    return [*links, _enclosure(picture, entry.image_length)] if picture else links


def _enclosure(image: Image, length: int | None) -> dict[str, str]:
    known = {"type": media_type(image.url), "title": image.alt, "length": str(length) if length else None}
    return {"href": image.url, "rel": "enclosure"} | {name: value for name, value in known.items() if value}


class _Namespaces(BaseExtension):  # type: ignore[misc]
    def extend_ns(self) -> dict[str, str]:
        return {"media": MEDIA}


class _Details(BaseEntryExtension):  # type: ignore[misc]
    """What feedgen has no word for: an entry's own language, its picture in lists, a complete ``atom:source``."""

    entry: Entry

    def extend_atom(self, element: Any) -> Any:
        element.set(_LANG, self.entry.language)
        if self.entry.image and self.entry.image_length:
            add_content(element, self.entry.image, self.entry.image_length)
        if self.entry.image:
            add_thumbnail(element, self.entry.image)
        if self.entry.source:
            _add_source(element, self.entry.source)
        return element


def _add_source(element: Any, origin: FromSource) -> None:
    """The metadata of the source's own feed (RFC 4287 §4.2.11); its author stands for an entry that names none."""
    source = etree.SubElement(element, "source")
    etree.SubElement(source, "id").text = origin.id
    etree.SubElement(source, "title").text = origin.name
    etree.SubElement(source, "updated").text = origin.updated.isoformat()
    etree.SubElement(etree.SubElement(source, "author"), "name").text = origin.name
    etree.SubElement(source, "link", href=origin.url, rel="self")
