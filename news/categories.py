"""Categories: names in two languages, an address of their own, an editorial rank."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from news.errors import InvalidInput

RESERVED_SLUGS = frozenset({"all"})
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_LIGATURES = str.maketrans(
    {"œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE", "ß": "ss", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L"}
)
_SLUG_LENGTH = 80


@dataclass(frozen=True, slots=True)
class Category:
    """A category. ``id``: UUIDv7, for ever. ``rank``: its place in every list, from 1. ``past_slugs``: addresses it
    had, which stay its own. ``aliases``: other names sources may use for it. ``retired``: when it ended, or None.

    Of one that ended: ``closes``, when its addresses stop answering, and ``closed``, when they did; ``successor``: the
    id of the category that goes on in its place; ``merged``: when it became part of that one; ``farewell``: the id of
    the last entry of its feeds."""

    id: str
    name_fr: str
    name_en: str
    slug: str
    rank: int
    created: datetime
    past_slugs: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    retired: datetime | None = None
    closes: datetime | None = None
    closed: datetime | None = None
    successor: str | None = None
    merged: datetime | None = None
    farewell: str | None = None

    @property
    def answers(self) -> bool:
        """Whether its addresses answer: it goes on, or ended so lately that its readers are still being told."""
        return self.retired is None or (self.closes is not None and self.closed is None)

    def name(self, language: str) -> str:
        """The name in ``language`` (``fr`` unless ``en``)."""
        return self.name_en if language == "en" else self.name_fr


def fold(text: str) -> str:
    """``text`` without accents, case or runs of blanks: what two spellings of one name have in common."""
    bare = text
    if not text.isascii():
        decomposed, is_mark = unicodedata.normalize("NFKD", text.translate(_LIGATURES)), unicodedata.combining
        bare = "".join([char for char in decomposed if not is_mark(char)])
    return " ".join(bare.replace("’", "'").casefold().split())


@lru_cache(maxsize=4096)
def folded(name: str) -> str:
    """``fold`` of a name or a term, which come again and again."""
    return fold(name)


@lru_cache(maxsize=4096)
def slugify(name: str) -> str:
    """``name`` as a slug: ASCII, lower case, words joined by hyphens; "" when nothing is left of it."""
    words = re.findall(r"[a-z0-9]+", fold(name).replace("'", " "))
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > _SLUG_LENGTH:
            break
        slug = longer
    return slug or (words[0][:_SLUG_LENGTH] if words else "")


def checked_slug(slug: str) -> str:
    """``slug`` if it can be a category's address. Raises InvalidInput when it is malformed or reserved."""
    if slug in RESERVED_SLUGS:
        raise InvalidInput("category.slug.reserved", slug=slug)
    if len(slug) > _SLUG_LENGTH or not _SLUG.fullmatch(slug):
        raise InvalidInput("category.slug.malformed", slug=slug[:100], suggestion=slugify(slug) or "actualites")
    return slug
