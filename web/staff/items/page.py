"""The page of one item: its form as typed, each error by its field, what saving does, the block, the history."""

from __future__ import annotations

from flask import render_template, request

from desk.categories.registry import list_categories
from desk.items.autosave import NEW, kept, kept_new
from desk.items.posting import history_of
from desk.stories.joins import copies_of, joins_of, seen
from news.drafts import Draft
from news.errors import DepecheError, InvalidFields, InvalidInput
from news.ids import is_id
from news.items import Item
from storage.records import KeptForm
from web.context import current_desk
from web.staff.access import me
from web.staff.history_lines import line
from web.staff.items.autosave import listed, texts_beside
from web.staff.items.conflict import choices
from web.staff.items.form import TELLS, tells_again
from web.staff.items.pictures import picture_of
from web.staff.items.preview import preview_parts


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
    joins, apart = _decided(stored, resumes)
    return render_template(
        "staff/item.html",
        item=stored,
        **_keeping(stored, original, resumes, conflicts=other is not None),
        original=original,
        error=error,
        errors=fields_of(error),
        choices=choices(draft, other, stored, opened_at(stored)) if other and stored else (),
        conflicts=other is not None,
        categories=list_categories(desk),
        **preview_parts(draft, stored, original, (*joins, *apart)),
        picture=picture_of(draft, stored),
        picture_most=desk.settings.picture_max_bytes,
        joins=seen(desk, joins, me()),
        apart=[item_id for item_id in apart if is_id(item_id)],
        copies=copies_of(desk, stored) if stored else (),
        beside=texts_beside(request.args.get("beside", "")) if stored else {},
        tell=_tells(resumes),
        history=[line(change) for change in history_of(desk, "item", stored.id)] if stored else [],
    )


def _keeping(
    stored: Item | None, original: Item | None, resumes: KeptForm | None, *, conflicts: bool
) -> dict[str, object]:
    """The form's token, the version it was opened at, and what was typed before and is offered again."""
    token = (
        resumes.about.removeprefix(NEW) if resumes else request.form.get("token", "") or request.args.get("form", "")
    )
    version = resumes.version if resumes else stored.version if stored else 0
    if request.method == "POST" and stored and not conflicts:
        version = opened_at(stored)
    found = None
    if request.method == "GET" and not resumes:
        translates = original.id if original else ""
        found = kept(current_desk(), me(), stored.id) if stored else kept_new(current_desk(), me(), translates)
    return {"token_of_form": token if is_id(token) else current_desk().mint(), "version": version, "offered": found}


def _tells(resumes: KeptForm | None) -> bool:
    """Whether the box that tells readers again is ticked: as it was sent or kept; ticked where nobody has said."""
    if resumes and TELLS in resumes.fields:
        return bool(resumes.fields[TELLS])
    return tells_again(request.form) is not False


def _decided(stored: Item | None, resumes: KeptForm | None) -> tuple[list[str], list[str]]:
    """What the item will be joined with once it is public, and what it is not, though it looks so: ids, as asked."""
    if request.method == "POST":
        return request.form.getlist("joins"), request.form.getlist("apart")
    if stored:
        return [each.id for each in joins_of(current_desk(), [stored.id]).get(stored.id, ())], []
    return (listed(resumes.fields, "joins"), listed(resumes.fields, "apart")) if resumes else ([], [])


def opened_at(stored: Item) -> int:
    """The version of the item at which the form that was sent was opened; as new, the first."""
    if "token" in request.form:
        return 1
    given = request.form.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else stored.version


def fields_of(error: DepecheError | None) -> dict[str, InvalidInput]:
    """The errors of a form by field; none when the error is about no field."""
    return error.fields if isinstance(error, InvalidFields) else {}
