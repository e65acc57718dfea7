"""The list of all feeds, for readers that import one."""

from __future__ import annotations

from collections.abc import Iterator

from desk.answer import Answer, answer
from desk.context import Desk
from desk.feed import page_of
from desk.selecting import selection_title
from feeds import opml
from feeds.document import Outline
from news.categories import Category
from news.selections import LANGUAGES, Selection
from storage.contract import Reader
from translations import translator


def feed_list(desk: Desk) -> tuple[Outline, ...]:
    """``all`` and each active category by rank: in all languages, then in each."""
    with desk.storage.read() as reader:
        active = _active(reader)
    chosen = [(), *((category,) for category in active)]
    return tuple(outline for members in chosen for outline in _outlines(desk, members))


def feed_list_answer(desk: Desk) -> Answer:
    """The list of all feeds, ready to be sent."""
    title = translator(desk.settings.language)("feeds.opml.title", newsroom=desk.settings.title)
    return answer(opml.write(title, feed_list(desk)), f"{opml.MEDIA_TYPE}; charset=utf-8")


def _active(reader: Reader) -> list[Category]:
    return [category for category in reader.categories() if category.retired is None]


def _outlines(desk: Desk, members: tuple[Category, ...]) -> Iterator[Outline]:
    for language in (None, *LANGUAGES):
        selection = Selection(members, language=language)
        yield Outline(
            title=_title(desk, selection),
            feed=f"{desk.settings.base_url}/feeds/{selection.address}.atom",
            page=page_of(desk, selection),
            language=language,
        )


def _title(desk: Desk, selection: Selection) -> str:
    spoken = selection.language or desk.settings.language
    title = selection_title(selection, spoken)
    return translator(spoken)("feeds.opml.in_language", title=title) if selection.language else title
