"""The block as it will show the item: made here from the typed text, as the public block makes it from the stored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import render_template, request

from desk.categories import list_categories
from desk.items import Draft
from news.bodies import body_html
from news.days import local_day, parse_when, short_date
from news.errors import InvalidInput
from news.excerpts import excerpt, without_mark
from news.sanitise import text_of
from news.text import one_line
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.item_form import outlook, typed


@dataclass(frozen=True, slots=True)
class BlockPreview:
    """One entry of the block. ``date``: as the block writes it; ``categories``: by rank, joined; ``markup``: the body,
    sanitised."""

    title: str
    categories: str
    date: str
    excerpt: str
    markup: str


def block_preview(draft: Draft) -> BlockPreview:
    """What ``draft`` will look like in a block of its own language."""
    chosen = [c.name(draft.language) for c in list_categories(current_desk()) if c.slug in draft.categories]
    markup = body_html(draft.body, current_desk().settings.base_url)
    text = without_mark(one_line(draft.summary)) or text_of(markup)
    shown_date = short_date(_day(draft), draft.language)
    return BlockPreview(one_line(draft.title), ", ".join(chosen), shown_date, excerpt(text), markup)


def _day(draft: Draft) -> date:
    desk = current_desk()
    today = local_day(desk.now(), desk.settings.timezone)
    try:
        when = parse_when(draft.date, desk.settings.timezone)
    except InvalidInput:
        return today
    return when.day or local_day(when.moment or desk.now(), desk.settings.timezone)


@staff.post("/items/preview")
@needs(Action.WRITE)
def preview() -> str:
    """The preview of a form being typed, for the page's script to put beside it. Stores nothing."""
    draft = typed(request.form, words().language)
    return render_template(
        "staff/_preview.html",
        preview=block_preview(draft),
        draft=draft,
        outlook=outlook(draft, request.form.get("was", ""), me(), current_desk(), words()),
    )
