"""Whether a change is one that readers are told of: other words, not other spacing, quotes or markup."""

from __future__ import annotations

import re
import unicodedata

from news.items import Item
from news.links import canonical
from news.sanitise import text_of

SEEN = ("title", "summary", "content_html", "author", "image", "language")
_BESIDE_WORDS = ("author", "image", "language")
# Invisible characters, and every style of quotation marks and apostrophes: « », “ ”, ‘ ’, ' and so on.
_DROPPED = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\"'`´ʹʻʼ«»‘’‚‛“”„‟‹›′″]")
_DASHES = re.compile("[\u2010-\u2015\u2212]")
_BEFORE_MARKS = re.compile(r"\s+(?=[:;!?.,%…)\]])|(?<=[(\[])\s+")

_ADDRESS = re.compile(r'\b(?:href|src)="([^"]*)"')


def says_otherwise(before: Item, after: Item) -> bool:
    """Whether title, summary or body have other words. White space (French puts some before its marks), the style of
    quotes and dashes, and markup are no words; accents, case and punctuation are."""
    return _said(before) != _said(after)


def shows_otherwise(before: Item, after: Item) -> bool:
    """Whether anything differs that readers see of the item itself, be it a space. Its categories are no part of it."""
    return any(getattr(before, name) != getattr(after, name) for name in SEEN) or _points_elsewhere(before, after)


def counts(before: Item, after: Item) -> bool:
    """Whether a change nobody has judged counts: other words, author, language, picture or link, also in the body."""
    beside = any(getattr(before, name) != getattr(after, name) for name in _BESIDE_WORDS)
    points = _points_elsewhere(before, after) or _addresses(before) != _addresses(after)
    return beside or points or says_otherwise(before, after)


def plain_words(text: str) -> str:
    """``text`` as it is compared: two texts of the same words give the same."""
    bare = _DASHES.sub("-", unicodedata.normalize("NFC", _DROPPED.sub("", text)))
    return " ".join(_BEFORE_MARKS.sub("", bare).replace("...", "…").split())


def _said(item: Item) -> tuple[str, str, str]:
    return plain_words(item.title), plain_words(item.summary), plain_words(text_of(item.content_html))


def _addresses(item: Item) -> list[str]:
    """Where the body's links and pictures lead; sanitised HTML has its attributes in double quotes."""
    return _ADDRESS.findall(item.content_html)


def _points_elsewhere(before: Item, after: Item) -> bool:
    """Another spelling of the same address is no news: a source that turns to https has not changed all its items."""
    old, new = before.link, after.link
    return old != new and (old is None or new is None or canonical(old) != canonical(new))
