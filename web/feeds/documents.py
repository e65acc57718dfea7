"""Feeds over HTTP: ready bytes, moved addresses, the list of all feeds."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, cast

from flask import Blueprint, Flask, Response, current_app, redirect, request
from werkzeug.exceptions import NotAcceptable
from werkzeug.wrappers import Response as AnyResponse

from desk.context import Desk
from desk.partners.counting import key_in
from desk.publishing.feed_list import feed_list_answer
from desk.publishing.publisher import Moved, Publisher
from desk.publishing.ready_bytes import Answer
from feeds.formats import FORMATS
from web.answers.reply import ALLOWED, CROSS_ORIGIN, NO_ACTIVE_CONTENT, Headers, reply
from web.context import current_desk

METHODS = ["GET", "HEAD", "OPTIONS"]
_PREFIX = "/feeds/"
_MOVED_FOR = "public, max-age=300"
_PREFLIGHT = {
    "Allow": ALLOWED,
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ALLOWED,
    "Access-Control-Allow-Headers": "If-None-Match, If-Modified-Since, Cache-Control",
    "Access-Control-Max-Age": "86400",
}
blueprint = Blueprint("feeds", __name__)


class Found(NamedTuple):
    """What stands at an address, and the headers of its kind. ``lasting``: both stay until something changes."""

    answer: Answer | Moved
    policy: Headers
    lasting: bool = True


def install(app: Flask, desk: Desk) -> None:
    """The feeds, and the publisher every ready answer comes from."""
    app.extensions["publisher"] = Publisher(desk)
    app.register_blueprint(blueprint)
    app.after_request(_look_at_once)


def publisher_of(app: Flask) -> Publisher:
    """The publisher of ``app``."""
    return cast(Publisher, app.extensions["publisher"])


def find(app: Flask, path: str) -> Found | None:
    """The feed at ``path``, or None when no feed has such an address. Raises as ``Publisher.feed`` does."""
    named = _named(path)
    return Found(publisher_of(app).feed(*named), NO_ACTIVE_CONTENT) if named else None


@lru_cache(maxsize=4096)
def _named(path: str) -> tuple[str, str] | None:
    """The selection and the format that ``path`` names, if it is a feed's."""
    selection, dot, name = path.removeprefix(_PREFIX).rpartition(".")
    if not path.startswith(_PREFIX) or not dot or name not in FORMATS or "/" in selection:
        return None
    return selection, name


@blueprint.route("/feeds/<selection>.<any(atom, rss, json):name>", methods=METHODS, provide_automatic_options=False)
def feed(selection: str, name: str) -> AnyResponse:
    """One feed in one format."""
    if request.method == "OPTIONS":
        return preflight()
    found = publisher_of(current_app).feed(selection, name)
    if isinstance(found, Moved):
        key = key_in(request.query_string.decode("latin-1"))
        return moved(f"/feeds/{found.address}.{name}" + (f"?p={key}" if key else ""))
    return answered(found, NO_ACTIVE_CONTENT)


@blueprint.route("/feeds.opml", methods=METHODS, provide_automatic_options=False)
def all_feeds() -> AnyResponse:
    """Every feed of the newsroom as a list readers can import."""
    if request.method == "OPTIONS":
        return preflight()
    return answered(feed_list_answer(current_desk()), NO_ACTIVE_CONTENT)


@blueprint.after_request
def for_every_site(response: AnyResponse) -> AnyResponse:
    """Errors and redirects too may be read by scripts of other sites: they say what is wrong."""
    response.headers.setdefault(*CROSS_ORIGIN)
    return response


def answered(ready: Answer, policy: Headers) -> AnyResponse:
    """``ready`` as Flask's answer to this request. Raises NotAcceptable."""
    made = reply(ready, request.environ, current_desk().now, policy)
    if made is None:
        raise NotAcceptable
    response = Response(made.body, made.status)
    del response.headers["Content-Type"], response.headers["Content-Length"]
    response.headers.extend(made.headers)
    return response


def moved(path: str) -> AnyResponse:
    """301 to ``path``, on whatever host the request came to (RFC 9110 §10.2.2: a relative reference)."""
    response = redirect(path, 301)
    response.headers["Cache-Control"] = _MOVED_FOR
    return response


def preflight() -> AnyResponse:
    """What may be asked of a feed or a block, and by whom: everybody (Fetch Standard, CORS-preflight request)."""
    response = Response(status=204, headers=_PREFLIGHT)
    del response.headers["Content-Type"]
    return response


def _look_at_once(response: Response) -> Response:
    """Whoever has just posted sees it in the very next answer of this process."""
    if request.method not in METHODS:
        publisher_of(current_app).changed()
    return response
