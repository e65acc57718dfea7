"""Changing a source: the form it was added with, filled in."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from desk.categories.registry import list_categories
from desk.context import Desk
from desk.sources.editing import SourceEdit, edit_source
from desk.sources.registry import get_source
from news.errors import Conflict, DepecheError, InvalidFields, InvalidInput, SourceFailed
from news.sources import Source
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.sources.listing import SELECTORS, Answer, typed_source


@staff.get("/sources/<source_id>/edit")
@needs(Action.SOURCES)
def edit_source_form(source_id: str) -> str:
    """The source as a form."""
    desk = current_desk()
    found = get_source(desk, source_id)
    return _form(desk, found, _filled(desk, found))


@staff.post("/sources/<source_id>/edit")
@needs(Action.SOURCES)
def change_source(source_id: str) -> Answer:
    """Change the source; what cannot be taken comes back as typed."""
    desk = current_desk()
    found = get_source(desk, source_id)
    try:
        typed = typed_source(request.form)
        edit = SourceEdit(
            url=typed.url, kind=typed.kind, name=typed.name, categories=typed.categories, map=typed.map,
            trust=typed.trust, language=typed.language, selectors=typed.selectors,
        )  # fmt: skip
        changed = edit_source(desk, found.id, edit, me())
    except (InvalidInput, SourceFailed, Conflict) as wrong:
        return _form(desk, found, request.form, wrong), 422
    flash(words()("staff.source.changed", name=changed.name), "good")
    return redirect(url_for(".source", source_id=changed.id), 303)


def _filled(desk: Desk, source: Source) -> MultiDict[str, str]:
    slugs = {category.id: category.slug for category in list_categories(desk, retired=True)}
    terms = "\n".join(f"{term} = {slugs[each]}" for term, each in source.map.items() if each in slugs)
    form = MultiDict(
        {
            "url": source.url, "kind": source.kind.value, "name": source.name, "trust": source.trust.value,
            "language": source.language or "", "map": terms,
        }
    )  # fmt: skip
    form.setlist("categories", [slugs[each] for each in source.categories if each in slugs])
    for name in SELECTORS:
        form[f"select_{name}"] = getattr(source.selectors, name) or ""
    return form


def _form(desk: Desk, source: Source, form: MultiDict[str, str], error: DepecheError | None = None) -> str:
    fields = error.fields if isinstance(error, InvalidFields) else {"url": error} if error else {}
    return render_template(
        "staff/source_edit.html", source=source, form=form, error=error, errors=fields,
        categories=list_categories(desk),
    )  # fmt: skip
