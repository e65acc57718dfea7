"""The API: what staff can do, as JSON under ``/api/v1``, for programs with a token."""

from __future__ import annotations

from flask import Flask

from desk.context import Desk
from web.api import (
    categories,
    document,
    feeds,
    items,
    items_doing,
    me,
    pictures,
    review,
    rules,
    sources,
    turn,
    users,
    webhooks,
)
from web.api.routes import ROUTES

__all__ = ["install"]
_PARTS = (document, me, items, items_doing, pictures, review, categories, feeds, sources, rules, users, webhooks)


def install(app: Flask, _desk: Desk) -> None:
    """Answer every declared route; importing the parts has declared them."""
    for route in ROUTES:
        app.add_url_rule(
            route.rule, f"api.{route.name}", turn.view_of(route), methods=[route.method], provide_automatic_options=True
        )
