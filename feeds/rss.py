"""RSS 2.0 as the RSS Advisory Board profiles it, made with feedgen; bodies, authors, pictures in the usual modules."""

from __future__ import annotations

import re
from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from feeds.cleaned import cleaned
from feeds.document import Entry, Feed
from feeds.feedgen_repairs import RepairedEntry, RepairedFeed
from feeds.pictures import MEDIA, add_content, add_thumbnail, media_type, to_attach
from feeds.uris import as_uri
from news.excerpts import excerpt
from news.sanitise import text_of

MEDIA_TYPE = "application/rss+xml"
DOCS = "https://www.rssboard.org/rss-specification"
DC = "http://purl.org/dc/elements/1.1/"
_CHANNEL_IMAGE_TYPES = {"image/gif", "image/jpeg", "image/png"}
# RSS takes an image that does not say its size for one of 88 by 31 pixels, and knows none wider than 144.
_BADGE_SIDE = "144"
_DESCRIPTION_LENGTH = 300
_MARKUP = re.compile(r"<|&(?=[#a-zA-Z0-9])")


def write(feed: Feed) -> bytes:
    """``feed`` as an RSS document, UTF-8. The same feed gives the same bytes."""
    feed = cleaned(feed)
    made = RepairedFeed(feed.updated)
    made.register_extension("details", _Namespaces, _Details, atom=False)
    made.title(feed.title)
    made.description(feed.subtitle or feed.title)
    made.language(feed.language)
    made.docs(DOCS)
    made.place(
        own=as_uri(f"{feed.base}.rss"), media_type=MEDIA_TYPE, home=as_uri(feed.home), hub=feed.hub and as_uri(feed.hub)
    )
    if feed.badge and media_type(feed.badge) in _CHANNEL_IMAGE_TYPES:
        made.image(as_uri(feed.badge), width=_BADGE_SIDE, height=_BADGE_SIDE)
    for entry in feed.entries:
        _add(made, entry, feed.language)
    document: bytes = made.rss_str(pretty=True)
    return document


def _add(feed: RepairedFeed, entry: Entry, language: str) -> None:
    made = feed.add(RepairedEntry(entry.updated))
    made.guid(entry.id, permalink=entry.id == entry.url and entry.url.isascii())
    made.title(entry.title)
    made.published(entry.published)
    made.link(href=as_uri(entry.url))
    made.description(_description(entry))
    if entry.content_html:
        made.content(entry.content_html, type="html")
    made.category([{"term": term.slug, "scheme": as_uri(term.scheme), "label": term.name} for term in entry.categories])
    if entry.image and entry.image_length:
        kind = media_type(entry.image.url) or "application/octet-stream"
        made.enclosure(as_uri(entry.image.url), str(entry.image_length), kind)
    if entry.source:
        made.source(url=as_uri(entry.source.url), title=entry.source.name)
    made.details.entry, made.details.language = entry, language


def _description(entry: Entry) -> str:
    """The summary, or the beginning of the body: where a body is given, readers expect this before it."""
    return as_html(entry.summary or excerpt(text_of(entry.content_html), _DESCRIPTION_LENGTH))


def as_html(text: str) -> str:
    """``text`` fit to be read as HTML, which a ``description`` is: only what HTML would take for markup is escaped, so
    that a reader who takes it for plain text is right nearly always ("Diversité & RSE")."""
    return _MARKUP.sub(lambda found: "&lt;" if found[0] == "<" else "&amp;", text)


class _Namespaces(BaseExtension):  # type: ignore[misc]
    def extend_ns(self) -> dict[str, str]:
        return {"dc": DC, "media": MEDIA}


class _Details(BaseEntryExtension):  # type: ignore[misc]
    """What feedgen drops or has no word for: an author without e-mail, an item's own language, its picture."""

    entry: Entry
    language: str

    def extend_rss(self, element: Any) -> Any:
        if self.entry.author:
            etree.SubElement(element, f"{{{DC}}}creator").text = self.entry.author
        if self.entry.language != self.language:
            etree.SubElement(element, f"{{{DC}}}language").text = self.entry.language
        if self.entry.image:
            _add_picture(element, self.entry)
        return element


def _add_picture(element: Any, entry: Entry) -> None:
    """Media RSS: an ``enclosure`` must give its length in bytes, which is known of our own pictures alone."""
    picture = to_attach(entry)
    if picture:
        add_content(element, picture, entry.image_length)
    if entry.image:
        add_thumbnail(element, entry.image)
