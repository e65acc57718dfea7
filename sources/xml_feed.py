"""RSS 0.9x, 1.0 (RDF), 2.0 and Atom: strictly where they are well written, else by way of feedparser, which reads what
is badly written too.

feedparser sees bytes only (a text it would open or fetch), and neither sanitises nor resolves addresses inside HTML:
``news.sanitise`` does both. Some of its expressions take quadratic time on purpose-made fields; those are emptied
before it sees them, and callers with a deadline run the reading in a process they can end.
"""

from __future__ import annotations

import html.entities
import io
import re
from collections import deque
from typing import Any
from xml.sax import SAXException
from zoneinfo import ZoneInfo

import feedparser

from news.collected import Reading
from news.errors import NotUnderstood
from news.links import absolute
from sources import fields
from sources.character_references import legal_references
from sources.newest import newest_of
from sources.rhythm import hints_of_parsed
from sources.strict.feed import read_strictly
from sources.strict.names import Unsure
from sources.xml_entry import Raw, entry_of, published_of, text_in, title_in

# More text than any name of a person has, where feedparser looks for a name.
_HUGE_NAME = re.compile(
    rb"(<(?:[\w.-]{1,40}:)?(?:author|creator|contributor|publisher|owner|managingeditor|webmaster|name|email)\b"
    rb"[^<>]{0,300}>\s{0,100}(?:<!\[CDATA\[)?)[^<\]]{500,}",
    re.IGNORECASE,
)
# An ampersand that begins no whole reference; what stands in CDATA is text as it is. feedparser would end it by a
# semicolon, which is right only where HTML knows the name that way ("&eacute", but not "&copy=1" of an address).
_BARE = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))|&(?!#?\w{1,32};)(?:(\w{2,8})(?![\w=]))?", re.DOTALL)
_ENTRY_TAG = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?(?:item|entry)(?=[\s/>])", re.IGNORECASE)
_ENDED = re.compile(r"</(?:[\w.-]{1,40}:)?(?:rss|feed|rdf)\s*>", re.IGNORECASE)
# What its two parsers have been seen to raise on nonsense; all of it means the same.
_LOST = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SAXException,
    TypeError,
    ValueError,
)
# An identifier is what the source wrote, not an address that changes with the feed's own.
feedparser.mixin._FeedParserMixin.can_be_relative_uri.discard("id")


def _keep(name: str) -> None:
    """Have feedparser keep the text of ``name`` under that name. What is said of a picture is not what is said of the
    entry, which it would take it for, or lose."""

    def start(parser: Any, _attributes: object) -> None:
        parser.push(name, 1)

    def end(parser: Any) -> None:
        parser.pop(name)

    setattr(feedparser.mixin._FeedParserMixin, f"_start_{name}", start)
    setattr(feedparser.mixin._FeedParserMixin, f"_end_{name}", end)


for _name in ("media_description", "media_text", "media_title"):
    _keep(_name)


def read_xml_feed(text: str, *, url: str, zone: ZoneInfo, newest: int) -> Reading:
    """The feed in ``text``. ``zone``: of dates without an offset. Raises NotUnderstood when it is none."""
    text = legal_references(text)
    try:
        return _reading(read_strictly(text, url), text, url=url, zone=zone, newest=newest)
    except Unsure:
        return read_faithfully(text, url=url, zone=zone, newest=newest)


def read_faithfully(text: str, *, url: str, zone: ZoneInfo, newest: int) -> Reading:
    """The same by way of feedparser alone, however well ``text`` is written."""
    text = legal_references(text)
    return _reading(_parsed(text, url), text, url=url, zone=zone, newest=newest)


def _reading(parsed: Raw, text: str, *, url: str, zone: ZoneInfo, newest: int) -> Reading:
    about = parsed.get("feed") or {}
    raw = [entry for entry in parsed.get("entries") or [] if isinstance(entry, dict)]
    version = str(parsed.get("version") or "")
    if not version and not raw:
        raise NotUnderstood("source.not_a_feed")
    home = absolute(text_in(about, "link"), url)
    chosen = newest_of(raw, lambda entry: published_of(entry, zone), newest)
    # RFC 4287 §2: the address of the document. RSS does not say; its writers mean their site.
    base = url if version.startswith("atom") else home or url
    entries = (fields.titled(entry_of(entry, url=url, base=base, zone=zone)) for entry in chosen)
    return Reading(
        format=version or "xml",
        entries=tuple(entry for entry in entries if entry),
        title=title_in(about) or None,
        language=fields.language_of(text_in(about, "language")),
        home=home,
        hints=hints_of_parsed(about, text),
    )


def _whole(text: str) -> str:
    """``text`` without the entry in whose middle it ends: half of one, read as if it were all, would be an edit that
    nobody made. feedparser reads on to the end of whatever there is."""
    for last in deque(_ENTRY_TAG.finditer(text), maxlen=1):
        if not last[1] and not _ENDED.search(text, last.end()):
            return text[: last.start()]
    return text


def _escaped(found: re.Match[str]) -> str:
    data, name = found[1], found[2] or ""
    return data or (f"&{name};" if name in html.entities.html5 else f"&amp;{name}")


def _parsed(text: str, url: str) -> Raw:
    body = _BARE.sub(_escaped, _whole(text)).encode("utf-8", "replace")
    headers = {"content-location": url, "content-type": "application/xml; charset=utf-8"}
    try:
        parsed: Raw = feedparser.parse(
            io.BytesIO(_HUGE_NAME.sub(rb"\1", body)),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except _LOST:
        raise NotUnderstood("source.not_a_feed") from None
    return parsed
