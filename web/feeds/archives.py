"""Archive documents of feeds over HTTP: answered as the feeds themselves are."""

from __future__ import annotations

import re

from flask import Blueprint, Flask, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from desk.context import Desk
from desk.publishing.archive import archive_recipe
from desk.publishing.publisher import Moved
from web.answers.reply import NO_ACTIVE_CONTENT
from web.feeds.documents import METHODS, Found, answered, for_every_site, moved, preflight, publisher_of

_ADDRESS = re.compile(r"/feeds/([^/]+)/archive/([^/.]+)\.(atom|json)")
blueprint = Blueprint("archives", __name__)
blueprint.after_request(for_every_site)


def install(app: Flask, desk: Desk) -> None:
    """The archives of all feeds."""
    app.register_blueprint(blueprint)


def find(app: Flask, path: str) -> Found | None:
    """The archive document at ``path``, or None when none has such an address. Raises as ``Publisher.document`` does,
    and NotFound when the feed's past has no such document."""
    asked = _ADDRESS.fullmatch(path)
    if not asked:
        return None
    selection, name, format_name = asked.groups()
    return Found(publisher_of(app).document(selection, archive_recipe(name, format_name)), NO_ACTIVE_CONTENT)


@blueprint.route(
    "/feeds/<selection>/archive/<name>.<any(atom, json):format_name>", methods=METHODS, provide_automatic_options=False
)
def archive(selection: str, name: str, format_name: str) -> AnyResponse:
    """One archive document."""
    if request.method == "OPTIONS":
        return preflight()
    found = publisher_of(current_app).document(selection, archive_recipe(name, format_name))
    if isinstance(found, Moved):
        return moved(f"/feeds/{found.address}/archive/{name}.{format_name}")
    return answered(found, NO_ACTIVE_CONTENT)
