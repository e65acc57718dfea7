"""What categories and named feeds are called, and their addresses: checked the same way for both."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeVar

from news.categories import Category, checked_slug, slugify
from news.errors import InvalidInput
from news.text import one_line

Kind = Literal["category", "feed"]
Named = TypeVar("Named", bound=Category)
LONGEST_NAME = 100
_EMPTY: dict[Kind, str] = {"category": "category.name.empty", "feed": "feed.name.empty"}
_LONG: dict[Kind, str] = {"category": "category.name.long", "feed": "feed.name.long"}


def checked_name(text: str, of: Kind) -> str:
    """A name on one line, of which an address can be made. Raises InvalidInput."""
    name = one_line(text)
    if not slugify(name):
        raise InvalidInput(_EMPTY[of], given=text[:60])
    if len(name) > LONGEST_NAME:
        raise InvalidInput(_LONG[of], most=LONGEST_NAME)
    return name


def first_names(name_fr: str, name_en: str | None, slug: str | None, of: Kind) -> tuple[str, str, str]:
    """The French name, the English one (the French, unless given) and the slug (made of the French name, unless given)
    of something new. Raises InvalidInput."""
    french = checked_name(name_fr, of)
    english = checked_name(name_en, of) if name_en else french
    return french, english, checked_slug(slugify(french) if slug is None else slug)


def renamed(before: Named, name_fr: str | None, name_en: str | None, slug: str | None, of: Kind) -> Named:
    """``before`` with the names and the slug that are given. Raises InvalidInput."""
    return replace(
        before,
        name_fr=checked_name(name_fr, of) if name_fr is not None else before.name_fr,
        name_en=checked_name(name_en, of) if name_en is not None else before.name_en,
        slug=checked_slug(slug) if slug is not None else before.slug,
    )


def called_otherwise(one: Category, other: Category) -> bool:
    """Whether readers see another name, or another address."""
    return (one.name_fr, one.name_en, one.slug) != (other.name_fr, other.name_en, other.slug)
