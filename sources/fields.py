"""What every format does with what it read: bounded, plain where it should be plain, safe where it is HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from news.collected import Collected
from news.excerpts import without_mark
from news.items import Image
from news.links import LONGEST, absolute
from news.sanitise import LONGEST_BODY, clean_html, text_of
from news.text import one_line, unturned
from sources.markup import mended, without_unseen

LONGEST_TITLE = 1000
LONGEST_SUMMARY = 10_000
LONGEST_TERM = 200
LONGEST_AUTHOR = 200
MOST_TERMS = 50
_TITLE_FROM_TEXT = 100
_RAW = 100_000
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});", re.ASCII)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8}){0,4}", re.ASCII)
_RICH = re.compile(r"<(?:img|a|ul|ol|dl|table|blockquote|h[2-6]|figure|pre)\b|<p\b.*<p\b", re.DOTALL)
# As the sanitiser writes it: attributes in double quotes, and none in them.
_PICTURE = re.compile(r'<img((?: [a-z]+="[^"]*")*)>')
_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')


def plain(text: str, most: int) -> str:
    """``text`` on one line, XML-safe, at most ``most`` characters: cut at a word where there is one. It turns nothing
    around that is shown beside it."""
    line = one_line(unturned(text[:_RAW]))
    if len(line) <= most:
        return line
    head, blank, _ = line[: most + 1].rpartition(" ")
    return head.rstrip() if blank and head else line[:most]


def unescaped(text: str) -> str:
    """``text`` with whole character references read, for fields that some write as HTML. ``AT&T`` stays ``AT&T``."""
    return _ENTITY.sub(lambda found: html.unescape(found[0]), text)


def summary_of(text: str) -> str:
    """Plain ``text`` as a summary: bounded, without a truncation mark."""
    return without_mark(plain(text, LONGEST_SUMMARY))


def summary_and_content(summary: str, content: str, base: str | None) -> tuple[str, str]:
    """Summary (plain) and content (sanitised) of two pieces of HTML. A summary rich enough to be a text of its own is
    the content when there is no other."""
    short, whole = (mended(piece[:LONGEST_BODY]) for piece in (summary, content))
    if not whole and _RICH.search(short):
        whole = short
    return summary_of(text_of(short)), _cleaned(whole, base)


def _cleaned(markup: str, base: str | None) -> str:
    try:
        return without_unseen(clean_html(markup, base))
    except ValueError:  # a base that the sanitiser's stricter reading of addresses refuses (WHATWG URL)
        return without_unseen(clean_html(markup))


def terms_of(texts: Iterable[object]) -> tuple[str, ...]:
    """Categories as written, each once, in their order; what is no text is left out."""
    found: dict[str, None] = {}
    for text in texts:
        if isinstance(text, str) and (term := plain(unescaped(text), LONGEST_TERM)):
            found.setdefault(term)
        if len(found) == MOST_TERMS:
            break
    return tuple(found)


def guid_of(text: str | None) -> str | None:
    """An identifier as the source wrote it; None when it is empty or too long to be kept whole."""
    guid = one_line(text[: LONGEST + 1]) if text else ""
    return guid if 0 < len(guid) <= LONGEST else None


def language_of(text: object) -> str | None:
    """A BCP 47 tag (``fr_FR`` is taken for ``fr-FR``), or None."""
    if not isinstance(text, str):
        return None
    tag = text[:50].strip().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def author_of(text: object) -> str | None:
    """A name as plain text, or None."""
    return (plain(unescaped(text), LONGEST_AUTHOR) or None) if isinstance(text, str) else None


def image_of(
    url: object, base: str | None, alt: object = "", width: object = None, height: object = None
) -> Image | None:
    """A picture, or None when ``url`` is no web address or the picture is a tracking dot."""
    place = absolute(url[: LONGEST + 1], base) if isinstance(url, str) else None
    size = _pixels(width), _pixels(height)
    if place is None or any(pixels is not None and pixels <= 2 for pixels in size):
        return None
    return Image(place, plain(alt, LONGEST_TITLE) if isinstance(alt, str) else "", *size)


def _pixels(value: object) -> int | None:
    text = str(value).strip().removesuffix("px") if isinstance(value, str | int) else ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 5 else None


def first_picture(content_html: str) -> Image | None:
    """The first picture of sanitised HTML, with its alternative text."""
    for picture in islice(_PICTURE.finditer(content_html), 5):
        said = {name: html.unescape(value) for name, value in _ATTRIBUTE.findall(picture[1])}
        if image := image_of(said.get("src"), None, said.get("alt"), said.get("width"), said.get("height")):
            return image
    return None


def with_alt(named: Image | None, shown: Image | None) -> Image | None:
    """The picture an entry names, with the alternative text it has where the text shows it; else the shown one."""
    if named is None:
        return shown
    return shown if shown and shown.url == named.url and (shown.alt or not named.alt) else named


def titled(entry: Collected) -> Collected | None:
    """``entry`` with a title: its own, or the beginning of its text. None when it says nothing at all."""
    title = entry.title or plain(entry.summary or text_of(entry.content_html[:_RAW]), _TITLE_FROM_TEXT)
    if not title:
        return None
    return entry if entry.title else replace(entry, title=title)
