"""``/sitemap-news.xml`` and one for each language; ``/robots.txt``, which names them."""

from __future__ import annotations

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response as AnyResponse

from desk.context import Desk
from desk.publishing.publisher import Moved
from desk.publishing.sitemap import SELECTIONS, SITEMAP, sitemap_path
from web.answers.reply import NO_ACTIVE_CONTENT
from web.context import current_desk
from web.feeds.documents import METHODS, answered, for_every_site, preflight, publisher_of

FOR_CRAWLERS = "User-agent: *\nDisallow: /staff/\nAllow: /\n"
_BY_PATH = {sitemap_path(selection): selection for selection in SELECTIONS}
blueprint = Blueprint("sitemap", __name__)
blueprint.after_request(for_every_site)


def install(app: Flask, _desk: Desk) -> None:
    """The sitemaps and ``/robots.txt``."""
    app.register_blueprint(blueprint)


@blueprint.route("/sitemap-news.xml", methods=METHODS, provide_automatic_options=False)
@blueprint.route("/sitemap-news.<language>.xml", methods=METHODS, provide_automatic_options=False)
def news(language: str = "") -> AnyResponse:
    """The sitemap of the latest items, with the validators of a feed. Raises NotFound for no language of ours."""
    selection = _BY_PATH.get(request.path)
    if selection is None:
        raise NotFound
    if request.method == "OPTIONS":
        return preflight()
    found = publisher_of(current_app).document(selection, SITEMAP)
    assert not isinstance(found, Moved), "“all” has one address for ever"
    return answered(found, NO_ACTIVE_CONTENT)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """What crawlers may read (RFC 9309), and where the latest news is listed (https://www.sitemaps.org/protocol.html,
    "Specifying the Sitemap location in your robots.txt file")."""
    base = current_desk().settings.base_url
    lines = "".join(f"Sitemap: {base}{path}\n" for path in _BY_PATH)
    response = Response(f"{FOR_CRAWLERS}\n{lines}", mimetype="text/plain")
    response.headers["Cache-Control"] = "public, max-age=3600"
    return response
