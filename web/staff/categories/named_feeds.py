"""Named feeds: which there are, adding one, renaming one."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.categories.named_feeds import Shown, add_named_feed, list_named_feeds, named_feed, rename_named_feed
from desk.categories.registry import list_categories
from news.errors import Conflict, DepecheError, Gone, InvalidInput, NotFound
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.categories.composing import TONGUES, Chosen, asked, sent, stored

Answer = str | Response | tuple[str, int]


@staff.get("/feeds")
@needs(Action.CATEGORIES)
def named_feeds() -> str:
    """All named feeds, and a form for one more."""
    return _page({})


@staff.post("/feeds")
@needs(Action.CATEGORIES)
def add_named() -> Answer:
    """Add one."""
    form = request.form
    said = {name: form.get(name, "").strip() or None for name in ("name_en", "slug")}
    name, chosen = form.get("name_fr", ""), sent(form)
    try:
        added = add_named_feed(current_desk(), name, chosen.selection if asked(form) else "", actor=me(), **said)
    except (InvalidInput, Conflict, NotFound, Gone) as wrong:
        return _page(form, wrong, chosen), 422
    flash(words()("staff.feed.added", name=added.feed.name(words().language)), "good")
    return redirect(url_for(".named_feeds"), 303)


@staff.get("/feeds/<address>")
@needs(Action.CATEGORIES)
def named_feed_page(address: str) -> str:
    """One of them: its names, its address, and what it shows."""
    found = named_feed(current_desk(), address)
    feed = found.feed
    return one_page(found, {"name_fr": feed.name_fr, "name_en": feed.name_en, "slug": feed.slug})


@staff.post("/feeds/<address>")
@needs(Action.CATEGORIES)
def rename_named(address: str) -> Answer:
    """Rename one; its old address leads to the new one."""
    found, form = named_feed(current_desk(), address), request.form
    new = form.get("slug", "").strip()
    names = {"name_fr": form.get("name_fr"), "name_en": form.get("name_en")}
    try:
        renamed = rename_named_feed(
            current_desk(), address, actor=me(), new_slug=new if new and new != found.feed.slug else None, **names
        )
    except (InvalidInput, Conflict) as wrong:
        return one_page(found, form, wrong), 422
    flash(words()("staff.feed.renamed", name=renamed.feed.name(words().language)), "good")
    return redirect(url_for(".named_feeds"), 303)


def one_page(
    found: Shown, form: Mapping[str, str], error: DepecheError | None = None, *, chosen: Chosen | None = None
) -> str:
    """The page of one, with what was typed and what is wrong with it. ``chosen``: what it is to show, or None for what
    it shows."""
    shown: dict[str, object] = {"found": found, "feed": found.feed, "tongues": TONGUES}
    shown["chosen"] = chosen or stored(found.selection)
    shown["categories"] = list_categories(current_desk())
    return render_template("staff/feed.html", **shown, form=form, error=error, errors=fields_of(error))


def fields_of(error: DepecheError | None) -> Mapping[str, DepecheError]:
    """Where on the form ``error`` belongs: the rest of what can be wrong is the selection's."""
    if error is None:
        return {}
    if "slug" in error.key:
        return {"slug": error}
    return {"name_fr" if error.key.startswith("feed.name") else "selection": error}


def _page(form: Mapping[str, str], error: DepecheError | None = None, chosen: Chosen | None = None) -> str:
    known = list_named_feeds(current_desk(), ended=True)
    lists = {
        "feeds": [each for each in known if not each.feed.retired],
        "ended": [each.feed for each in known if each.feed.retired],
        "categories": list_categories(current_desk()),
        "chosen": chosen or Chosen(),
        "tongues": TONGUES,
    }
    return render_template("staff/feeds.html", **lists, form=form, error=error, errors=fields_of(error))
