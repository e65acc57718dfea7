"""Changing what a named feed shows, and ending one: first a page that says what it would do, then the button."""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.categories.named_feeds import change_named_feed, list_named_feeds, named_feed
from desk.categories.named_feeds_ending import retire_named_feed
from desk.categories.registry import list_categories
from news.errors import Gone, InvalidInput, NotFound
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.categories.composing import asked, sent
from web.staff.categories.named_feeds import one_page

Answer = str | Response | tuple[str, int]


@staff.get("/feeds/<address>/change")
@needs(Action.CATEGORIES)
def change_named_page(address: str) -> Answer:
    """What changing its selection to ``?selection=``, or to what the boxes say, would do."""
    chosen = sent(request.args)
    found = named_feed(current_desk(), address)
    if not asked(request.args):
        return redirect(url_for(".named_feed_page", address=found.feed.slug), 303)
    try:
        plan = change_named_feed(current_desk(), address, chosen.selection, actor=me(), dry_run=True)
    except (InvalidInput, NotFound, Gone) as wrong:
        form = {"name_fr": found.feed.name_fr, "name_en": found.feed.name_en, "slug": found.feed.slug}
        return one_page(found, form, wrong, chosen=chosen), 422
    return render_template("staff/feed_change.html", plan=plan, feed=found.feed)


@staff.post("/feeds/<address>/change")
@needs(Action.CATEGORIES)
def change_named(address: str) -> Response:
    """Change it."""
    made = change_named_feed(current_desk(), address, request.form.get("selection", "").strip(), actor=me())
    flash(words()("staff.feed.changed", name=made.feed.name(words().language)), "good")
    return redirect(url_for(".named_feeds"), 303)


@staff.get("/feeds/<address>/retire")
@needs(Action.CATEGORIES)
def retire_named_page(address: str) -> str:
    """What retiring it would do, and what could go on in its place."""
    chosen = request.args.get("into", "").strip()
    plan = retire_named_feed(current_desk(), address, successor=chosen or None, actor=me(), dry_run=True)
    others = [each.feed for each in list_named_feeds(current_desk()) if each.feed.id != plan.feed.id]
    return render_template(
        "staff/feed_retire.html",
        plan=plan,
        feed=plan.feed,
        others=[*others, *list_categories(current_desk())],
        chosen=plan.successor.slug if plan.successor else "",
    )


@staff.post("/feeds/<address>/retire")
@needs(Action.CATEGORIES)
def retire_named(address: str) -> Response:
    """Retire it."""
    made = retire_named_feed(
        current_desk(), address, successor=request.form.get("into", "").strip() or None, actor=me()
    )
    flash(words()("staff.feed.retired", name=made.feed.name(words().language)), "good")
    return redirect(url_for(".named_feeds"), 303)
