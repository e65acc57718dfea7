"""A feed as pages for people name it: its own page, its address in each format, ways to follow and embed it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from feeds.formats import FORMATS, Format
from news.selections import Selection

# Addresses that open a reader with a feed ready to be followed; plain links, nothing is loaded from them.
_READERS = (
    ("Feedly", "https://feedly.com/i/subscription/feed%2F{}"),
    ("Inoreader", "https://www.inoreader.com/?add_feed={}"),
    ("NewsBlur", "https://www.newsblur.com/?url={}"),
    ("Feedbin", "https://feedbin.com/?subscribe={}"),
    ("The Old Reader", "https://theoldreader.com/feeds/subscribe?url={}"),
)


@dataclass(frozen=True, slots=True)
class Address:
    """One format of a feed. ``path``: on this site; ``url``: absolute."""

    format: Format
    path: str
    url: str


@dataclass(frozen=True, slots=True)
class FeedLinks:
    """The links of one feed. ``name``: the selection as addresses write it, with its language if it has one;
    ``title``: for people; ``base_url``: of the newsroom, without a trailing slash."""

    name: str
    title: str
    base_url: str

    @property
    def page(self) -> str:
        """The path of the feed's page for people."""
        return f"/feeds/{self.name}"

    @property
    def addresses(self) -> tuple[Address, ...]:
        """One address per format, Atom first: many readers take the first."""
        paths = ((made, f"{self.page}.{made.name}") for made in FORMATS.values())
        return tuple(Address(made, path, self.base_url + path) for made, path in paths)

    @property
    def readers(self) -> tuple[tuple[str, str], ...]:
        """Name and address of readers on the web that can be given this feed with one click."""
        feed = quote(self.addresses[0].url, safe="")
        return tuple((name, link.format(feed)) for name, link in _READERS)

    @property
    def embed_page(self) -> str:
        """The absolute address of the block as a page, for an iframe."""
        return f"{self.base_url}/embed/{self.name}?limit=5"

    @property
    def embed_fragment(self) -> str:
        """The absolute address of the block as a fragment, for an inclusion by the server."""
        return f"{self.base_url}/embed/{self.name}.html?limit=5"


def feed_links(selection: Selection, title: str, base_url: str, language: str | None = None) -> FeedLinks:
    """The links of ``selection``, whose words are ``title``. ``language``: as an address ends, when one is given; a
    named feed that fixes its language has no such address."""
    name = f"{selection.base}.{language}" if language and not selection.fixed else selection.address
    return FeedLinks(name, title, base_url)
