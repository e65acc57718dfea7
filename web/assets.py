"""Style sheets and scripts under addresses that carry a hash of their bytes: browsers may keep them for ever."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from posixpath import normpath

from flask import Flask, Response, request

from desk.context import Desk
from web.theme import stylesheet

FOR_EVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"


def install(app: Flask, desk: Desk) -> None:
    """Give templates ``asset(name)`` and ``theme``, their addresses; serve ``/theme.css``."""
    sheet = stylesheet(desk.settings.accent)
    theme = f"/theme.css?v={_hash(sheet.encode())}"

    def asset(name: str) -> str:
        return f"/static/{name}?v={_version(Path(str(app.static_folder)) / name)}"

    app.jinja_env.globals |= {"asset": asset, "theme": theme}

    @app.get("/theme.css")
    def theme_css() -> Response:
        return Response(sheet, mimetype="text/css")

    @app.get("/favicon.ico")
    def favicon() -> Response:
        """Browsers are told of the SVG by each page; who asks here (readers of feeds, old programs) needs pixels."""
        return Response(status=301, headers={"Location": "/static/icon-144.png", "Cache-Control": A_WHILE})

    @app.after_request
    def keep(response: Response) -> Response:
        if request.endpoint in {"static", "theme_css"} and response.status_code in {200, 206, 304}:
            named = theme if request.endpoint == "theme_css" else asset(normpath((request.view_args or {})["filename"]))
            # Another hash asks for bytes of another version: those given instead must not stay in its place.
            response.headers["Cache-Control"] = FOR_EVER if request.full_path == named else A_WHILE
        return response


@cache
def _version(path: Path) -> str:
    return _hash(path.read_bytes())


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()[:10]
