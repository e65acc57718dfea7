"""Named feeds: a selection that staff gave a name and an address of its own, and may change under its readers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from news.categories import Category


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which items a named feed shows: a selection as it is kept, by the ids of its categories, so that no renaming
    changes it. No ``members``: all items. ``any_of``: in either of them, not in all. ``language``: the only one it
    holds; ``prefer``: the one each story is told in where it can be; never both."""

    members: tuple[str, ...] = ()
    any_of: bool = False
    excluded: tuple[str, ...] = ()
    language: str | None = None
    prefer: str | None = None

    @property
    def speaks(self) -> str | None:
        """The language it fixes for its readers, or None when they choose by the end of its address."""
        return self.language or self.prefer

    @property
    def categories(self) -> frozenset[str]:
        """Every category it is made of."""
        return frozenset((*self.members, *self.excluded))

    def holds(self, shelves: Collection[str], language: str) -> bool:
        """Whether it shows a visible item that stands on the ``shelves`` of these categories and is in ``language``."""
        found = [category in shelves for category in self.members]
        among = (any(found) if self.any_of else all(found)) if found else True
        without = not any(category in shelves for category in self.excluded)
        return among and without and self.language in (None, language)


@dataclass(frozen=True, slots=True)
class NamedFeed(Category):
    """A feed that staff named. It stands wherever a category stands for readers: it has names, addresses, feeds with
    ids of their own, and an end. No item is filed under it: it shows those that ``chosen`` holds."""

    chosen: Chosen = Chosen()


def merged_in(chosen: Chosen, category: str, into: str) -> Chosen:
    """``chosen`` after ``category`` became part of ``into`` (ids): as the addresses of combinations do, it goes on with
    the other in its place, each category once."""

    def following(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(sorted({into if each == category else each for each in ids}))

    members = following(chosen.members)
    return replace(
        chosen, members=members, any_of=chosen.any_of and len(members) > 1, excluded=following(chosen.excluded)
    )
