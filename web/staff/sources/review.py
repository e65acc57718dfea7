"""The review list: what sources and authors propose; accepted or refused one by one or several at once, and one undo
for all of them."""

from __future__ import annotations

from collections.abc import Sequence

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.categories.registry import list_categories
from desk.items.bulk import Done
from desk.items.review import accept, categorise, refuse, waiting
from desk.sources.registry import list_sources
from desk.stories.joins import joins_of
from desk.stories.merging import resembling
from news.errors import InvalidInput
from news.ids import is_id
from news.users import Action
from web.context import current_desk, words
from web.language import message_of
from web.staff.access import me, needs, staff
from web.staff.paging import cut, page_number
from web.staff.undoing import just_done, remember, turn_back

Answer = Response | tuple[str, int]
PER_PAGE = 50
_DONE = {"accept": "staff.review.accepted", "edit": "staff.review.filed", "refuse": "staff.review.refused"}


@staff.get("/review")
@needs(Action.REVIEW)
def review() -> str:
    """What waits."""
    return _page(request.args.get("source", ""))


def _page(asked: str) -> str:
    desk, number = current_desk(), page_number()
    found = waiting(desk, PER_PAGE + 1, (number - 1) * PER_PAGE, asked or None)
    return render_template(
        "staff/review.html",
        page=cut(found, number, PER_PAGE),
        categories=list_categories(desk),
        sources=list_sources(desk),
        asked=asked,
        like=resembling(desk, [item.id for item in found]),
        joins=joins_of(desk, [item.id for item in found]),
        just_done=just_done(),
    )


@staff.post("/review")
@needs(Action.REVIEW)
def decide() -> Answer:
    """Accept, file or refuse the ticked items, or the one whose own button was pressed (``accept``/``refuse`` = its
    id). Filing (``action`` = edit) gives them the chosen categories, and leaves them waiting. 400, with the list and
    one sentence, when nothing is ticked or no category is chosen."""
    categories = tuple(request.form.getlist("categories"))
    try:
        verb, ids = _decision(categories)
    except InvalidInput as wrong:
        flash(message_of(wrong), "bad")
        return _page(request.form.get("source", "")), 400
    before = _versions(ids)
    if verb == "accept":
        count = accept(current_desk(), ids, me(), categories or None)
    elif verb == "edit":
        count = categorise(current_desk(), ids, me(), categories)
    else:
        count = refuse(current_desk(), ids, me())
    done = [Done(item_id, version) for item_id, version in _versions(ids).items() if version == before[item_id] + 1]
    if done:
        remember(words().count(_DONE[verb], count), done)
    else:
        flash(words().count(_DONE[verb], count), "good")
    return redirect(url_for(".review", source=request.form.get("source") or None), 303)


@staff.post("/review/undo")
@needs(Action.REVIEW)
def undo_decisions() -> Response:
    """Turn the last decisions back; 303 to the list."""
    turn_back()
    return redirect(url_for(".review", source=request.args.get("source") or None), 303)


def _versions(ids: Sequence[str]) -> dict[str, int]:
    """The version of each of these items that there is."""
    with current_desk().storage.read() as reader:
        return {item_id: item.version for item_id in ids if (item := reader.item(item_id))}


def _decision(categories: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    for verb in ("accept", "refuse"):
        if is_id(request.form.get(verb, "")):
            return verb, (request.form[verb],)
    verb, ids = request.form.get("action", ""), tuple(request.form.getlist("ids"))
    if verb not in ("accept", "edit", "refuse"):
        raise InvalidInput("staff.review.which")
    if not ids or not all(map(is_id, ids)):
        raise InvalidInput("staff.review.none")
    if verb == "edit" and not categories:
        raise InvalidInput("staff.review.no_category")
    return verb, ids
