"""What a page names for programs: its feeds (RSS Advisory Board, "RSS Autodiscovery"; RFC 4287's ``alternate``), and a
WordPress site's interface (``rel="https://api.w.org/"``)."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from itertools import islice

from news.links import absolute
from news.sources import Kind
from sources import fields
from sources.charset import decode
from sources.wordpress import posts_address

_HEAD = 300_000
_MOST_LINKS = 300
_MOST_OFFERS = 20
_LINK = re.compile(r"<(link|base)\b([^<>]{1,3000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_RANK = {"application/atom+xml": 0, "application/rss+xml": 1, "application/rdf+xml": 2, "application/feed+json": 3}
_JSON = ("application/json", "application/feed+json")
_WORDPRESS = "https://api.w.org/"
_HEADER = re.compile(r'<([^<>]{1,2000})>\s*;\s*rel="?https://api\.w\.org/"?')
# A feed of what readers said, not of the news; also WordPress's feed of the comments on one page.
_COMMENTS = re.compile(r"comment(?:s|aires)?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Offer:
    """A better way to read a page's news: what to add as a source, and how the page calls it (or "")."""

    url: str
    kind: Kind
    title: str = ""


def offers_in(body: bytes, *, url: str, content_type: str | None, link_header: str | None = None) -> tuple[Offer, ...]:
    """The feeds that the page ``body``, fetched from ``url``, names: Atom first, feeds of comments last; then its
    WordPress interface, also when only the ``Link`` header (RFC 8288) names it. Each address once."""
    text = _without_comments(decode(body[:_HEAD], content_type))
    links = [(tag.lower(), _attributes(said)) for tag, said in islice(_LINK.findall(text), _MOST_LINKS)]
    base = next((place for tag, said in links if tag == "base" and (place := absolute(said.get("href"), url))), url)
    feeds = [found for tag, said in links if tag == "link" and (found := _feed(said, base))]
    interfaces = [said.get("href") for tag, said in links if tag == "link" and _WORDPRESS in _relations(said)]
    if link_header and (named := _HEADER.search(link_header[:4000])):
        interfaces.append(named[1])
    offers = [offer for _, offer in sorted(feeds, key=lambda ranked: ranked[0])]
    offers += [Offer(posts_address(place), Kind.WORDPRESS) for each in interfaces if (place := absolute(each, base))]
    return tuple({offer.url: offer for offer in reversed(offers) if offer.url != url}.values())[::-1][:_MOST_OFFERS]


def is_comments(offer: Offer) -> bool:
    """Whether ``offer`` is a feed of comments."""
    return bool(_COMMENTS.search(offer.title) or _COMMENTS.search(offer.url))


def _without_comments(text: str) -> str:
    first, *rest = text.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)


def _attributes(said: str) -> dict[str, str]:
    return {
        name.lower(): html.unescape(double or single or bare)[:3000]
        for name, double, single, bare in _ATTRIBUTE.findall(said)
    }


def _relations(said: dict[str, str]) -> list[str]:
    return said.get("rel", "").lower().split()


def _feed(said: dict[str, str], base: str) -> tuple[tuple[bool, int], Offer] | None:
    relations, kind = _relations(said), said.get("type", "").partition(";")[0].strip().lower()
    if "alternate" not in relations or "stylesheet" in relations:
        return None
    place = absolute(said.get("href"), base)
    if place is None or not (kind in _RANK or (kind in _JSON and "wp-json" not in place)):
        return None
    offer = Offer(place, Kind.FEED, fields.plain(said.get("title", ""), fields.LONGEST_TERM))
    return (is_comments(offer), _RANK.get(kind, 3)), offer
