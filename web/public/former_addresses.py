"""Old addresses of the site the newsroom took over from answer 301, so that no subscriber and no link is lost; and so
do our own with a slash too many at the end."""

from __future__ import annotations

from urllib.parse import quote

from flask import Flask, current_app, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from desk.context import Desk
from desk.publishing.former_addresses import moved_to
from web.answers.conditional import moved
from web.context import current_desk


def install(app: Flask, _desk: Desk) -> None:
    """Look among old addresses wherever nothing stands today."""
    app.before_request(_where_it_is_today)


def _where_it_is_today() -> Response | None:
    nothing_here = isinstance(request.routing_exception, NotFound)
    if request.method not in ("GET", "HEAD") or not (nothing_here or _told_by_its_query()):
        return None
    found = moved_to(current_desk(), request.path, request.args)
    found = found or (_without_slash() if nothing_here else None)
    return moved(found) if found else None


def _told_by_its_query() -> bool:
    """Whether WordPress told a feed or an item by what follows the ``?``, where something of ours stands today."""
    if request.path == "/":
        return "feed" in request.args or "p" in request.args
    return "feed" in request.args and request.path.startswith("/category/")


def _without_slash() -> str | None:
    """The address of this request without the slash at its end, where something of ours stands there."""
    path = request.path.removesuffix("/")
    if path in (request.path, "") or path.startswith("//"):
        return None
    here = current_app.create_url_adapter(request)
    if here is None or not here.test(path, method="GET"):
        return None
    query = request.query_string.decode("ascii", "ignore")
    return quote(path, safe="/+,!:@") + (f"?{query}" if query else "")
