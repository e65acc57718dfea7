"""The last entry of a feed whose category was retired, or of a named feed that was: it says so, and where the news
goes on."""

from __future__ import annotations

from dataclasses import dataclass

from desk.context import Desk
from desk.selecting import followed_by, path_of
from feeds.document import Entry
from news.categories import Category
from news.days import local_day, long_date
from news.ids import urn
from news.named_feeds import NamedFeed
from news.selections import Selection
from storage.contract import Reader
from translations import translator

# Of a category, and of a named feed.
_SAID = (
    ("feeds.farewell.alone", "feeds.farewell.followed"),
    ("feeds.farewell.feed.alone", "feeds.farewell.feed.followed"),
)


@dataclass(frozen=True, slots=True)
class Farewell:
    """The end of a category or named feed, for people. ``day``: when its addresses stop answering, in words. ``page``:
    the absolute address of what goes on: the successor's page, or without one the front page."""

    category: Category
    title: str
    text: str
    day: str
    page: str


def farewells(desk: Desk, reader: Reader, selection: Selection, language: str) -> tuple[Farewell, ...]:
    """What is to be said in ``language`` of the categories of ``selection`` that were retired. Like all of a feed it
    follows from the store alone."""
    ended = [category for category in selection.categories if category.retired]
    if not ended:
        return ()
    return tuple(_farewell(desk, category, followed_by(reader, category), language) for category in ended)


def with_farewells(
    desk: Desk, reader: Reader, selection: Selection, language: str, entries: tuple[Entry, ...], most: int
) -> tuple[Entry, ...]:
    """``entries``, newest first, with a farewell for each retired category in its place; ``most`` together."""
    said = tuple(_entry(farewell, language) for farewell in farewells(desk, reader, selection, language))
    return _together(said, entries, most) if said else entries


def _together(said: tuple[Entry, ...], entries: tuple[Entry, ...], most: int) -> tuple[Entry, ...]:
    """However many items came since, a farewell is not pushed out: it is for those who have not looked for weeks."""
    together = (*said, *entries[: most - len(said)])
    return tuple(sorted(together, key=lambda entry: entry.published, reverse=True))


def _farewell(desk: Desk, category: Category, following: Category | None, language: str) -> Farewell:
    t, settings = translator(language), desk.settings
    assert category.closes is not None, "a retired category that answers will close"
    day = long_date(local_day(category.closes, settings.timezone), language)
    name = category.name(language)
    alone, followed = _SAID[isinstance(category, NamedFeed)]
    if following is None:
        return Farewell(
            category,
            t("feeds.farewell.title", name=name),
            t(alone, name=name, day=day),
            day,
            f"{settings.base_url}/",
        )
    page = settings.base_url + path_of(following)
    return Farewell(
        category,
        t("feeds.farewell.title.followed", name=name, successor=following.name(language)),
        t(followed, name=name, successor=following.name(language), day=day, page=page),
        day,
        page,
    )


def _entry(farewell: Farewell, language: str) -> Entry:
    category = farewell.category
    assert category.retired is not None and category.farewell is not None
    return Entry(
        id=urn(category.farewell),
        title=farewell.title,
        url=farewell.page,
        page=farewell.page,
        summary=farewell.text,
        content_html="",
        language=language,
        published=category.retired,
        updated=category.retired,
    )
