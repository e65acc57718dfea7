"""The staff desk: what the institution's own people see and do, below ``/staff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.staff import (
    account,
    account_factor,
    account_tokens,
    audience,
    audit,
    bulk,
    categories,
    category_ending,
    factor_first,
    filters,
    floods,
    item_history,
    items,
    joining,
    keeping,
    listing,
    mistakes,
    named_feed_changing,
    named_feeds,
    partners,
    people,
    planning,
    preview,
    review,
    rhythms,
    rules,
    source_edit,
    source_list,
    sources,
    stories,
    users,
    webhooks,
)
from web.staff.access import staff

if TYPE_CHECKING:
    from flask import Flask

    from desk.context import Desk

__all__ = [
    "account",
    "account_factor",
    "account_tokens",
    "audience",
    "audit",
    "bulk",
    "categories",
    "category_ending",
    "factor_first",
    "floods",
    "install",
    "item_history",
    "items",
    "joining",
    "keeping",
    "listing",
    "mistakes",
    "named_feed_changing",
    "named_feeds",
    "partners",
    "people",
    "planning",
    "preview",
    "review",
    "rules",
    "source_edit",
    "source_list",
    "sources",
    "stories",
    "users",
    "webhooks",
]


def install(app: Flask, desk: Desk) -> None:
    """Put the staff pages on ``app``. ``web.auth`` stands at their door."""
    filters.install(app, desk)
    rhythms.install(app, desk)
    app.register_blueprint(staff)
