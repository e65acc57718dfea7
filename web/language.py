"""Which language a page speaks: public pages by their address alone, staff pages by the person's choice."""

from __future__ import annotations

from datetime import date

from flask import Flask, g, request
from markupsafe import Markup

from desk.context import Desk
from news.days import long_date, short_date
from news.errors import DepecheError
from translations import LANGUAGES, translator
from web.context import words


def install(app: Flask, desk: Desk) -> None:
    """Give every template ``t(key, **args)``, ``tn(key, n, **args)``, ``lang`` and the date filters."""

    @app.before_request
    def choose() -> None:
        asked = request.args.get("lang", "")
        g.words = translator(asked if asked in LANGUAGES else desk.settings.language)

    @app.context_processor
    def speak() -> dict[str, object]:
        return {
            "t": words(),
            "tn": words().count,
            "lang": words().language,
            "newsroom": desk.settings,
            "message_of": message_of,
        }

    @app.template_filter("long_date")
    def _long(day: date) -> str:
        return long_date(day, words().language)

    @app.template_filter("short_date")
    def _short(day: date) -> str:
        return short_date(day, words().language)


def speak(language: str) -> None:
    """Make the rest of this page speak ``language`` (a staff member's own)."""
    g.words = translator(language)


def message_of(error: DepecheError) -> str | Markup:
    """The sentence of ``error`` in the page's language, as plain text."""
    return words()(error.key, **error.message_args)
