"""One item as a block of its own, for an iframe: what a wiki shows where somebody pasted the item's address."""

from __future__ import annotations

from flask import Blueprint, Flask, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from desk.publishing.block import block_of_item
from desk.publishing.browse import item_page
from desk.publishing.ready_bytes import answer
from news.errors import DepecheError
from web.context import current_desk
from web.embed.errors import no_block
from web.embed.kinds import KINDS, page_of
from web.feeds.documents import METHODS, answered, for_every_site, preflight

blueprint = Blueprint("embed_item", __name__)
blueprint.after_request(for_every_site)
blueprint.register_error_handler(DepecheError, no_block)


def install(app: Flask) -> None:
    """``/embed/items/<id>``."""
    app.register_blueprint(blueprint)


@blueprint.route("/embed/items/<item_id>", methods=METHODS, provide_automatic_options=False)
def one(item_id: str) -> AnyResponse:
    """The item as a page for an iframe. Raises NotFound, Gone."""
    if request.method == "OPTIONS":
        return preflight()
    desk, kind = current_desk(), KINDS[""]
    asked = kind.asked(request.query_string.decode("latin-1"))
    block = block_of_item(desk, item_page(desk, item_id).view)
    page = page_of(current_app, block, asked).encode()
    if request.method == "GET":
        current_app.extensions["counted"].seen(request.path, request.query_string.decode("latin-1"), request.environ)
    return answered(answer(page, kind.content_type), kind.policy(current_app, asked))
