"""Lines of an item's history, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.accounts.users import get_user
from news.items import Change
from web.context import current_desk, words
from web.staff.person_names import person_name

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
    _, _, reason = change.action.partition(": ")
    return Line(change.at, _who(change.actor), deed(change), _detail(change, reason), change.version)


def deed(change: Change) -> str:
    """What was done to an item, in words, with what became of it (*Créée et publiée*); the program's own word for what
    has none yet."""
    verb = change.action.partition(": ")[0]
    key = f"staff.history.{verb.replace(' ', '_')}"
    for each in (f"{key}.{_became(change)}", key):
        if words().has(each):
            return words()(each)
    return verb


def _became(change: Change) -> str:
    """The status that the change gave an item; ``…_too`` where an edit changed words of it besides."""
    said = change.data.get("status")
    status = said.get("to") if isinstance(said, dict) else None
    return f"{status}_too" if status and change.action == "edited" and _fields(change) else str(status)


def _fields(change: Change) -> list[str]:
    """The form's fields that a change changed. A new status is told as what was done, and what dates it with it."""
    told = ("status", "day", "published") if "status" in change.data else ()
    return list(dict.fromkeys(_FIELD_OF[name] for name in change.data if name in _FIELD_OF and name not in told))


def _detail(change: Change, reason: str) -> str:
    """Why it was withdrawn; or which fields an edit changed."""
    if reason or change.action != "edited":
        return words()(f"staff.history.{reason.replace(' ', '_')}") if reason in _REASONS else reason
    return ", ".join(words()(f"staff.field.{name}") for name in _fields(change))


def _who(actor: str) -> str:
    kind = actor.partition(":")[0]
    if kind in _MACHINES:
        return words()(f"staff.actor.{kind}")
    user = get_user(current_desk(), actor.removeprefix("user:"))
    return person_name(user) if user else words()("staff.actor.gone")
