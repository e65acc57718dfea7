"""The news sitemap: the latest items, for search engines that look for news."""

from __future__ import annotations

from datetime import timedelta

from desk.context import Desk
from desk.publishing.recipes import Recipe, Write
from desk.publishing.shown_item import ItemView, views
from feeds import sitemap
from news.items import Item
from news.selections import LANGUAGES, Selection
from storage.contract import Reader
from storage.records import FeedState

# What Google takes of a news sitemap: two days, and a thousand addresses.
SPAN = timedelta(days=2)
MOST = 1000
# The selections that have one, as addresses write them.
SELECTIONS = ("all", *(f"all.{language}" for language in LANGUAGES))


def sitemap_path(selection: str) -> str:
    """The path of the sitemap of one of ``SELECTIONS``."""
    return f"/sitemap-news{selection.removeprefix('all')}.xml"


def _gather(desk: Desk, reader: Reader, selection: Selection, state: FeedState) -> Write:
    shown = views(desk, reader, _latest(reader.shelf(selection, limit=MOST)))
    return lambda: sitemap.write(desk.settings.title, map(_story, shown))


def _latest(newest_first: tuple[Item, ...]) -> list[Item]:
    """Those of the two days before the newest: what is stored decides, never the clock."""
    dated = [(item, item.published) for item in newest_first if item.published]
    return [item for item, published in dated if published >= dated[0][1] - SPAN]


def _story(view: ItemView) -> sitemap.Story:
    return sitemap.Story(view.url, view.item.title, view.item.language, view.machine_date)


SITEMAP = Recipe("news sitemap", f"{sitemap.MEDIA_TYPE}; charset=utf-8", _gather)
