"""The review list: what sources and authors propose; accepted or refused one by one or several at once."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.categories import list_categories
from desk.review import accept, refuse, waiting
from news.errors import InvalidInput
from news.ids import is_id
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.paging import cut, page_number

PER_PAGE = 50


@staff.get("/review")
@needs(Action.REVIEW)
def review() -> str:
    """What waits."""
    desk, number = current_desk(), page_number()
    found = waiting(desk, PER_PAGE + 1, (number - 1) * PER_PAGE)
    return render_template("staff/review.html", page=cut(found, number, PER_PAGE), categories=list_categories(desk))


@staff.post("/review")
@needs(Action.REVIEW)
def decide() -> Response:
    """Accept or refuse the ticked items, or the one whose own button was pressed (``accept``/``refuse`` = its id)."""
    verb, ids = _decision()
    if verb == "accept":
        count = accept(current_desk(), ids, me(), tuple(request.form.getlist("categories")) or None)
    else:
        count = refuse(current_desk(), ids, me())
    flash(words().count(f"staff.review.{verb}ed", count), "good")
    return redirect(url_for(".review"), 303)


def _decision() -> tuple[str, tuple[str, ...]]:
    for verb in ("accept", "refuse"):
        if is_id(request.form.get(verb, "")):
            return verb, (request.form[verb],)
    verb, ids = request.form.get("action", ""), tuple(request.form.getlist("ids"))
    if verb not in ("accept", "refuse"):
        raise InvalidInput("staff.review.which")
    if not ids or not all(map(is_id, ids)):
        raise InvalidInput("staff.review.none")
    return verb, ids
