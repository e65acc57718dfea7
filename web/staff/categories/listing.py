"""The categories, by rank: adding, renaming, moving up and down."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.categories.registry import add_category, list_categories, order_categories, rename_category
from desk.selecting import category_of
from news.categories import Category
from news.errors import Conflict, DepecheError, InvalidFields, InvalidInput
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff

Answer = str | Response | tuple[str, int]


@staff.get("/categories")
@needs(Action.CATEGORIES)
def categories() -> str:
    """All categories, and a form for one more."""
    return _page({})


@staff.post("/categories")
@needs(Action.CATEGORIES)
def add_one() -> Answer:
    """Add a category after the others."""
    form = request.form
    english, slug = form.get("name_en", "").strip() or None, form.get("slug", "").strip() or None
    try:
        added = add_category(current_desk(), form.get("name_fr", ""), name_en=english, slug=slug, actor=me())
    except (InvalidInput, Conflict) as wrong:
        return _page(form, wrong), 422
    flash(words()("staff.category.added", name=added.name(words().language)), "good")
    return _back()


@staff.get("/categories/<slug>")
@needs(Action.CATEGORIES)
def category(slug: str) -> str:
    """The form to rename one."""
    found = _found(slug)
    return _rename_page(found, {"name_fr": found.name_fr, "name_en": found.name_en, "slug": found.slug})


@staff.post("/categories/<slug>")
@needs(Action.CATEGORIES)
def rename(slug: str) -> Answer:
    """Rename one; its old address leads to the new one."""
    found, form = _found(slug), request.form
    given = {"name_fr": form.get("name_fr"), "name_en": form.get("name_en"), "new_slug": form.get("slug") or None}
    if given["new_slug"] == found.slug:
        given["new_slug"] = None
    try:
        renamed = rename_category(current_desk(), slug, actor=me(), **given)
    except (InvalidInput, Conflict) as wrong:
        return _rename_page(found, form, wrong), 422
    flash(words()("staff.category.renamed", name=renamed.name(words().language)), "good")
    return _back()


@staff.post("/categories/<slug>/move")
@needs(Action.CATEGORIES)
def move(slug: str) -> Response:
    """Move one a place ``up`` or ``down``."""
    slugs = [known.slug for known in list_categories(current_desk())]
    at = slugs.index(_found(slug).slug)
    to = max(at - 1, 0) if request.form.get("direction") == "up" else min(at + 1, len(slugs) - 1)
    slugs.insert(to, slugs.pop(at))
    order_categories(current_desk(), slugs, me())
    return redirect(url_for(".categories", _anchor=slug), 303)


def _found(slug: str) -> Category:
    with current_desk().storage.read() as reader:
        return category_of(reader, slug)


def _page(form: Mapping[str, str], error: DepecheError | None = None) -> str:
    desk = current_desk()
    with desk.storage.read() as reader:
        counts = reader.category_counts()
    known = list_categories(desk)
    ended = [one for one in list_categories(desk, retired=True) if one.retired]
    lists = {"categories": known, "ended": ended, "counts": counts}
    return render_template("staff/categories.html", **lists, form=form, error=error, errors=_fields(error))


def _rename_page(found: Category, form: Mapping[str, str], error: DepecheError | None = None) -> str:
    return render_template("staff/category.html", category=found, form=form, error=error, errors=_fields(error))


def _fields(error: DepecheError | None) -> Mapping[str, DepecheError]:
    if isinstance(error, InvalidFields):
        return error.fields
    if error is None:
        return {}
    return {"slug" if "slug" in error.key else "name_fr": error}


def _back() -> Response:
    return redirect(url_for(".categories"), 303)
