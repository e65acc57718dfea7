"""One action on the ticked items of the list, and one undo for all of them."""

from __future__ import annotations

from dataclasses import dataclass

from flask import flash, redirect, request, session, url_for
from werkzeug.wrappers import Response

from desk.items.bulk import MOST_AT_ONCE, Done, Outcome, Verb, act_on
from desk.items.undoing import undo
from news.errors import InvalidInput
from news.ids import is_id
from news.users import Action
from web.context import current_desk, words
from web.language import message_of
from web.staff.access import me, needs, staff
from web.staff.items.query import FILTERS

_REMEMBERED = "bulk"
_MOST_NAMED = 5


@dataclass(frozen=True, slots=True)
class JustDone:
    """What the next list says of the last action: a sentence, and the items (``id.version``) that an undo turns
    back."""

    text: str
    done: tuple[str, ...]


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
    given = request.form.getlist("done")[:MOST_AT_ONCE]
    done = [found for text in given if (found := _done(text)) is not None]
    undone = undo(current_desk(), done, me())
    flash(words().count("lists.undone", undone), "good" if undone else "warn")
    if undone < len(done):
        flash(words().count("lists.undone.not", len(done) - undone), "warn")
    return _back()


def just_done() -> JustDone | None:
    """What the last action did, once."""
    told = session.pop(_REMEMBERED, None)
    return JustDone(told["text"], tuple(told["done"])) if told else None


def _verb() -> Verb:
    given = request.form.get("action", "")
    if given not in tuple(Verb):
        raise InvalidInput("lists.bulk.which")
    return Verb(given)


def _tell(verb: Verb, outcome: Outcome) -> None:
    if outcome.done:
        text = words().count(f"lists.done.{verb.value}", len(outcome.done))
        session[_REMEMBERED] = {"text": text, "done": [f"{each.item_id}.{each.version}" for each in outcome.done]}
    if outcome.same:
        flash(words().count("lists.same", outcome.same), "info")
    for left in outcome.left[:_MOST_NAMED]:
        flash(words()("lists.left", title=left.title[:80], why=message_of(left.error)), "warn")
    if len(outcome.left) > _MOST_NAMED:
        flash(words().count("lists.left.more", len(outcome.left) - _MOST_NAMED), "warn")


def _done(text: str) -> Done | None:
    item_id, _, version = text.partition(".")
    if is_id(item_id) and version.isascii() and version.isdigit() and len(version) < 10:
        return Done(item_id, int(version))
    return None


def _back() -> Response:
    """The list under the filters that the form's own address carries, and no other address whatever it says."""
    kept = {name: request.args[name] for name in (*FILTERS, "after", "before") if request.args.get(name)}
    return redirect(url_for("staff.items", **kept), 303)  # type: ignore[arg-type]
