"""What stands around every public page: sections, its feed, the language switch, its one address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import request

from desk.publishing.browse import active_categories
from desk.publishing.farewells import Farewell, farewells
from desk.selecting import selection_title
from news.categories import Category
from news.selections import Selection, build
from translations import LANGUAGES
from web.context import current_desk, words
from web.feed_links import FeedLinks, feed_links
from web.query import address, carried_language


def frame(
    path: str,
    shown: Selection,
    *,
    current: str | None = None,
    spoken: str | None = None,
    q: str | None = None,
    page: int = 1,
) -> dict[str, Any]:
    """The template variables of a list page at ``path`` that shows ``shown``. ``current``: the section it is in;
    ``spoken``: the language the path alone speaks, where it is not the newsroom's."""
    home = current_desk().settings
    own = _in_languages(path, q, spoken)
    return {
        "categories": active_categories(current_desk()),
        "current": current,
        "feed": feed_of(shown),
        "canonical": home.base_url + address(path, page=page, language=request.args.get("lang")),
        "switch": own,
        "farewells": _farewells(shown),
        "alternates": {} if q else {code: home.base_url + link for code, link in own.items()},
    }


def item_frame(path: str, category: Category | None, versions: Mapping[str, str]) -> dict[str, Any]:
    """The template variables of an item's page at ``path``, in its ``category``; ``versions``: the paths of the same
    story by language, its own included."""
    home = current_desk().settings
    return {
        "categories": active_categories(current_desk()),
        "current": None,
        "feed": feed_of(build([category] if category else [], any_of=False)),
        "canonical": home.base_url + path,
        "switch": home_in_languages() | {code: link for code, link in versions.items() if code in LANGUAGES},
        "alternates": {code: home.base_url + link for code, link in versions.items()} if len(versions) > 1 else {},
    }


def home_in_languages() -> dict[str, str]:
    """The front page's addresses by language: without saying so in the newsroom's own."""
    return _in_languages("/")


def feed_of(selection: Selection) -> FeedLinks:
    """The links of the feed of ``selection`` in the language this page passes on."""
    title = selection_title(selection, words().language)
    return feed_links(selection, title, current_desk().settings.base_url, carried_language())


def _farewells(shown: Selection) -> tuple[Farewell, ...]:
    with current_desk().storage.read() as reader:
        return farewells(current_desk(), reader, shown, words().language)


def _in_languages(path: str, q: str | None = None, spoken: str | None = None) -> dict[str, str]:
    usual = spoken or current_desk().settings.language
    return {code: address(path, q=q, language=None if code == usual else code) for code in LANGUAGES}
