"""Selections: which items a feed, a page or a block shows, as written in its address.

::

    selection = ( "all" | slug | slug *( "+" slug ) | slug *( "," slug ) ) *( "!" slug ) [ "." language ]
    language  = "fr" | "en" | "fr-else-en" | "en-else-fr"

``a+b`` are the items in both, ``a,b`` those in either; never both signs, at most four; then any ``!c``: but not in c.
``.fr`` holds what is in French; ``.fr-else-en`` every story once, in French where the selection holds it in French.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from news.categories import Category
from news.errors import InvalidInput
from news.ids import derived
from news.named_feeds import NamedFeed

LANGUAGES = ("fr", "en")
PREFERENCES = {"fr-else-en": "fr", "en-else-fr": "en"}
MOST_MEMBERS = 4
MOST_EXCLUDED = 8
_SIGNS = ("+", ",")
_AROUND_SIGNS = re.compile(" ?([+,!.]) ?")
_BLANKS = re.compile(" +")


@dataclass(frozen=True, slots=True)
class Words:
    """A selection as written: slugs, not yet looked up. ``sign``: "+", "," or "" for a single one; ``members`` is
    empty for ``all``; ``language``: the only one; ``prefer``: the one each story is told in where it can be."""

    members: tuple[str, ...]
    sign: str
    excluded: tuple[str, ...]
    language: str | None
    prefer: str | None = None


@dataclass(frozen=True, slots=True)
class Selection:
    """A selection looked up: categories in the order of their ids, which is the order of its one address.

    ``language``: the only one it holds. ``prefer``: it holds each story once, in that language where it can. Never
    both; neither: every language, every telling. A named feed stands alone, as a single category does; the language it
    fixes itself is no part of its address."""

    members: tuple[Category, ...] = ()
    any_of: bool = False
    excluded: tuple[Category, ...] = ()
    language: str | None = None
    prefer: str | None = None

    @property
    def named(self) -> NamedFeed | None:
        """The named feed it is, or None."""
        first = self.members[0] if self.members else None
        return first if isinstance(first, NamedFeed) else None

    @property
    def spoken(self) -> str | None:
        """The language its feed and its block speak, or None for the newsroom's."""
        return self.language or self.prefer or (self.named.chosen.language if self.named else None)

    @property
    def speech(self) -> str:
        """In which languages it is told, in the words of addresses: ``fr``, ``en-else-fr``, or "" for every one."""
        return tongue_of(self.named.chosen.language if self.fixed and self.named else self.language, self.prefer)

    @property
    def fixed(self) -> bool:
        """Whether it is a named feed that fixes its language itself, so that no address of it says one."""
        return self.named is not None and self.named.chosen.speaks is not None

    @property
    def tongue(self) -> str:
        """How its address ends, without the dot: ``fr``, ``en-else-fr``, or "" for all languages."""
        return "" if self.fixed else self.speech

    @property
    def base(self) -> str:
        """The address without the language: ``all``, ``doctorat+masters``, ``ingenieurs!diversite-rse``."""
        sign = "," if self.any_of else "+"
        named = sign.join(category.slug for category in self.members) or "all"
        return named + "".join(f"!{category.slug}" for category in self.excluded)

    @property
    def address(self) -> str:
        """The one address of this selection: two selections of the same items in the same language share it."""
        return f"{self.base}.{self.tongue}" if self.tongue else self.base

    @property
    def combined(self) -> bool:
        """Whether it is made of several categories."""
        return len(self.members) > 1 or bool(self.excluded)

    @property
    def live_only(self) -> bool:
        """Whether it is made on demand, with no stored feed of its own: a combination, or one whose address prefers a
        language."""
        return self.combined or (self.prefer is not None and not self.fixed)

    @property
    def categories(self) -> tuple[Category, ...]:
        """Every category whose changes can change this selection; empty for ``all`` alone."""
        return self.members + self.excluded

    def derived_id(self) -> str:
        """The id of a live-only feed: it follows from its categories' ids, so it survives every renaming."""
        sign = "," if self.any_of else "+"
        members = sign.join(category.id for category in self.members) or "all"
        excluded = "".join(f"!{category.id}" for category in self.excluded)
        return derived("selection", members + excluded, self.tongue)


def parse(text: str) -> Words:
    """Read a selection as written in an address (percent-decoded). Raises InvalidInput with one sentence.

    Capitals are read as small letters, and a blank as the ``+`` that it was before a form or a mail decoded it.
    """
    if len(text) > 1000 or not text:
        raise InvalidInput("selection.malformed", given=text[:80])
    text = _AROUND_SIGNS.sub(r"\1", _BLANKS.sub(" ", text).strip()).replace(" ", "+").lower()
    base, _, language = text.partition(".")
    if language and language not in LANGUAGES and language not in PREFERENCES:
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
    return Words(() if members == ["all"] else tuple(members), sign, tuple(excluded), *spoken(language))


def spoken(written: str) -> tuple[str | None, str | None]:
    """The only language, and the preferred one, of an address that ends in ``written`` (no dot; "" for all)."""
    return (None, PREFERENCES[written]) if written in PREFERENCES else (written or None, None)


def tongue_of(language: str | None, prefer: str | None) -> str:
    """How addresses write that there is only ``language``, or that ``prefer`` comes first; "" for neither."""
    return next((written for written, first in PREFERENCES.items() if first == prefer), language or "")


def build(
    members: Sequence[Category],
    *,
    any_of: bool,
    excluded: Sequence[Category] = (),
    language: str | None = None,
    prefer: str | None = None,
) -> Selection:
    """The selection of these categories, in canonical form: each once, in the order of the ids. A named feed that fixes
    its language is told in that one whatever is asked for."""
    one_each = tuple(sorted({category.id: category for category in members}.values(), key=lambda c: c.id))
    without = tuple(sorted({category.id: category for category in excluded}.values(), key=lambda c: c.id))
    made = Selection(one_each, any_of and len(one_each) > 1, without, language, prefer)
    return replace(made, language=None, prefer=made.named.chosen.prefer) if made.fixed and made.named else made
