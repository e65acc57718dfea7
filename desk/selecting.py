"""From a selection as written in an address to the categories, or the named feed, it names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from news.categories import Category
from news.endings import heir
from news.errors import Gone, InvalidInput, NotFound
from news.named_feeds import Chosen, NamedFeed
from news.selections import LANGUAGES, Selection, build, parse
from storage.contract import Reader
from translations import translator

# What is said of a category that ended, and of a named feed.
_ENDED = (("category.retired", "category.retired.followed"), ("feed.retired", "feed.retired.followed"))


def resolve(reader: Reader, text: str) -> Selection:
    """The selection that ``text`` names; when its ``address`` differs from ``text``, it has moved there.

    Raises InvalidInput (it cannot be read, or combines a named feed), NotFound (no such category), Gone (one that was
    retired and whose time of grace is over).
    """
    words = parse(text)
    members = [_answering(reader, slug) for slug in words.members]
    excluded = [_answering(reader, slug) for slug in words.excluded]
    if len(words.members) > 1 or excluded:
        _refuse_named((*members, *excluded))
    return build(members, any_of=words.sign == ",", excluded=excluded, language=words.language, prefer=words.prefer)


def category_of(reader: Reader, slug: str) -> Category:
    """The category that has, or had, this address. Raises NotFound, also for a named feed's, and Gone when it was
    retired."""
    category = _category(reader, slug)
    if isinstance(category, NamedFeed):
        raise NotFound("category.is_feed", slug=category.slug)
    if category.retired is not None:
        raise _gone(reader, category, slug)
    return category


def named_feed_of(reader: Reader, slug: str) -> NamedFeed:
    """The named feed that has, or had, this address. Raises NotFound, and Gone when it was retired."""
    feed = reader.category_of_slug(slug) if slug.isascii() else None
    if not isinstance(feed, NamedFeed):
        known = ", ".join(other.slug for other in reader.named_feeds() if other.retired is None)
        raise NotFound("feed.unknown", slug=slug[:80], known=known or "–")
    if feed.retired is not None:
        raise _gone(reader, feed, slug)
    return feed


def chosen_by(reader: Reader, text: str, had: Chosen | None = None) -> Chosen:
    """What a named feed shows that is to show the selection ``text``. A retired category is taken only where the feed
    ``had`` it before. Raises InvalidInput, NotFound, Gone."""
    words = parse(text)
    members = [_category(reader, slug) for slug in words.members]
    excluded = [_category(reader, slug) for slug in words.excluded]
    _refuse_named((*members, *excluded))
    for category, slug in zip((*members, *excluded), (*words.members, *words.excluded), strict=True):
        if category.retired and category.id not in (had.categories if had else ()):
            raise _gone(reader, category, slug)
    made = build(members, any_of=words.sign == ",", excluded=excluded, language=words.language, prefer=words.prefer)
    ids = tuple(category.id for category in made.members), tuple(category.id for category in made.excluded)
    return Chosen(ids[0], made.any_of, ids[1], made.language, made.prefer)


def selection_of(reader: Reader, chosen: Chosen) -> Selection:
    """What a named feed shows, as a selection of categories."""
    known = {category.id: category for category in reader.categories()}
    return build(
        [known[each] for each in chosen.members],
        any_of=chosen.any_of,
        excluded=[known[each] for each in chosen.excluded],
        language=chosen.language,
        prefer=chosen.prefer,
    )


def offered(reader: Reader, *, ending: bool = False) -> tuple[tuple[Selection, ...], ...]:
    """The feeds to be listed: ``all``, each active category by rank, each active named feed; each in all languages and
    in each, or, when it fixes its language itself, once. ``ending``: also those that ended and still say so."""
    known = (*reader.categories(), *reader.named_feeds())
    single = [(), *((one,) for one in known if one.retired is None or (ending and one.answers))]
    return tuple(in_languages(build(members, any_of=False)) for members in single)


def in_languages(selection: Selection) -> tuple[Selection, ...]:
    """``selection`` in all languages together, and in each that it has an address for."""
    if selection.fixed:
        return (selection,)
    return tuple(replace(selection, language=language, prefer=None) for language in (None, *LANGUAGES))


def path_of(category: Category) -> str:
    """The page for people of a category, or of a named feed."""
    return f"/feeds/{category.slug}" if isinstance(category, NamedFeed) else f"/category/{category.slug}"


def followed_by(reader: Reader, category: Category) -> Category | None:
    """The category, or named feed, that goes on today in the place of one that ended."""
    return heir(category, {other.id: other for other in (*reader.categories(), *reader.named_feeds())})


def _refuse_named(members: Iterable[Category]) -> None:
    named = next((member for member in members if isinstance(member, NamedFeed)), None)
    if named:
        raise InvalidInput("selection.named", slug=named.slug)


def _answering(reader: Reader, slug: str) -> Category:
    category = _category(reader, slug)
    if not category.answers:
        raise _gone(reader, category, slug)
    return category


def _gone(reader: Reader, category: Category, slug: str) -> Gone:
    ended, followed = _ENDED[isinstance(category, NamedFeed)]
    following = followed_by(reader, category)
    if following is None:
        return Gone(ended, slug=slug)
    return Gone(followed, slug=slug, successor=following.slug, page=path_of(following))


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
