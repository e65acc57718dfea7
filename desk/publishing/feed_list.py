"""The list of all feeds, for readers that import one."""

from __future__ import annotations

from desk.context import Desk
from desk.publishing.feed import page_of
from desk.publishing.ready_bytes import Answer, answer
from desk.selecting import offered, selection_title
from feeds import opml
from feeds.document import Outline
from news.selections import Selection
from translations import translator


def feed_list(desk: Desk) -> tuple[Outline, ...]:
    """``all``, each active category by rank, then each active named feed: in all languages, then in each."""
    with desk.storage.read() as reader:
        found = offered(reader)
    return tuple(_outline(desk, selection) for selections in found for selection in selections)


def feed_list_answer(desk: Desk) -> Answer:
    """The list of all feeds, ready to be sent."""
    title = translator(desk.settings.language)("feeds.opml.title", newsroom=desk.settings.title)
    return answer(opml.write(title, feed_list(desk)), f"{opml.MEDIA_TYPE}; charset=utf-8")


def _outline(desk: Desk, selection: Selection) -> Outline:
    return Outline(
        title=_title(desk, selection),
        feed=f"{desk.settings.base_url}/feeds/{selection.address}.atom",
        page=page_of(desk, selection),
        language=selection.spoken,
    )


def _title(desk: Desk, selection: Selection) -> str:
    spoken = selection.spoken or desk.settings.language
    title = selection_title(selection, spoken)
    return translator(spoken)("feeds.opml.in_language", title=title) if selection.language else title
