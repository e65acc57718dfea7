"""What an Atom feed says of its past: archive documents (RFC 5005 §4) and entries that left (RFC 6721)."""

from __future__ import annotations

from typing import Any

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from lxml import etree

from feeds.document import Feed
from feeds.feedgen_repairs import RepairedFeed

HISTORY = "http://purl.org/syndication/history/1.0"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


def links_of(feed: Feed) -> dict[str, str]:
    """The Atom documents of the feed's past by their relation to this one (RFC 5005 §4.1)."""
    bases = {"current": feed.current, "prev-archive": feed.previous, "next-archive": feed.following}
    return {relation: f"{base}.atom" for relation, base in bases.items() if base}


def add_history(made: RepairedFeed, feed: Feed, media_type: str) -> None:
    """Link the documents of ``feed``'s past, mark it when it is one of them, and name what left it."""
    for relation, address in links_of(feed).items():
        made.link(href=address, rel=relation, type=media_type)
    if feed.current or feed.deleted:
        made.register_extension("history", _History, BaseEntryExtension, rss=False)
        made.history.feed = feed


class _History(BaseExtension):  # type: ignore[misc]
    feed: Feed

    def extend_ns(self) -> dict[str, str]:
        """Only the vocabularies that are used."""
        used = {"fh": HISTORY if self.feed.current else "", "at": TOMBSTONES if self.feed.deleted else ""}
        return {prefix: name for prefix, name in used.items() if name}

    def extend_atom(self, element: Any) -> Any:
        if self.feed.current:
            etree.SubElement(element, f"{{{HISTORY}}}archive")
        for gone in self.feed.deleted:
            etree.SubElement(element, f"{{{TOMBSTONES}}}deleted-entry", ref=gone.id, when=gone.when.isoformat())
        return element
