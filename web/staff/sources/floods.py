"""Floods: what a source says is all new, shown and decided as one."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.sources.floods import decide_flood, flood_items, flood_of, floods
from desk.sources.registry import get_source
from news.floods import Flood
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.paging import cut, page_number

PER_PAGE = 50


@staff.context_processor
def waiting_floods() -> dict[str, object]:
    """``flood_of(source)`` and ``floods()``, for the pages that show one."""
    return {"flood_of": _flood_of, "floods": lambda: floods(current_desk())}


@staff.get("/sources/<source_id>/flood")
@needs(Action.REVIEW)
def flood(source_id: str) -> str:
    """The items that wait together."""
    desk, number = current_desk(), page_number()
    found = get_source(desk, source_id)
    items = flood_items(desk, found.id)[(number - 1) * PER_PAGE : number * PER_PAGE + 1]
    return render_template("staff/flood.html", source=found, page=cut(items, number, PER_PAGE))


@staff.post("/sources/<source_id>/flood")
@needs(Action.REVIEW)
def decide_on_flood(source_id: str) -> Response:
    """``verdict``: accept, same or refuse."""
    verdict = request.form.get("verdict", "")
    decided = decide_flood(current_desk(), source_id, verdict, me())
    flash(words()(f"staff.flood.done.{verdict}", done=decided.done, wait=decided.wait), "good")
    return redirect(url_for(".review"), 303)


def _flood_of(source_id: str) -> Flood | None:
    return flood_of(current_desk(), source_id)
