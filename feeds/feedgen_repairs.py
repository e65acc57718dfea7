"""feedgen 1.0.0, repaired from outside where what it writes is wrong, or depends on the clock or the locale.

``dates``: ``formatRFC2822`` switches the locale of the whole process for each date; importing this module replaces it.
``now``: ``updated`` and ``lastBuildDate`` default to the present; here nothing is made without its time.
``generator``: names feedgen, its version and its address; here it names the newsroom's program, without a version.
``order``: ``add_entry`` prepends unless told otherwise; here entries stand in the order they were added.
``entry links``: Atom links of entries lose every attribute but ``href``, which turns an enclosure into an alternate.
``channel links``: RSS repeats only the ``self`` link, and its own ``link`` is the last one added whatever its ``rel``.
"""

from __future__ import annotations

from datetime import datetime
from email.utils import format_datetime
from typing import Any

import feedgen.entry
import feedgen.feed
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

GENERATOR = "Dépêche"
ATOM = "http://www.w3.org/2005/Atom"
_LINK_ATTRIBUTES = ("rel", "type", "hreflang", "title", "length")

feedgen.entry.formatRFC2822 = feedgen.feed.formatRFC2822 = format_datetime


class RepairedEntry(FeedEntry):  # type: ignore[misc]
    """An entry that never takes the present for its date, and whose Atom links keep their attributes."""

    def __init__(self, updated: datetime) -> None:
        super().__init__()
        self.updated(updated)

    def atom_entry(self, extensions: bool = True) -> Any:
        """The ``entry`` element, its links as they were asked for (RFC 4287 §4.2.7)."""
        element = super().atom_entry(extensions)
        for link, asked in zip(element.findall("link"), self.link() or (), strict=True):
            for name in _LINK_ATTRIBUTES:
                if asked.get(name):
                    link.set(name, asked[name])
        return element


class RepairedFeed(FeedGenerator):  # type: ignore[misc]
    """A feed that never takes the present for its date, keeps its entries in order and RSS in step with its links."""

    def __init__(self, updated: datetime) -> None:
        super().__init__()
        self.updated(updated)
        self.generator(GENERATOR)
        self.register_extension("channel_links", _ChannelLinks, atom=False)

    def add(self, entry: RepairedEntry) -> RepairedEntry:
        """Put ``entry`` after those already there."""
        self.add_entry(entry, order="append")
        return entry

    def place(self, *, own: str, media_type: str, home: str, hub: str | None = None) -> None:
        """Say where the feed is (its ``own`` address), its page for people (``home``), and its ``hub`` if any."""
        self.link(href=own, rel="self", type=media_type)
        if hub:
            self.link(href=hub, rel="hub")
            self.channel_links.hub = hub
        self.link(href=home, rel="alternate", type="text/html")


class _ChannelLinks(BaseExtension):  # type: ignore[misc]
    """The links an RSS channel carries besides those feedgen writes (WebSub §4: ``atom:link`` with ``rel=hub``)."""

    def __init__(self) -> None:
        self.hub: str | None = None

    def extend_rss(self, feed: Any) -> Any:
        if self.hub:
            etree.SubElement(feed[0], f"{{{ATOM}}}link", href=self.hub, rel="hub")
        return feed
