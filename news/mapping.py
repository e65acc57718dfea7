"""A source's own words for categories become ours: by name, slug or alias, accents and case aside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from news.categories import Category, fold, folded, slugify


def mapped(terms: Iterable[str], categories: Iterable[Category], own: Mapping[str, str]) -> frozenset[str]:
    """Ids of the categories that ``terms`` mean. ``own``: a term to a category id; it goes first."""
    chosen = {fold(term): category_id for term, category_id in own.items()}
    names = names_of(categories)
    found = (chosen.get(fold(term)) or meaning(term, names) for term in terms)
    return frozenset(category_id for category_id in found if category_id)


def names_of(categories: Iterable[Category]) -> dict[str, str]:
    """Every name and address of the categories that go on, folded or as a slug, with its id."""
    names: dict[str, str] = {}
    for category in categories:
        if category.retired is None:
            spoken = (category.name_fr, category.name_en, *category.aliases)
            for name in (category.slug, *category.past_slugs, *map(fold, spoken), *map(slugify, spoken)):
                names.setdefault(name, category.id)
    names.pop("", None)
    return names


def meaning(term: str, names: Mapping[str, str]) -> str | None:
    """The category (id) that ``term`` names."""
    return names.get(folded(term)) or names.get(slugify(term))
