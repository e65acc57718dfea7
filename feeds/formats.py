"""The formats a feed comes in, in the order they are offered: many readers take the first (Atom)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from feeds import atom, json_feed, rss
from feeds.document import Feed


@dataclass(frozen=True, slots=True)
class Format:
    """A format. ``name``: also the extension of its address. ``media_type``: bare, for ``type`` attributes.
    ``title``: what people call it. ``write``: the document as bytes, a function of the feed alone."""

    name: str
    media_type: str
    title: str
    write: Callable[[Feed], bytes]

    @property
    def content_type(self) -> str:
        """The ``Content-Type`` it is served with."""
        return f"{self.media_type}; charset=utf-8"


FORMATS: dict[str, Format] = {
    made.name: made
    for made in (
        Format("atom", atom.MEDIA_TYPE, "Atom", atom.write),
        Format("rss", rss.MEDIA_TYPE, "RSS", rss.write),
        Format("json", json_feed.MEDIA_TYPE, "JSON Feed", json_feed.write),
    )
}
