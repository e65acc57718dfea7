"""One action on the ticked items of the list, and one undo for all of them."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from desk.items.bulk import Outcome, Verb, act_on
from news.errors import InvalidInput
from news.users import Action
from web.context import current_desk, words
from web.language import message_of
from web.staff.access import me, needs, staff
from web.staff.items.query import FILTERS
from web.staff.undoing import remember, turn_back

_MOST_NAMED = 5


@staff.post("/items/bulk")
@needs(Action.WRITE)
def act() -> Response:
    """Act on the ticked items; 303 back to the list as it was filtered."""
    form = request.form
    ids = tuple(form.getlist("ids"))
    outcome = act_on(
        current_desk(), ids, _verb(), me(), category=form.get("category", ""), reason=form.get("reason", "").strip()
    )
    _tell(_verb(), outcome)
    return _back()


@staff.post("/items/undo")
@needs(Action.WRITE)
def undo_last() -> Response:
    """Turn the last action back; 303 to the list."""
    turn_back()
    return _back()


def _verb() -> Verb:
    given = request.form.get("action", "")
    if given not in tuple(Verb):
        raise InvalidInput("lists.bulk.which")
    return Verb(given)


def _tell(verb: Verb, outcome: Outcome) -> None:
    if outcome.done:
        remember(words().count(f"lists.done.{verb.value}", len(outcome.done)), outcome.done)
    if outcome.same:
        flash(words().count("lists.same", outcome.same), "info")
    for left in outcome.left[:_MOST_NAMED]:
        flash(words()("lists.left", title=left.title[:80], why=message_of(left.error)), "warn")
    if len(outcome.left) > _MOST_NAMED:
        flash(words().count("lists.left.more", len(outcome.left) - _MOST_NAMED), "warn")


def _back() -> Response:
    """The list under the filters that the form's own address carries, and no other address whatever it says."""
    kept = {name: request.args[name] for name in (*FILTERS, "after", "before") if request.args.get(name)}
    return redirect(url_for("staff.items", **kept), 303)  # type: ignore[arg-type]
