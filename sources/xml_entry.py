"""One entry of an RSS or Atom feed, from what feedparser made of it.

Entries are asked by ``dict.get``: feedparser's own look-up answers one field's name with another's value.
"""

from __future__ import annotations

import calendar
import html
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from feedparser.datetimes import _parse_date

from news.collected import Collected
from news.items import Image, When
from news.links import absolute
from news.sanitise import text_of
from news.text import paragraphs
from sources import fields
from sources.alt_text import alternative
from sources.dates import is_complete, moment_of, when_of
from sources.markup import is_markup

Raw = dict[str, Any]
_HTML = ("text/html", "application/xhtml+xml")
_MOST_LOOKED_AT = 50
_LONGEST_DATE = 100
_LONGEST_PERSON = 400
# The one tag of a title that feedparser does not take for HTML, as it has no end.
_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
_WEB = re.compile(r"\s*https?://", re.IGNORECASE)
# "mail@host (Name)" as RSS has it, or "Name <mail@host>". feedparser knows endings of two to four letters.
_WITH_MAIL = re.compile(
    r"\s*(?:[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*(?:\((?P<after>[^()]*)\))?|(?P<before>[^<>@]+)<[\w.+-]+@[\w-]+(?:\.[\w-]+)+>)\s*"
)
# What an attachment may be called that does not say what it is.
_UNTYPED = ("", "image", "application/octet-stream", "binary/octet-stream")
_PICTURE_NAME = re.compile(r"[^?#]{1,2000}\.(?:jpe?g|png|webp|gif|avif)(?:[?#]|\Z)", re.IGNORECASE)


def entry_of(entry: Raw, *, url: str, base: str, zone: ZoneInfo) -> Collected:
    """``entry`` as Collected; its title may be empty. ``url``: the feed's address; ``base``: what relative addresses
    mean where no ``xml:base`` says so."""
    summary, content, language = _texts(entry, url, base)
    caption = text_of(text_in(entry, "media_description")[:20_000])
    spoken = bool(summary or content)
    title, name = title_in(entry), text_in(entry, "media_title")
    words = alternative(caption if spoken else "", text_in(entry, "media_text"), name, title=title)
    published, updated = published_of(entry, zone), _date(entry, "updated", zone)
    return Collected(
        title=title or fields.plain(name, fields.LONGEST_TITLE),
        guid=fields.guid_of(text_in(entry, "id")),
        link=_link(entry, base),
        summary=summary if spoken else fields.summary_of(caption),
        content_html=content,
        author=fields.author_of(_author(entry)),
        image=fields.with_alt(_image(entry, base, words), fields.first_picture(content)),
        terms=fields.terms_of(tag.get("label") or tag.get("term") for tag in _mappings(entry, "tags")),
        language=language,
        published=published,
        updated=updated,
        via=tuple(_via(entry)),
    )


def _via(entry: Raw) -> Iterator[str]:
    """How the feed is called that the entry was taken from: its id, its address, where it leads."""
    origin = dict.get(entry, "source")
    if origin and isinstance(origin, Mapping):
        places = [text_in(dict(origin), "href"), *(link.get("href") for link in _mappings(dict(origin), "links")[:5])]
        named = (fields.guid_of(place) for place in (text_in(dict(origin), "id"), *places) if isinstance(place, str))
        yield from (name for name in named if name)


def published_of(entry: Raw, zone: ZoneInfo) -> When | None:
    """When ``entry`` came out; where a format knows one date only (Dublin Core, a bare Atom ``updated``), that one."""
    return _date(entry, "published", zone) or _date(entry, "created", zone) or _date(entry, "updated", zone)


def title_in(holder: Raw) -> str:
    """The title of an entry or a feed as plain text. RSS does not say whether a title is HTML: feedparser's guess."""
    detail = dict.get(holder, "title_detail")
    value = text_in(holder, "title")
    if isinstance(detail, Mapping) and detail.get("type") in _HTML:
        value = text_of(value[:20_000])
    return fields.plain(_BREAK.sub(" ", value), fields.LONGEST_TITLE)


def text_in(holder: Raw, name: str) -> str:
    """The text ``holder`` has under exactly this ``name``, or ""."""
    value = dict.get(holder, name)
    return value if isinstance(value, str) else ""


def _mappings(entry: Raw, name: str) -> list[Mapping[str, Any]]:
    value = dict.get(entry, name)
    if not value or not isinstance(value, list):
        return []
    # A dict is one at a glance; asking the abstract class costs more than all that is done with most of them.
    return [one for one in value[:_MOST_LOOKED_AT] if isinstance(one, dict) or isinstance(one, Mapping)]  # noqa: SIM101


def _date(entry: Raw, name: str, zone: ZoneInfo) -> When | None:
    text = text_in(entry, name)
    if not text:
        return None
    written = when_of(text, zone)
    if written is not None:
        return written
    try:
        parsed = _parse_date(text[:_LONGEST_DATE]) if is_complete(text) else None
        return moment_of(datetime.fromtimestamp(calendar.timegm(parsed), UTC)) if parsed else None
    except (ValueError, OverflowError, OSError):
        return None


def _link(entry: Raw, base: str) -> str | None:
    alternates = [
        link.get("href") for link in _mappings(entry, "links") if link.get("rel") == "alternate" and link.get("href")
    ]
    named = text_in(entry, "link")
    if named == text_in(entry, "id") and not _WEB.match(named):
        named = ""  # an identifier that says it is a permanent link, or does not say that it is none
    own = text_in(entry, "feedburner_origlink"), next(iter(alternates), ""), named
    return next((place for text in own if isinstance(text, str) and (place := absolute(text[:5000], base))), None)


def _author(entry: Raw) -> str:
    """Everybody who is named, each once; else what stands for a name."""
    alone = text_in(entry, "author")[:_LONGEST_PERSON]
    if len(_mappings(entry, "authors")) == 1 and (written := _WITH_MAIL.fullmatch(alone)):
        return (written["after"] or written["before"] or "").strip() or alone
    named = (person.get("name") for person in _mappings(entry, "authors"))
    names = dict.fromkeys(name.strip() for name in named if isinstance(name, str) and name.strip())
    return ", ".join(names) or text_in(entry, "author")


def _texts(entry: Raw, url: str, base: str) -> tuple[str, str, str | None]:
    """Summary, content and language. feedparser files a description that follows ``content:encoded`` under content,
    and copies a lone content into the summary, but without a ``summary_detail``."""
    detail = dict.get(entry, "summary_detail")
    contents = sorted(_mappings(entry, "content"), key=lambda one: len(str(one.get("value"))), reverse=True)
    short = detail if isinstance(detail, Mapping) else (contents[-1] if len(contents) > 1 else {})
    whole = contents[0] if contents else {}
    said = next((place for one in (whole, short) if (place := absolute(one.get("base"), url))), url)
    summary, content = fields.summary_and_content(_as_html(short), _as_html(whole), base if said == url else said)
    language = fields.language_of(text_in(entry, "language") or whole.get("language") or short.get("language"))
    return summary, content, language


def _as_html(piece: Mapping[str, Any]) -> str:
    value = piece.get("value")
    if not isinstance(value, str):
        return ""
    if piece.get("type") in _HTML or is_markup(value):
        return value
    parts = paragraphs(value[:100_000]).split("\n\n")
    return "".join(f"<p>{html.escape(part, quote=False)}</p>" for part in parts if part)


def _image(entry: Raw, base: str, words: str) -> Image | None:
    """The picture that the entry names. ``words``: what it says of its pictures; alone, it describes the picture."""
    media = _media(entry)
    pictures = [*media, *(_mappings(entry, "media_thumbnail"))]
    alt = words if len(media) <= 1 else ""
    attached = [link for link in _mappings(entry, "links") if link.get("rel") == "enclosure" and _is_picture(link)]
    own = dict.get(entry, "image")
    if not (pictures or attached or own):
        return None
    candidates = [
        *((one.get("url"), alt, one.get("width"), one.get("height")) for one in pictures),
        *((one.get("href"), "", None, None) for one in attached),
        *([(own.get("href"), "", None, None)] if isinstance(own, Mapping) else []),
    ]
    found = (fields.image_of(place, base, words, width, height) for place, words, width, height in candidates)
    return next((picture for picture in found if picture), None)


def _media(entry: Raw) -> list[Mapping[str, Any]]:
    """Media RSS ``media:content`` that shows a picture: it says so, by medium or by type."""
    return [one for one in _mappings(entry, "media_content") if one.get("medium") == "image" or _is_picture(one)]


def _is_picture(one: Mapping[str, Any]) -> bool:
    kind = str(one.get("type") or "").strip().lower()
    if kind not in _UNTYPED or one.get("medium"):
        return kind.startswith("image/")
    place = one.get("href") or one.get("url")
    return isinstance(place, str) and bool(_PICTURE_NAME.match(place))
