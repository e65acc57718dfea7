"""The block over HTTP: the same news in every form a partner can carry.

A fragment to include, a whole page for an iframe, JSON for the element ``<depeche-news>``, a table for
e-mail, plain text.
"""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from desk.context import Desk
from desk.partners.counting import key_in
from desk.publishing.frame_ancestors import ANYBODY, FrameAncestors
from desk.publishing.publisher import Moved
from desk.publishing.ready_bytes import Answer
from news.errors import DepecheError, NotFound
from news.text import one_line
from web.embed import builder as embed_builder
from web.embed import item as embed_item
from web.embed import script as embed_script
from web.embed.errors import no_block
from web.embed.files import block_kinds, scripts
from web.embed.kinds import INCLUDED, Kind, kind_of, recipe
from web.feeds.documents import METHODS, Found, answered, for_every_site, moved, preflight, publisher_of

_PREFIX = "/embed/"
blueprint = Blueprint("embed", __name__)
blueprint.after_request(for_every_site)
blueprint.register_error_handler(DepecheError, no_block)


def install(app: Flask, desk: Desk) -> None:
    """The block in all its forms, and the script that shows it."""
    embed_script.install(app)
    embed_item.install(app)
    embed_builder.install(app)
    app.extensions["block_files"] = (block_kinds(app), scripts(app))
    app.extensions["frame_ancestors"] = FrameAncestors(desk, publisher_of(app).freshness)
    app.register_blueprint(blueprint)


def find(app: Flask, path: str, query: str) -> Found | None:
    """The block at ``path`` with ``query`` (as in the address), or the script; None when neither has such an address.

    Raises InvalidInput, NotFound, Gone, StoreFailed.
    """
    if path == embed_script.PATH:
        return embed_script.found(app)
    name = path.removeprefix(_PREFIX)
    if name == path or not name or "/" in name or name.endswith(".js"):
        return None
    selection, kind = kind_of(name)
    asked = kind.asked(query)
    answer = publisher_of(app).document(selection, recipe(app, kind, asked))
    framing: FrameAncestors = app.extensions["frame_ancestors"]
    open_to = framing.ancestors(selection, key_in(query)) if kind.framed else ANYBODY
    return Found(answer, kind.policy(app, asked, open_to), lasting=not kind.framed or framing.settled())


@blueprint.route("/embed/<name>", methods=METHODS, provide_automatic_options=False)
def block(name: str) -> AnyResponse:
    """The block of a selection, in the form its address ends with; without one, the page for an iframe."""
    if request.method == "OPTIONS":
        return preflight()
    query = request.query_string.decode("latin-1")
    found = find(current_app, request.path, query)
    assert found is not None, "the routes and find() know the same addresses"
    if isinstance(found.answer, Moved):
        kind = kind_of(name)[1]
        said = (kind.asked(query).query, f"p={key}" if (key := key_in(query)) else "")
        asked = "&".join(each for each in said if each)
        response = moved(f"/embed/{found.answer.address}{kind.ending}" + (f"?{asked}" if asked else ""))
        if kind.ending == INCLUDED:
            _say(response, found.answer.address, kind, query)
        return response
    return answered(found.answer, found.policy)


@blueprint.route("/embed/<path:name>", methods=METHODS, provide_automatic_options=False)
def below(name: str) -> AnyResponse:
    """What has no block either, and says so as a block does: to scripts of any site, and in frames."""
    if request.method == "OPTIONS":
        return preflight()
    raise NotFound("embed.below", given=one_line(name)[:80])


def _say(response: AnyResponse, address: str, kind: Kind, query: str) -> None:
    """Servers that include the block follow nobody elsewhere and show what a redirect says: it says the block."""
    answer = publisher_of(current_app).document(address, recipe(current_app, kind, kind.asked(query)))
    if isinstance(answer, Answer):
        response.data = answer.body
