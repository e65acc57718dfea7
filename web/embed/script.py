"""The script that defines ``<depeche-news>``: one module, its style inside, made once from two readable files.

``/embed.js`` is always the one of today. ``/embed/<version>.js`` is for ever the same bytes, so that a partner can name
their hash (Subresource Integrity): the version is a hash too, and nothing in the script depends on settings.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256, sha384
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app, request
from werkzeug.wrappers import Response as AnyResponse

from desk.publishing.ready_bytes import Answer, answer
from news.errors import NotFound
from web.answers.reply import NO_ACTIVE_CONTENT, Headers
from web.assets import FOR_EVER
from web.feeds.documents import METHODS, Found, answered, for_every_site, preflight

PATH = "/embed.js"
FOLDER = Path(__file__).parents[2] / "static" / "embed"
_TYPE = "text/javascript; charset=utf-8"
_STYLE = "/* style */"
_POLICY: Headers = (*NO_ACTIVE_CONTENT, ("Cross-Origin-Resource-Policy", "cross-origin"))
blueprint = Blueprint("embed_script", __name__)
blueprint.after_request(for_every_site)


@dataclass(frozen=True, slots=True)
class Script:
    """The script of today. ``path``: of its address that never changes; ``integrity``: its hash, as HTML writes it;
    ``versions``: every script this program can answer with, by version."""

    version: str
    integrity: str
    versions: dict[str, Answer]

    @property
    def path(self) -> str:
        """Where the same bytes will always be."""
        return f"/embed/{self.version}.js"


def install(app: Flask) -> None:
    """Make the script once."""
    app.extensions["embed_script"] = made(FOLDER)
    app.register_blueprint(blueprint)


def script_of(app: Flask) -> Script:
    """The script of ``app``."""
    return cast(Script, app.extensions["embed_script"])


def found(app: Flask) -> Found:
    """``/embed.js``."""
    script = script_of(app)
    return Found(script.versions[script.version], _POLICY)


def made(folder: Path) -> Script:
    """The script made from the files of ``folder``, and the released ones kept there."""
    style = _small((folder / "element.css").read_text(encoding="utf-8"), r"/\*.*\*/")
    body = _small((folder / "element.js").read_text(encoding="utf-8"), r"//.*")
    assert body.count(f'"{_STYLE}"') == 1, "the script says where its style goes"
    script = body.replace(f'"{_STYLE}"', json.dumps(style)).encode()
    version = sha256(script).hexdigest()[:16]
    kept = {
        path.stem: answer(path.read_bytes(), _TYPE, lasting=True) for path in sorted((folder / "released").glob("*.js"))
    }
    return Script(version, integrity_of(script), kept | {version: answer(script, _TYPE, lasting=True)})


def integrity_of(script: bytes) -> str:
    """The hash of ``script`` for ``integrity="…"`` (Subresource Integrity §3.1)."""
    return f"sha384-{b64encode(sha384(script).digest()).decode()}"


def _small(text: str, comment: str) -> str:
    """``text`` without indentation, blank lines, and lines that are a comment and nothing else."""
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line and not re.fullmatch(comment, line))


@blueprint.route(PATH, methods=METHODS, provide_automatic_options=False)
def today() -> AnyResponse:
    """The script of today, kept for minutes."""
    script = script_of(current_app)
    return preflight() if request.method == "OPTIONS" else answered(script.versions[script.version], _POLICY)


@blueprint.route("/embed/<version>.js", methods=METHODS, provide_automatic_options=False)
def pinned(version: str) -> AnyResponse:
    """One version, kept for ever. Raises NotFound for one this program never had."""
    if request.method == "OPTIONS":
        return preflight()
    kept = script_of(current_app).versions.get(version)
    if kept is None:
        raise NotFound("embed.script.unknown")
    response = cast(Response, answered(kept, _POLICY))
    response.headers["Cache-Control"] = FOR_EVER
    return response
