"""The newsroom for readers: front page, categories, items, search. Answers depend on the address alone."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from desk.context import Desk
from desk.publishing.browse import ItemPage, Listing, item_page, listing
from desk.publishing.item_body import body_on_page
from news.errors import NotFound
from news.links import host_of
from news.selections import parse
from translations import LANGUAGES
from web import assets
from web.answers.conditional import moved, page
from web.context import current_desk, words
from web.language import speak
from web.layout import frame, item_frame
from web.public import feed_pages
from web.public.article import news_article
from web.query import Asked, address, asked, carried_language

pages = Blueprint("public", __name__)


def install(app: Flask, desk: Desk) -> None:
    """The public pages, and what their templates use."""
    app.jinja_env.globals |= {"address": address, "host_of": host_of}
    app.context_processor(lambda: {"carried": carried_language()})
    app.register_blueprint(pages)
    feed_pages.install(app, desk)
    assets.install(app, desk)


@pages.get("/")
def front() -> AnyResponse:
    """All news, or a search in it."""
    wanted = asked()
    return _list(_listing("all", wanted), wanted, "/")


@pages.get("/category/<slug>")
def category(slug: str) -> AnyResponse:
    """One category's news; 301 from an address it had before, and to the page of a named feed."""
    written = parse(slug)
    if len(written.members) != 1 or written.language or written.prefer or written.excluded:
        raise NotFound("public.category.unknown", given=slug[:80])
    wanted = asked()
    shown = _listing(slug, wanted)
    if shown.selection.named:
        return moved(address(f"/feeds/{shown.selection.address}", language=wanted.language))
    path = f"/category/{shown.selection.base}"
    if shown.selection.base != slug:
        return moved(address(path, q=wanted.q, page=wanted.page, language=wanted.language))
    return _list(shown, wanted, path)


@pages.get("/items/<item_id>")
@pages.get("/items/<item_id>/")
@pages.get("/items/<item_id>/<slug>")
def item(item_id: str, slug: str = "") -> AnyResponse:
    """One item; 301 to its one address from every other that names its id."""
    wanted = asked()
    found = item_page(current_desk(), item_id)
    if request.path != found.view.path:
        return moved(address(found.view.path, language=wanted.language))
    if wanted.language is None and found.view.item.language in LANGUAGES:
        speak(found.view.item.language)
    article = news_article(found.view, current_desk().settings, words().language)
    body, pictured = body_on_page(found.view)
    html = render_template(
        "public/item.html",
        found=found,
        view=found.view,
        article=article,
        body=body,
        pictured=pictured,
        **_around(found),
    )
    return page(html)


def _listing(selection: str, wanted: Asked) -> Listing:
    return listing(current_desk(), selection, page=wanted.page, q=wanted.q, language=wanted.language)


def _list(shown: Listing, wanted: Asked, path: str) -> AnyResponse:
    if wanted.page > 1 and not shown.items:
        raise NotFound("public.page.beyond")
    around = frame(path, shown.selection, current=shown.selection.base, q=wanted.q, page=wanted.page)
    html = render_template("public/listing.html", listing=shown, wanted=wanted, path=path, **around)
    return page(html)


def _around(found: ItemPage) -> dict[str, object]:
    versions = {view.item.language: view.path for view in (found.view, *found.translations)}
    first = found.view.categories[0] if found.view.categories else None
    return item_frame(found.view.path, first, versions)
