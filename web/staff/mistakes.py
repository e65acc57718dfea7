"""Errors on staff pages, in the staff's language and with a way on; and what was typed is handed back."""

from __future__ import annotations

from flask import Response, make_response, render_template
from werkzeug.exceptions import HTTPException

from news.errors import DepecheError, StoreFailed
from web.context import words
from web.errors import RETRY_STORE, status_of
from web.language import message_of
from web.staff.access import staff
from web.staff.kept import kept

_TOO_LONG = 413
_TITLED = (400, 403, 404, 409, 410, _TOO_LONG, 429, 503)


@staff.errorhandler(DepecheError)
def mistake_page(error: DepecheError, status: int | None = None) -> Response:
    """The page that says what is wrong, what to do, and what was typed."""
    answer = status or status_of(error)
    title = f"staff.mistake.{answer if answer in _TITLED else 'other'}"
    sentence = words()(f"staff.{error.key}") if words().has(f"staff.{error.key}") else message_of(error)
    texts = {} if answer == _TOO_LONG else kept()
    made = make_response(render_template("staff/mistake.html", sentence=sentence, title_key=title, kept=texts), answer)
    if isinstance(error, StoreFailed):
        made.headers["Retry-After"] = str(RETRY_STORE)
    return made


@staff.errorhandler(HTTPException)
def http_mistake(error: HTTPException) -> Response:
    """What the web itself refuses: too long a form, a wrong method."""
    status = error.code or 500
    return mistake_page(DepecheError("staff.http.413" if status == _TOO_LONG else "staff.http.other"), status)
