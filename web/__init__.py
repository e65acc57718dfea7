"""The web: blueprints over the desk. A handler reads, validates, acts, answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web import api, errors, health, language, staff
from web.auth import one_time_links, sign_in
from web.embed import blocks, oembed
from web.feeds import archives, documents
from web.middleware import oversize, ready_answers, security
from web.public import former_addresses, media, pages, sitemap

if TYPE_CHECKING:
    from flask import Flask

    from desk.context import Desk


__all__ = ["install", "one_time_links"]


def install(app: Flask, desk: Desk) -> None:
    """Put everything the newsroom shows on ``app``."""
    app.extensions["desk"] = desk
    # Werkzeug would lead "//" to "/" by an absolute address made of whatever host the request names.
    app.url_map.merge_slashes = False
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    shown = (pages, documents, archives, blocks, oembed, media, sitemap)
    for part in (security, language, errors, health, *shown, sign_in, staff, api, former_addresses):
        part.install(app, desk)
    oversize.install(app, desk)
    ready_answers.install(app, desk)
