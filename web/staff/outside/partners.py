"""Partners: who carries our news, as seen by us; adding, changing and removing one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.categories.named_feeds import list_named_feeds
from desk.partners.registry import (
    Known,
    add_partner,
    edit_partner,
    list_partners,
    partner,
    remove_partner,
    renew_partner_key,
)
from news.errors import Conflict, DepecheError, Gone, InvalidInput, NotFound
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff

Answer = str | Response | tuple[str, int]
_WRONG = (InvalidInput, Conflict, NotFound, Gone)


@staff.get("/partners")
@needs(Action.PARTNERS)
def partners() -> str:
    """All partners, how each stands, and a form for one more."""
    return _page({})


@staff.post("/partners")
@needs(Action.PARTNERS)
def add_one_partner() -> Answer:
    """Add one."""
    form = request.form
    said = {name: form.get(name, "").strip() for name in ("contact", "feed", "selection")}
    try:
        added = add_partner(current_desk(), form.get("name", ""), **said, origins=_origins(form), actor=me())
    except _WRONG as wrong:
        return _page(form, wrong), 422
    flash(words()("staff.partner.added", name=added.partner.name), "good")
    return redirect(url_for(".partner_page", key=added.partner.key), 303)


@staff.get("/partners/<key>")
@needs(Action.PARTNERS)
def partner_page(key: str) -> str:
    """One of them: what it carries, where its code is, what is known of it."""
    return _one(partner(current_desk(), key))


@staff.post("/partners/<key>")
@needs(Action.PARTNERS)
def change_partner(key: str) -> Answer:
    """Change one; its key stays."""
    form = request.form
    said = {name: form.get(name, "").strip() for name in ("name", "contact", "feed")}
    try:
        changed = edit_partner(current_desk(), key, **said, origins=_origins(form), actor=me())
    except _WRONG as wrong:
        return _one(partner(current_desk(), key), form, wrong), 422
    flash(words()("staff.partner.changed", name=changed.partner.name), "good")
    return redirect(url_for(".partner_page", key=key), 303)


@staff.post("/partners/<key>/key")
@needs(Action.PARTNERS)
def renew_partner(key: str) -> Response:
    """Give one another key."""
    renewed = renew_partner_key(current_desk(), key, actor=me())
    flash(words()("staff.partner.key.renewed", key=renewed.partner.key), "good")
    return redirect(url_for(".partner_page", key=renewed.partner.key), 303)


@staff.post("/partners/<key>/remove")
@needs(Action.PARTNERS)
def forget_partner(key: str) -> Response:
    """Forget one."""
    flash(words()("staff.partner.removed", name=remove_partner(current_desk(), key, actor=me()).name), "good")
    return redirect(url_for(".partners"), 303)


def _origins(form: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(form.get("origins", "").split())


def _page(form: Mapping[str, str], error: DepecheError | None = None) -> str:
    return render_template(
        "staff/partners.html", partners=list_partners(current_desk()), **_form(form, error), chosen=form.get("feed", "")
    )


def _one(known: Known, form: Mapping[str, str] | None = None, error: DepecheError | None = None) -> str:
    one = known.partner
    slug = known.feed.slug if known.feed else ""
    said = form or {"name": one.name, "contact": one.contact, "feed": slug, "origins": "\n".join(one.origins)}
    return render_template("staff/partner.html", known=known, **_form(said, error), chosen=said.get("feed", ""))


def _form(form: Mapping[str, str], error: DepecheError | None) -> dict[str, object]:
    named = [each.feed for each in list_named_feeds(current_desk())]
    return {"form": form, "error": error, "errors": _fields(error), "named": named}


def _fields(error: DepecheError | None) -> Mapping[str, DepecheError]:
    if error is None:
        return {}
    for field in ("name", "contact", "origin"):
        if error.key.startswith(f"partner.{field}"):
            return {"origins" if field == "origin" else field: error}
    return {"selection" if error.key.startswith(("selection", "category", "partner.feed")) else "feed": error}
