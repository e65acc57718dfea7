"""From a selection as written in an address to the categories it names."""

from __future__ import annotations

from news.categories import Category
from news.endings import heir
from news.errors import Gone, NotFound
from news.selections import Selection, build, parse
from storage.contract import Reader
from translations import translator


def resolve(reader: Reader, text: str) -> Selection:
    """The selection that ``text`` names; when its ``address`` differs from ``text``, it has moved there.

    Raises InvalidInput (it cannot be read), NotFound (no such category), Gone (one that was retired and whose time of
    grace is over).
    """
    words = parse(text)
    members = [_answering(reader, slug) for slug in words.members]
    excluded = [_answering(reader, slug) for slug in words.excluded]
    return build(members, any_of=words.sign == ",", excluded=excluded, language=words.language, prefer=words.prefer)


def category_of(reader: Reader, slug: str) -> Category:
    """The category that has, or had, this address. Raises NotFound, and Gone when it was retired."""
    category = _category(reader, slug)
    if category.retired is not None:
        raise _gone(reader, category, slug)
    return category


def _answering(reader: Reader, slug: str) -> Category:
    category = _category(reader, slug)
    if not category.answers:
        raise _gone(reader, category, slug)
    return category


def _gone(reader: Reader, category: Category, slug: str) -> Gone:
    following = heir(category, {other.id: other for other in reader.categories()})
    if following is None:
        return Gone("category.retired", slug=slug)
    return Gone("category.retired.followed", slug=slug, successor=following.slug, page=f"/category/{following.slug}")


def _category(reader: Reader, slug: str) -> Category:
    category = reader.category_of_slug(slug) if slug.isascii() else None
    if category is None:
        known = ", ".join(other.slug for other in reader.categories() if other.retired is None)
        raise NotFound("category.unknown", slug=slug[:80], known=known or "–")
    return category


def selection_title(selection: Selection, language: str) -> str:
    """The selection in words: *Toutes les actualités*, *Doctorat*, *Doctorat + Masters*, *Ingénieurs sans Doctorat*."""
    t = translator(language)
    sign = t("selection.or") if selection.any_of else t("selection.and")
    title = sign.join(category.name(language) for category in selection.members) or t("selection.all")
    if selection.excluded:
        without = t("selection.or").join(category.name(language) for category in selection.excluded)
        title = t("selection.without", title=title, without=without)
    return title
