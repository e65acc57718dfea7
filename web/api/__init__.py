"""The API: what staff can do, as JSON under ``/api/v1``, for programs with a token."""

from __future__ import annotations

from flask import Flask

from desk.context import Desk
from web.api import (
    audit,
    categories,
    document,
    feeds,
    imports,
    items,
    items_bulk,
    items_doing,
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
    turn,
    users,
    webhooks,
)
from web.api.routes import ROUTES

__all__ = ["install"]
_OF_ITEMS = (items, items_bulk, items_doing, previews, stories, pictures, review)
_OF_SURROUNDINGS = (categories, feeds, sources, rules, imports, partners, newsroom)
_OF_PEOPLE = (me, tokens, users, people, audit, webhooks)
_PARTS = (document, *_OF_ITEMS, *_OF_SURROUNDINGS, *_OF_PEOPLE)


def install(app: Flask, _desk: Desk) -> None:
    """Answer every declared route; importing the parts has declared them."""
    for route in ROUTES:
        app.add_url_rule(
            route.rule, f"api.{route.name}", turn.view_of(route), methods=[route.method], provide_automatic_options=True
        )
