"""One source: its settings, its last error, its items, and what may be done with it."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.categories.registry import list_categories
from desk.collecting.collect import refresh
from desk.items.listing import ItemFilter, list_items
from desk.sources.health import doing, log_of, week_starts
from desk.sources.registry import get_source, pause_source, remove_source, resume_source
from news.errors import InvalidInput
from news.users import Action
from web.context import current_desk, words
from web.language import message_of
from web.staff.access import me, needs, staff
from web.staff.paging import cut, page_number

PER_PAGE = 30


@staff.get("/sources/<source_id>")
@needs(Action.SOURCES)
def source(source_id: str) -> str:
    """The page of a source."""
    desk, number = current_desk(), page_number()
    found = get_source(desk, source_id)
    copies = list_items(desk, ItemFilter(source=found.id, limit=PER_PAGE + 1, offset=(number - 1) * PER_PAGE))
    return render_template(
        "staff/source.html",
        source=found,
        doing=doing(desk, found),
        looks=log_of(desk, found.id),
        week_starts=week_starts(desk),
        page=cut(copies, number, PER_PAGE),
        names={category.id: category.name(words().language) for category in list_categories(desk, retired=True)},
    )


@staff.post("/sources/<source_id>/refresh")
@needs(Action.SOURCES)
def refresh_source(source_id: str) -> Response:
    """Look at the source now, and say what came of it."""
    desk = current_desk()
    (outcome,) = refresh(desk, [get_source(desk, source_id)])
    if outcome.error:
        flash(message_of(outcome.error), "bad")
    else:
        counts = {"new": outcome.new, "changed": outcome.changed, "same": outcome.same}
        flash(words()("staff.source.refreshed", **counts), "good")
    return _back(source_id)


@staff.post("/sources/<source_id>/pause")
@needs(Action.SOURCES)
def pause(source_id: str) -> Response:
    """Stop looking at the source until it is resumed."""
    pause_source(current_desk(), source_id, me())
    flash(words()("staff.source.paused"), "good")
    return _back(source_id)


@staff.post("/sources/<source_id>/resume")
@needs(Action.SOURCES)
def resume(source_id: str) -> Response:
    """Look at the source again."""
    resume_source(current_desk(), source_id, me())
    flash(words()("staff.source.resumed"), "good")
    return _back(source_id)


@staff.post("/sources/<source_id>/remove")
@needs(Action.SOURCES)
def remove(source_id: str) -> Response:
    """Collect from it no more; its items stay (``items`` = keep) or are withdrawn (withdraw)."""
    fate = request.form.get("items", "")
    if fate not in ("keep", "withdraw"):
        raise InvalidInput("staff.source.remove.which")
    name = get_source(current_desk(), source_id).name
    remove_source(current_desk(), source_id, fate, me())
    flash(words()(f"staff.source.removed.{fate}", name=name), "good")
    return redirect(url_for(".sources"), 303)


def _back(source_id: str) -> Response:
    return redirect(url_for(".source", source_id=source_id), 303)
