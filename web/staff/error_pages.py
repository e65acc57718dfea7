"""Errors on staff pages, in the staff's language and with a way on; and what was typed is handed back."""

from __future__ import annotations

from flask import Response, make_response, render_template, request, url_for
from werkzeug.exceptions import HTTPException

from news.errors import DepecheError, StoreFailed
from web.context import current_desk, words
from web.errors import RETRY_STORE, status_of
from web.language import message_of
from web.sessions import LARGEST_FORM
from web.staff.access import staff
from web.staff.unsaved import kept

_TOO_LONG = 413
_TITLED = (400, 403, 404, 409, 410, _TOO_LONG, 429, 503)


@staff.errorhandler(DepecheError)
def mistake_page(error: DepecheError, status: int | None = None) -> Response:
    """The page that says what is wrong, what to do, and what was typed."""
    answer = status or status_of(error)
    title = f"staff.mistake.{answer if answer in _TITLED else 'other'}"
    sentence = words()(f"staff.{error.key}") if words().has(f"staff.{error.key}") else message_of(error)
    texts = {} if answer == _TOO_LONG else kept()
    page = render_template(
        "staff/mistake.html", sentence=sentence, title_key=title, kept=texts, way_on=_form() if not texts else None
    )
    made = make_response(page, answer)
    if isinstance(error, StoreFailed):
        made.headers["Retry-After"] = str(RETRY_STORE)
    return made


@staff.errorhandler(HTTPException)
def http_mistake(error: HTTPException) -> Response:
    """What the web itself refuses: too long a form, a wrong method."""
    status = error.code or 500
    if status == _TOO_LONG:
        most = current_desk().settings.picture_max_bytes // 1_000_000
        return mistake_page(DepecheError("staff.http.413", text=LARGEST_FORM // 1_000_000, picture=most), status)
    return mistake_page(DepecheError("staff.http.other"), status)


def _form() -> str | None:
    """Where the item form is that was sent, and could not be read: what was kept of it is offered there."""
    if request.endpoint == "staff.edit":
        return url_for("staff.item", **(request.view_args or {}))
    return url_for("staff.new_item") if request.endpoint == "staff.post_new_item" else None
