"""The API: what staff can do, as JSON under ``/api/v1``, for programs with a token."""

from __future__ import annotations

from flask import Flask

from desk.context import Desk
from web.api import (
    audit,
    categories,
    dispatch,
    document,
    feeds,
    imports,
    items,
    items_bulk,
    items_retracting,
    me,
    newsroom,
    partners,
    people,
    pictures,
    previews,
    review,
    rules,
    sources,
    stories,
    tokens,
    users,
    webhooks,
)
from web.api.routes import ROUTES

__all__ = ["install"]
_OF_ITEMS = (items, items_bulk, items_retracting, previews, stories, pictures, review)
_OF_SURROUNDINGS = (categories, feeds, sources, rules, imports, partners, newsroom)
_OF_PEOPLE = (me, tokens, users, people, audit, webhooks)
_PARTS = (document, *_OF_ITEMS, *_OF_SURROUNDINGS, *_OF_PEOPLE)


def install(app: Flask, _desk: Desk) -> None:
    """Answer every declared route; importing the parts has declared them."""
    for route in ROUTES:
        view = dispatch.view_of(route)
        app.add_url_rule(route.rule, f"api.{route.name}", view, methods=[route.method], provide_automatic_options=True)
