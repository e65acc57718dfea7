"""What the last action on several items did, told once by the next page, with a button that turns it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import flash, request, session

from desk.items.bulk import MOST_AT_ONCE, Done
from desk.items.undoing import undo
from news.ids import is_id
from web.context import current_desk, words
from web.staff.access import me

_REMEMBERED = "bulk"


@dataclass(frozen=True, slots=True)
class JustDone:
    """What the next page says of the last action: a sentence, and the items (``id.version``) that an undo turns
    back."""

    text: str
    done: tuple[str, ...]


def remember(text: str, done: Iterable[Done]) -> None:
    """Have the next page say ``text``, and offer to turn ``done`` back; of more than can be done at once, only say."""
    told = [f"{each.item_id}.{each.version}" for each in done]
    if len(told) > MOST_AT_ONCE:
        flash(text, "good")
    else:
        session[_REMEMBERED] = {"text": text, "done": told}


def just_done() -> JustDone | None:
    """What the last action did, once."""
    told = session.pop(_REMEMBERED, None)
    return JustDone(told["text"], tuple(told["done"])) if told else None


def turn_back() -> None:
    """Turn back what the form that was sent names, and have the next page say what came of it."""
    given = request.form.getlist("done")[:MOST_AT_ONCE]
    done = [found for text in given if (found := _done(text)) is not None]
    undone = undo(current_desk(), done, me())
    flash(words().count("lists.undone", undone), "good" if undone else "warn")
    if undone < len(done):
        flash(words().count("lists.undone.not", len(done) - undone), "warn")


def _done(text: str) -> Done | None:
    item_id, _, version = text.partition(".")
    if is_id(item_id) and version.isascii() and version.isdigit() and len(version) < 10:
        return Done(item_id, int(version))
    return None
