"""The page of one item: its form as typed, each error by its field, what saving does, the block, the history."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from flask import render_template, request

from desk.categories import list_categories
from desk.items import Draft, history_of
from desk.keeping import NEW, kept, kept_new
from desk.users import get_user
from news.errors import DepecheError, InvalidFields, InvalidInput
from news.ids import is_id
from news.items import Change, Item
from storage.records import KeptForm
from web.context import current_desk, words
from web.staff.access import me
from web.staff.item_form import FIELDS, tells_again
from web.staff.pictures import picture_of
from web.staff.preview import preview_parts

_MACHINES = ("cli", "worker", "source", "sample")
_FIELD_OF = {
    "title": "title", "link": "link", "summary": "summary", "content_html": "body", "author": "author",
    "language": "language", "image": "image_file", "categories": "categories", "day": "date", "published": "date",
    "status": "status",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the history: when, who (an e-mail address, or one of ours in words), what, and why or
    which fields."""

    at: datetime
    who: str
    what: str
    detail: str


def item_page(
    draft: Draft,
    stored: Item | None = None,
    *,
    error: DepecheError | None = None,
    other: Draft | None = None,
    original: Item | None = None,
    resumes: KeptForm | None = None,
) -> str:
    """The form. ``other``: the version somebody else saved meanwhile; ``original``: what a new item translates;
    ``resumes``: what ``draft`` was kept as."""
    desk = current_desk()
    return render_template(
        "staff/item.html",
        item=stored,
        **_keeping(stored, original, resumes),
        original=original,
        error=error,
        errors=fields_of(error),
        other=other,
        differs=[name for name in (*FIELDS, "categories") if other and getattr(other, name) != getattr(draft, name)],
        categories=list_categories(desk),
        **preview_parts(draft, stored, original),
        picture=picture_of(draft, stored),
        picture_most=desk.settings.picture_max_bytes,
        tell=tells_again(request.form) is not False,
        history=[_line(change) for change in history_of(desk, "item", stored.id)] if stored else [],
    )


def _keeping(stored: Item | None, original: Item | None, resumes: KeptForm | None) -> dict[str, object]:
    """The form's token, the version it was opened at, and what was typed before and is offered again."""
    token = resumes.about.removeprefix(NEW) if resumes else request.form.get("token", "")
    version = resumes.version if resumes else stored.version if stored else 0
    found = None
    if request.method == "GET" and not resumes:
        translates = original.id if original else ""
        found = kept(current_desk(), me(), stored.id) if stored else kept_new(current_desk(), me(), translates)
    return {"token_of_form": token if is_id(token) else current_desk().mint(), "version": version, "offered": found}


def fields_of(error: DepecheError | None) -> dict[str, InvalidInput]:
    """The errors of a form by field; none when the error is about no field."""
    return error.fields if isinstance(error, InvalidFields) else {}


def _line(change: Change) -> Line:
    verb, _, reason = change.action.partition(": ")
    key = f"staff.history.{verb.replace(' ', '_')}"
    return Line(change.at, _who(change.actor), words()(key) if words().has(key) else verb, _detail(change, reason))


def _detail(change: Change, reason: str) -> str:
    """Why it was withdrawn; or which fields an edit changed."""
    if reason or change.action != "edited":
        return words()("staff.history.source_removed") if reason == "source removed" else reason
    fields = dict.fromkeys(_FIELD_OF[name] for name in change.data if name in _FIELD_OF)
    return ", ".join(words()(f"staff.field.{name}") for name in fields)


def _who(actor: str) -> str:
    kind = actor.partition(":")[0]
    if kind in _MACHINES:
        return words()(f"staff.actor.{kind}")
    user = get_user(current_desk(), actor.removeprefix("user:"))
    return user.email if user else words()("staff.actor.gone")
