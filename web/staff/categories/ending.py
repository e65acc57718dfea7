"""Ending a category: first a page that says what it would change, then the button."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.categories.ending import Ending, merge_category, retire_category
from desk.categories.registry import list_categories
from news.categories import Category
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff


@staff.get("/categories/<slug>/retire")
@needs(Action.CATEGORIES)
def retire_page(slug: str) -> str:
    """What retiring one would change, and which category could go on in its place."""
    chosen = _chosen(request.args.get("into", ""))
    plan = retire_category(current_desk(), slug, successor=chosen, actor=me(), dry_run=True)
    return render_template("staff/category_retire.html", **_around(plan), plan=plan)


@staff.post("/categories/<slug>/retire")
@needs(Action.CATEGORIES)
def retire(slug: str) -> Response:
    """Retire one."""
    made = retire_category(current_desk(), slug, successor=_chosen(request.form.get("into", "")), actor=me())
    flash(words()("staff.category.retired", name=made.category.name(words().language)), "good")
    return redirect(url_for(".categories"), 303)


@staff.get("/categories/<slug>/merge")
@needs(Action.CATEGORIES)
def merge_page(slug: str) -> str:
    """Which category to merge it into; once chosen, what that would change."""
    desk, into = current_desk(), _chosen(request.args.get("into", ""))
    if into:
        plan = merge_category(desk, slug, into, actor=me(), dry_run=True)
        return render_template("staff/category_merge.html", **_around(plan), plan=plan)
    return render_template(
        "staff/category_merge.html", **_around(retire_category(desk, slug, actor=me(), dry_run=True)), plan=None
    )


@staff.post("/categories/<slug>/merge")
@needs(Action.CATEGORIES)
def merge(slug: str) -> Response:
    """Merge one into another."""
    made = merge_category(current_desk(), slug, request.form.get("into", ""), actor=me())
    assert made.heir is not None
    spoken = words().language
    flash(words()("staff.category.merged", name=made.category.name(spoken), into=made.heir.name(spoken)), "good")
    return redirect(url_for(".categories"), 303)


def _chosen(slug: str) -> str | None:
    return slug.strip() or None


def _around(plan: Ending) -> dict[str, object]:
    others: list[Category] = [other for other in list_categories(current_desk()) if other.id != plan.category.id]
    return {"category": plan.category, "others": others, "chosen": plan.heir.slug if plan.heir else ""}
