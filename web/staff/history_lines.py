"""Lines of an item's history, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.users import get_user
from news.items import Change
from web.context import current_desk, words
from web.staff.persons import person_name

_REASONS = ("source removed", "time over")
_MACHINES = ("cli", "worker", "source", "sample")
_FIELD_OF = {
    "title": "title", "link": "link", "summary": "summary", "content_html": "body", "author": "author",
    "language": "language", "image": "image_file", "categories": "categories", "day": "date", "published": "date",
    "status": "status", "withdraw_at": "withdraw", "pinned_until": "pin",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history: when, who (an e-mail address, or one of ours in words), what, and why or
    which fields. ``version``: the one it made, 0 when it made none."""

    at: datetime
    who: str
    what: str
    detail: str
    version: int = 0


def line(change: Change) -> Line:
    """What ``change`` did."""
    verb, _, reason = change.action.partition(": ")
    key = f"staff.history.{verb.replace(' ', '_')}"
    return Line(
        change.at,
        _who(change.actor),
        words()(key) if words().has(key) else verb,
        _detail(change, reason),
        change.version,
    )


def _detail(change: Change, reason: str) -> str:
    """Why it was withdrawn; or which fields an edit changed."""
    if reason or change.action != "edited":
        return words()(f"staff.history.{reason.replace(' ', '_')}") if reason in _REASONS else reason
    fields = dict.fromkeys(_FIELD_OF[name] for name in change.data if name in _FIELD_OF)
    return ", ".join(words()(f"staff.field.{name}") for name in fields)


def _who(actor: str) -> str:
    kind = actor.partition(":")[0]
    if kind in _MACHINES:
        return words()(f"staff.actor.{kind}")
    user = get_user(current_desk(), actor.removeprefix("user:"))
    return person_name(user) if user else words()("staff.actor.gone")
