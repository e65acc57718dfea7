"""What staff templates may say of a value: moments in words, the day of an item, this page in another language."""

from __future__ import annotations

from datetime import date, datetime
from urllib.parse import urlencode

from flask import Flask, request, url_for

from desk.context import Desk
from desk.sources.registry import address_for_people
from news.items import Item
from news.typed_days import shown_text
from web.context import words
from web.staff.moments import item_day, moment_words, near_words, table_day
from web.staff.person_names import person_name


def install(app: Flask, desk: Desk) -> None:
    """Give templates ``moment``, ``recently``, ``soon`` (moments in words) and ``item_day``;
    ``date_field``: a form's date as people write it; ``site``: a source's address for people."""
    zone = desk.settings.timezone
    app.jinja_env.globals["lang_link"] = language_link
    app.jinja_env.filters["person"] = person_name
    app.jinja_env.filters["site"] = address_for_people

    @app.template_filter("moment")
    def _moment(moment: datetime) -> str:
        return moment_words(moment, zone, words())

    @app.template_filter("recently")
    def _recently(moment: datetime) -> str:
        return near_words(moment, desk.now(), zone, words())

    @app.template_filter("soon")
    def _soon(moment: datetime) -> str:
        return words()("staff.moment.now") if moment <= desk.now() else near_words(moment, desk.now(), zone, words())

    @app.template_filter("table_day")
    def _table_day(day: date) -> str:
        return table_day(day, words().language)

    @app.template_filter("date_field")
    def _date_field(text: str) -> str:
        return shown_text(text, words().language)

    @app.template_filter("item_day")
    def _item_day(item: Item) -> date:
        return item_day(item, zone)


def language_link(language: str) -> str:
    """The address of this page in ``language``; the list, where this page only takes forms."""
    path = request.path if request.method in ("GET", "HEAD") else url_for("staff.items")
    return f"{path}?{urlencode({**request.args.to_dict(), 'lang': language})}"
