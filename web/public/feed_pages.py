"""Feeds explained to people: all of them, and one page for each, with its addresses and ways to follow it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Flask, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from desk.context import Desk
from desk.publishing.browse import active_categories, listing
from desk.selecting import in_languages, offered, resolve, selection_title
from news.categories import Category
from news.selections import PREFERENCES, Selection, build
from translations import LANGUAGES
from web.answers.conditional import moved, page
from web.context import current_desk, words
from web.feed_links import FeedLinks, feed_links
from web.language import speak
from web.layout import frame
from web.query import address, asked

LATEST = 5
# There is no other page that lists what it shows.
LATEST_OF_NAMED = 20
pages = Blueprint("feed_pages", __name__)


def install(app: Flask, desk: Desk) -> None:
    """``/feeds`` and ``/feeds/<selection>``."""
    app.register_blueprint(pages)


@pages.get("/feeds")
def overview() -> AnyResponse:
    """Every feed, and how to combine them."""
    asked()
    with current_desk().storage.read() as reader:
        found = offered(reader)
    html = render_template(
        "public/feeds.html",
        rows=[_in_languages(selections[0]) for selections in found],
        examples=_examples(active_categories(current_desk())),
        **frame("/feeds", Selection()),
    )
    return page(html)


@pages.get("/feeds/<selection>")
def feed(selection: str) -> AnyResponse:
    """One feed's page; 301 from another order of the same categories, or an address one of them had before."""
    wanted = asked()
    with current_desk().storage.read() as reader:
        resolved = resolve(reader, selection)
    path = f"/feeds/{resolved.address}"
    if request.path != path:
        return moved(address(path, language=wanted.language))
    if resolved.spoken and not wanted.language:
        speak(resolved.spoken)
    latest = listing(current_desk(), resolved.address, per_page=LATEST_OF_NAMED if resolved.named else LATEST)
    around = frame(path, resolved, spoken=resolved.spoken) | {"feed": _own(resolved)}
    return page(render_template("public/feed.html", latest=latest, selection=resolved, **_siblings(resolved), **around))


def _own(selection: Selection) -> FeedLinks:
    return feed_links(selection, selection_title(selection, words().language), _base_url())


def _siblings(selection: Selection) -> dict[str, object]:
    alone = build(selection.members, any_of=selection.any_of, excluded=selection.excluded)
    versions = (
        {alone.speech: _own(alone).page}
        if alone.fixed
        else {code: feed_links(alone, "", _base_url(), code or None).page for code in ("", *LANGUAGES, *PREFERENCES)}
    )
    return {"versions": versions, "news_path": _news_path(selection)}


def _news_path(selection: Selection) -> str | None:
    if selection.combined or selection.named:
        return None
    path = f"/category/{selection.base}" if selection.members else "/"
    preferred = selection.prefer if selection.prefer != current_desk().settings.language else None
    return address(path, language=selection.language or preferred)


def _in_languages(selection: Selection) -> dict[str, FeedLinks]:
    title = selection_title(selection, words().language)
    return {each.speech: feed_links(each, title, _base_url()) for each in in_languages(selection)}


def _examples(categories: Sequence[Category]) -> list[tuple[str, FeedLinks]]:
    """One example of each way to combine, with the newsroom's own categories; none while it has fewer than two."""
    if len(categories) < 2:
        return []
    one, other = categories[:2]
    combined = {
        "both": build([one, other], any_of=False),
        "either": build([one, other], any_of=True),
        "without": build([one], any_of=False, excluded=[other]),
        "prefer": build([one], any_of=False, prefer=words().language),
    }
    return [
        (kind, feed_links(made, selection_title(made, words().language), _base_url()))
        for kind, made in combined.items()
    ]


def _base_url() -> str:
    return current_desk().settings.base_url
