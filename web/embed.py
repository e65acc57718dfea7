"""The block over HTTP: a fragment for partner pages to include, a whole page for an iframe."""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from typing import cast
from urllib.parse import parse_qs

from flask import Blueprint, Flask, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from desk.block import FEWEST, MOST, USUAL, block_of
from desk.context import Desk
from desk.publish import Moved
from desk.recipes import Gather, Recipe, Write
from news.errors import InvalidInput
from news.selections import Selection
from news.text import one_line
from storage.contract import Reader
from storage.records import FeedState
from translations import translator
from web.answering import NO_ACTIVE_CONTENT, Headers
from web.feeds import METHODS, Found, answered, for_every_site, moved, preflight, publisher_of
from web.theme import stylesheet

_PREFIX = "/embed/"
_FRAGMENT = ".html"
_HTML = "text/html; charset=utf-8"
_LIMIT = re.compile(r"[0-9]{1,2}", re.ASCII)
blueprint = Blueprint("embed", __name__)
blueprint.after_request(for_every_site)


def install(app: Flask, desk: Desk) -> None:
    """The block, its page dressed in the newsroom's accent."""
    style = stylesheet(desk.settings.accent) + app.jinja_env.get_template("embed/page.css").render()
    app.extensions["block_style"], app.extensions["block_policy"] = style, _page_policy(style)
    app.extensions["block_fragment"] = _recipe(app, "fragment", USUAL)
    app.register_blueprint(blueprint)


def find(app: Flask, path: str, query: str) -> Found | None:
    """The block at ``path`` with ``query`` (as in the address), or None when no block has such an address.

    Raises InvalidInput, NotFound, Gone, StoreFailed.
    """
    name = path.removeprefix(_PREFIX)
    if name == path or not name or "/" in name:
        return None
    selection, kind = name.removesuffix(_FRAGMENT), "fragment" if name.endswith(_FRAGMENT) else "page"
    document = publisher_of(app).document(selection, _recipe(app, kind, limit_of(query)))
    return Found(document, cast(Headers, app.extensions["block_policy"]) if kind == "page" else NO_ACTIVE_CONTENT)


def limit_of(query: str) -> int:
    """How many items ``?limit=`` asks for: 1 to 20, 5 when it is not there. Raises InvalidInput."""
    given = parse_qs(query, keep_blank_values=True).get("limit") if "limit" in query else None
    if not given:
        return USUAL
    if not _LIMIT.fullmatch(given[0]) or not FEWEST <= int(given[0]) <= MOST:
        raise InvalidInput("embed.limit", given=one_line(given[0])[:20], fewest=FEWEST, most=MOST)
    return int(given[0])


@blueprint.route("/embed/<name>", methods=METHODS, provide_automatic_options=False)
def block(name: str) -> AnyResponse:
    """The block of a selection: the fragment where the address ends in ``.html``, else the page for an iframe."""
    if request.method == "OPTIONS":
        return preflight()
    query = request.query_string.decode("latin-1")
    found = find(current_app, request.path, query)
    assert found is not None, "the route and find() know the same addresses"
    if isinstance(found.answer, Moved):
        kind = _FRAGMENT if name.endswith(_FRAGMENT) else ""
        asked = f"?limit={limit_of(query)}" if "limit" in request.args else ""
        return moved(f"/embed/{found.answer.address}{kind}{asked}")
    return answered(found.answer, found.policy)


def _recipe(app: Flask, kind: str, limit: int) -> Recipe:
    return Recipe(f"{kind} of {limit}", _HTML, _gather(app, f"embed/{kind}.html", limit))


def _gather(app: Flask, template: str, limit: int) -> Gather:
    def gather(desk: Desk, reader: Reader, selection: Selection, state: FeedState) -> Write:
        block = block_of(desk, reader, selection, limit)
        words = {"t": translator(block.language), "newsroom": desk.settings, "style": app.extensions["block_style"]}
        page = app.jinja_env.get_template(template)
        return lambda: page.render(block=block, **words).encode()

    return gather


def _page_policy(style: str) -> Headers:
    """The page may stand in anybody's frame; its one style sheet is named by its hash (CSP Level 3 §2.3.1)."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'; frame-ancestors *"
    return (("Content-Security-Policy", rules), ("X-Robots-Tag", "noindex"))
