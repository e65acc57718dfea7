"""How often and how fast, in words: *une tous les 3 jours*, *1,2 s*; and the day of a moment."""

from __future__ import annotations

from datetime import datetime

from flask import Flask

from desk.context import Desk
from news.days import local_day, long_date
from translations import Translator
from web.context import words

_HOUR, _DAY, _WEEK, _MONTH = 3600, 86400, 7 * 86400, 30.4 * 86400


def install(app: Flask, desk: Desk) -> None:
    """Give templates ``rhythm`` (of seconds), ``took`` (of milliseconds) and ``long_day`` (of a moment)."""

    @app.template_filter("rhythm")
    def _rhythm(seconds: int) -> str:
        return rhythm_words(seconds, words())

    @app.template_filter("took")
    def _took(milliseconds: int) -> str:
        return took_words(milliseconds, words())

    @app.template_filter("long_day")
    def _long_day(moment: datetime) -> str:
        return long_date(local_day(moment, desk.settings.timezone), words().language)


def rhythm_words(seconds: int, t: Translator) -> str:
    """How often something comes that comes every so many seconds, about."""
    if seconds < 16 * _HOUR:
        return t("staff.rhythm.hours")
    if seconds < 1.5 * _DAY:
        return t("staff.rhythm.day")
    if seconds < 13.5 * _DAY:
        return t("staff.rhythm.days", n=max(round(seconds / _DAY), 2))
    if seconds < 8.5 * _WEEK:
        return t("staff.rhythm.weeks", n=max(round(seconds / _WEEK), 2))
    return t("staff.rhythm.months", n=max(round(seconds / _MONTH), 2))


def took_words(milliseconds: int, t: Translator) -> str:
    """``80 ms``, ``1,2 s`` in French, ``1.2 s`` in English."""
    if milliseconds < 1000:
        return t("staff.looks.ms", n=milliseconds)
    tenths = f"{milliseconds / 1000:.1f}"
    return t("staff.looks.seconds", n=tenths.replace(".", ",") if t.language == "fr" else tenths)
