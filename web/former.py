"""Old addresses of the site the newsroom took over from answer 301, so that no subscriber and no link is lost."""

from __future__ import annotations

from flask import Flask, request
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from desk.context import Desk
from desk.former import moved_to
from web.conditional import moved
from web.context import current_desk

_SHORT = {"feed", "p"}


def install(app: Flask, _desk: Desk) -> None:
    """Look among old addresses wherever nothing stands today."""
    app.before_request(_where_it_is_today)


def _where_it_is_today() -> Response | None:
    nothing_here = isinstance(request.routing_exception, NotFound)
    short = request.path == "/" and not _SHORT.isdisjoint(request.args)
    if request.method not in ("GET", "HEAD") or not (nothing_here or short):
        return None
    found = moved_to(current_desk(), request.path, request.args)
    return moved(found) if found else None
