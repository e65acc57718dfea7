"""A source's own words for its categories become ours: by the source's map, or by name, slug or alias, accents and
case aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from news.categories import Category, fold, slugify


def mapped(terms: Iterable[str], categories: Iterable[Category], own: Mapping[str, str]) -> frozenset[str]:
    """Ids of the categories that ``terms`` mean. ``own``: the source's map, a term to a category id; it goes first."""
    chosen = {fold(term): category_id for term, category_id in own.items()}
    names = _names(categories)
    found = set()
    for term in terms:
        if category_id := chosen.get(fold(term)) or names.get(fold(term)) or names.get(slugify(term)):
            found.add(category_id)
    return frozenset(found)


def _names(categories: Iterable[Category]) -> dict[str, str]:
    names: dict[str, str] = {}
    for category in categories:
        if category.retired is None:
            spoken = (category.name_fr, category.name_en, *category.aliases)
            for name in (category.slug, *category.past_slugs, *map(fold, spoken), *map(slugify, spoken)):
                names.setdefault(name, category.id)
    names.pop("", None)
    return names
