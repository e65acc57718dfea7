"""The blocks that ``depeche export static`` writes as files: those that stand on most partners' pages."""

from __future__ import annotations

from flask import Flask

from desk.publishing.export_static import Kind
from desk.publishing.ready_bytes import Answer
from web.embed.kinds import KINDS, recipe
from web.embed.query import Wanted
from web.embed.script import PATH, script_of

# The fragment, what the element asks for, and the page for an iframe.
_ENDINGS = (".html", ".json", "")


def block_kinds(app: Flask) -> tuple[Kind, ...]:
    """The kinds of blocks, of as many items as most ask for."""
    return tuple(
        Kind("embed", ending, recipe(app, KINDS[ending], Wanted()), framed=KINDS[ending].framed, preferring=True)
        for ending in _ENDINGS
    )


def scripts(app: Flask) -> dict[str, Answer]:
    """The script that shows them, and every version there is, by their names in the folder."""
    script = script_of(app)
    versions = {f"embed/{version}.js": made for version, made in script.versions.items()}
    return {PATH.lstrip("/"): script.versions[script.version]} | versions
