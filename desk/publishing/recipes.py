"""How each kind of document is made from what is stored; the feeds' recipes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from desk.context import Desk
from desk.publishing.feed import feed_of, page_of
from feeds.document import Feed
from feeds.formats import FORMATS, Format
from feeds.history import links_of
from feeds.uris import as_uri
from news.push import pushed
from news.selections import Selection
from storage.contract import Reader
from storage.records import FeedState

Write = Callable[[], bytes]
Gather = Callable[[Desk, Reader, Selection, FeedState], Write]
Links = Callable[[Desk, Selection], str]


@dataclass(frozen=True, slots=True)
class Linked:
    """What writes a document, with the ``links`` that only its snapshot knows, as the ``Link`` header has them."""

    write: Write
    links: str

    def __call__(self) -> bytes:
        """The document."""
        return self.write()


def history_links(feed: Feed) -> list[str]:
    """The documents of the past of ``feed``, each as the ``Link`` header has it (RFC 5005 §4.1)."""
    return [
        f'<{address}>; rel="{relation}"; type="{FORMATS["atom"].media_type}"'
        for relation, address in links_of(feed).items()
    ]


def no_links(_desk: Desk, _selection: Selection) -> str:
    """For documents without a ``Link`` header."""
    return ""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a kind of document is made. ``name`` tells it from other kinds, and says everything it depends on besides its
    selection. ``gather`` reads what it needs in one snapshot and hands back what writes it, when the snapshot is over.
    ``links``: the value of its ``Link`` header (RFC 8288), to which what ``gather`` hands back may add (``Linked``)."""

    name: str
    content_type: str
    gather: Gather
    links: Links = no_links


def _gather(format_: Format) -> Gather:
    def gather(desk: Desk, reader: Reader, selection: Selection, state: FeedState) -> Write:
        feed = feed_of(desk, reader, selection, state)
        return Linked(lambda: format_.write(feed), ", ".join(history_links(feed)))

    return gather


def _links(format_: Format) -> Links:
    def links(desk: Desk, selection: Selection) -> str:
        base = as_uri(f"{desk.settings.base_url}/feeds/{selection.address}")
        said = [f'<{base}.{format_.name}>; rel="self"; type="{format_.media_type}"']
        if desk.settings.websub_hub and pushed(selection):
            said.append(f'<{desk.settings.websub_hub}>; rel="hub"')
        others = (other for other in FORMATS.values() if other is not format_)
        said += [f'<{base}.{other.name}>; rel="alternate"; type="{other.media_type}"' for other in others]
        return ", ".join([*said, f'<{as_uri(page_of(desk, selection))}>; rel="alternate"; type="text/html"'])

    return links


FEEDS = {
    name: Recipe(name, format_.content_type, _gather(format_), _links(format_)) for name, format_ in FORMATS.items()
}
