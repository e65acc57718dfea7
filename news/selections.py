"""Selections: which items a feed, a page or a block shows, as written in its address.

::

    selection = ( "all" | slug | slug *( "+" slug ) | slug *( "," slug ) ) *( "!" slug ) [ "." language ]

``a+b`` are the items in both, ``a,b`` those in either; never both signs, at most four; then any ``!c``: but not in c.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from news.categories import Category
from news.errors import InvalidInput
from news.ids import derived

LANGUAGES = ("fr", "en")
MOST_MEMBERS = 4
MOST_EXCLUDED = 8
_SIGNS = ("+", ",")


@dataclass(frozen=True, slots=True)
class Words:
    """A selection as written: slugs, not yet looked up. ``sign``: "+", "," or "" for a single one; ``members`` is
    empty for ``all``."""

    members: tuple[str, ...]
    sign: str
    excluded: tuple[str, ...]
    language: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection looked up: categories in the order of their ids, which is the order of its one address."""

    members: tuple[Category, ...] = ()
    any_of: bool = False
    excluded: tuple[Category, ...] = ()
    language: str | None = None

    @property
    def base(self) -> str:
        """The address without the language: ``all``, ``doctorat+masters``, ``ingenieurs!diversite-rse``."""
        sign = "," if self.any_of else "+"
        named = sign.join(category.slug for category in self.members) or "all"
        return named + "".join(f"!{category.slug}" for category in self.excluded)

    @property
    def address(self) -> str:
        """The one address of this selection: two selections of the same items in the same language share it."""
        return f"{self.base}.{self.language}" if self.language else self.base

    @property
    def live_only(self) -> bool:
        """Whether it is a combination: made on demand, with no stored feed of its own."""
        return len(self.members) > 1 or bool(self.excluded)

    @property
    def categories(self) -> tuple[Category, ...]:
        """Every category whose changes can change this selection; empty for ``all`` alone."""
        return self.members + self.excluded

    def derived_id(self) -> str:
        """The id of a live-only feed: it follows from the ids of its categories, so it survives every renaming."""
        sign = "," if self.any_of else "+"
        members = sign.join(category.id for category in self.members) or "all"
        excluded = "".join(f"!{category.id}" for category in self.excluded)
        return derived("selection", members + excluded, self.language or "")


def parse(text: str) -> Words:
    """Read a selection as written in an address (percent-decoded). Raises InvalidInput with one sentence."""
    if len(text) > 1000 or not text:
        raise InvalidInput("selection.malformed", given=text[:80])
    base, _, language = text.partition(".")
    if language and language not in LANGUAGES:
        raise InvalidInput("selection.language", given=language[:20])
    if text.endswith("."):
        raise InvalidInput("selection.malformed", given=text[:80])
    named, *excluded = base.split("!")
    if "+" in named and "," in named:
        raise InvalidInput("selection.both_signs", given=text[:80])
    sign = next((sign for sign in _SIGNS if sign in named), "")
    members = named.split(sign) if sign else [named]
    if any(sign in slug for slug in excluded for sign in _SIGNS):
        raise InvalidInput("selection.malformed", given=text[:80])
    if not all(members) or not all(excluded) or ("all" in members and len(members) > 1) or "all" in excluded:
        raise InvalidInput("selection.malformed", given=text[:80])
    if len(members) > MOST_MEMBERS or len(excluded) > MOST_EXCLUDED:
        raise InvalidInput("selection.too_many", most=MOST_MEMBERS)
    return Words(() if members == ["all"] else tuple(members), sign, tuple(excluded), language or None)


def build(
    members: Sequence[Category], *, any_of: bool, excluded: Sequence[Category] = (), language: str | None = None
) -> Selection:
    """The selection of these categories, in canonical form: each once, in the order of the ids."""
    one_each = tuple(sorted({category.id: category for category in members}.values(), key=lambda c: c.id))
    without = tuple(sorted({category.id: category for category in excluded}.values(), key=lambda c: c.id))
    return Selection(one_each, any_of and len(one_each) > 1, without, language)
