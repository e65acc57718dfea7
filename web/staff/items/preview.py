"""What the form will look like in public, made from the typed text by what makes the public pages, and what a careful
colleague would say of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from flask import render_template, request, url_for

from desk.items.linting import LinkChecks, Lookalike, advice_on, lookalikes
from desk.items.posting import get_item
from desk.items.previewing import preview_of, told_by
from desk.publishing.block import Block, block_of_item
from desk.publishing.item_body import body_on_page, body_with_picture
from desk.publishing.shown_image import ShownImage
from desk.publishing.shown_item import ItemView
from desk.stories.merging import Credit
from news.drafts import Draft
from news.errors import DepecheError
from news.items import Item
from news.lint import Advice
from news.users import Action
from translations import translator
from web.context import current_desk, words
from web.embed.query import Wanted
from web.staff.access import me, needs, staff
from web.staff.items.autosave import DECIDED
from web.staff.items.form import outlook, typed

_WIDE_ENOUGH = 1200
_checks = LinkChecks()


@dataclass(frozen=True, slots=True)
class Preview:
    """``block``: the item as a block of its own. ``body``: for its page, which shows the picture in it when it is
    ``pictured``; ``feed_body``: as feeds carry it."""

    view: ItemView
    block: Block
    body: str
    pictured: bool
    feed_body: str
    advice: tuple[Advice, ...]
    lookalikes: tuple[Lookalike, ...]
    credits: tuple[Credit, ...] = ()


def preview_page(
    draft: Draft, stored: Item | None = None, original: Item | None = None, besides: Collection[str] = ()
) -> Preview:
    """``draft`` in its four shapes. ``stored``: the item it changes; ``original``: the one it translates; ``besides``:
    items of which it is decided what they are to it."""
    desk = current_desk()
    view = preview_of(desk, draft, me(), stored)
    item, known = view.item, stored or original
    view = replace(view, picture=_for_staff(view))
    if not item.title:
        view = replace(view, item=replace(item, title=words()("staff.item.untitled")))
    body, pictured = body_on_page(view)
    told = replace(item, story_id=known.story_id) if known else item
    return Preview(
        view, block_of_item(desk, view), body, pictured, body_with_picture(view) or _paragraphs(item.summary),
        advice_on(desk, item, known) if item.title else (), lookalikes(desk, told, me(), besides),
        told_by(desk, stored),
    )  # fmt: skip


def preview_parts(
    draft: Draft, stored: Item | None = None, original: Item | None = None, besides: Collection[str] = ()
) -> dict[str, object]:
    """What the template of the preview needs."""
    made = preview_page(draft, stored, original, besides)
    return {
        "preview": made,
        "draft": draft,
        "asked": Wanted(),
        "block_words": translator(made.block.language),
        "outlook": outlook(draft, request.form.get("was", stored.status.value if stored else ""), me(), current_desk(),
                           words()),
    }  # fmt: skip


@staff.post("/items/preview")
@needs(Action.WRITE)
def preview() -> str:
    """The preview of a form being typed, for the page's script to put beside it. Stores nothing."""
    draft = typed(request.form, words().language)
    decided = [item_id for name in DECIDED for item_id in request.form.getlist(name)]
    return render_template("staff/_preview.html", **preview_parts(draft, _named("of"), _named("translates"), decided))


@staff.post("/items/links")
@needs(Action.WRITE)
def check_links() -> str | tuple[str, int]:
    """What is wrong with the addresses of a form being typed; 503 when it is not the time to look."""
    item = preview_of(current_desk(), typed(request.form, words().language), me(), _named("of")).item
    found = _checks.broken(current_desk(), item)
    return ("", 503) if found is None else render_template("staff/_advice.html", advice=found)


def _named(field: str) -> Item | None:
    """The item that a form names, if this person may know it."""
    try:
        item = get_item(current_desk(), request.form.get(field, ""))
    except DepecheError:
        return None
    return item if item.visible or me().may_edit(item) else None


def _for_staff(view: ItemView) -> ShownImage | None:
    """The picture from where staff may see it before the public does."""
    kept = view.item.image.kept if view.item.image else None
    if kept is None or view.picture is None:
        return view.picture
    file = kept.best(_WIDE_ENOUGH)
    address = url_for("staff.picture", picture_id=kept.id, name=file.name)
    return replace(view.picture, src=address, url=address, sources=(), srcset="", width=file.width, height=file.height)


def _paragraphs(summary: str) -> str:
    """What a feed reader shows of an item without a body."""
    return render_template("staff/_paragraphs.html", text=summary) if summary else ""
