"""One story, several sources: what resembles what is joined or kept apart, and a copy is split off again."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from desk.stories.merging import keep_apart, merge_items, split_item
from news.errors import InvalidInput
from news.ids import is_id
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff


@staff.post("/items/<item_id>/story")
@needs(Action.REVIEW)
def story(item_id: str) -> Response:
    """``merge`` or ``apart``: the id of the item that this one is, or is not, a copy of; or ``split``."""
    desk, form = current_desk(), request.form
    if other := form.get("merge", "").strip():
        into = merge_items(desk, item_id, other, me())
        flash(words()("staff.story.merged", title=into.title), "good")
    elif other := form.get("apart", "").strip():
        keep_apart(desk, item_id, other, me())
        flash(words()("staff.story.apart"), "good")
    elif "split" in form:
        flash(words()("staff.story.split", title=split_item(desk, item_id, me()).title), "good")
    else:
        raise InvalidInput("staff.story.which")
    if form.get("back") == "item":
        return redirect(url_for(".item", item_id=item_id), 303)
    if is_id(form.get("back", "")):
        return redirect(url_for(".item", item_id=form["back"]), 303)
    return redirect(url_for(".review", source=form.get("source") or None), 303)
