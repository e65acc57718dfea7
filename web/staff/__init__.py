"""The staff desk: what the institution's own people see and do, below ``/staff``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from web.staff import categories, error_pages, items, outside, people, sources, template_filters
from web.staff.access import staff
from web.staff.sources import rhythms

if TYPE_CHECKING:
    from flask import Flask

    from desk.context import Desk

__all__ = ["categories", "error_pages", "install", "items", "outside", "people", "sources"]


def install(app: Flask, desk: Desk) -> None:
    """Put the staff pages on ``app``. ``web.auth.sign_in`` stands at their door."""
    template_filters.install(app, desk)
    rhythms.install(app, desk)
    app.register_blueprint(staff)
