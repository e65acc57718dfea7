"""Two people at one item: what each has written, field by field, and what comes of their choice."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request

from desk.categories.registry import list_categories
from desk.items.draft import draft_of
from desk.items.versions import item_at
from news.differences import Run, side_by_side
from news.drafts import Draft
from news.items import Item
from news.typed_days import shown_text
from web.context import current_desk, words
from web.staff.items.form import DATES, FIELDS, readable

SHOWN = ("title", "categories", *(name for name in FIELDS if name not in ("title", "status")), "status")


@dataclass(frozen=True, slots=True)
class Compared:
    """A field of which there are two versions, in runs. ``take``: the one to choose first, ``mine`` or ``theirs``;
    ``both``: whether both people have changed it."""

    name: str
    mine: tuple[Run, ...]
    theirs: tuple[Run, ...]
    take: str = "mine"
    both: bool = False


def compared(mine: Draft, theirs: Draft) -> tuple[Compared, ...]:
    """The fields in which two forms differ, in the form's order."""
    differing = [name for name in SHOWN if getattr(mine, name) != getattr(theirs, name)]
    return tuple(Compared(name, *side_by_side(said(mine, name), said(theirs, name))) for name in differing)


def choices(mine: Draft, theirs: Draft, stored: Item, version: int) -> tuple[Compared, ...]:
    """What to choose between, for a form that was opened at ``version``. What only one of the two has changed is
    chosen already."""
    base = _opened(stored, version)
    found = []
    for each in compared(mine, theirs):
        then = getattr(base, each.name)
        untouched = getattr(mine, each.name) == then
        both = not untouched and getattr(theirs, each.name) != then
        found.append(replace(each, take="theirs" if untouched else "mine", both=both))
    return tuple(found)


def merged(mine: Draft, theirs: Draft) -> Draft:
    """The form with their version of the fields for which that was chosen."""
    chosen = [name for name in SHOWN if request.form.get(f"take.{name}") == "theirs"]
    return replace(mine, **{name: getattr(theirs, name) for name in chosen})


def said(draft: Draft, name: str) -> str:
    """What a form says in a field, for people."""
    value = getattr(draft, name)
    if name == "categories":
        return ", ".join(each.name(words().language) for each in list_categories(current_desk()) if each.slug in value)
    if name == "status":
        return words()(f"staff.status.{value}")
    if name == "language":
        return words()(f"staff.lang.{value}") if words().has(f"staff.lang.{value}") else str(value)
    if name in DATES:
        return shown_text(str(value), words().language)
    if name == "image_url" and str(value).startswith("urn:"):
        return words()("staff.picture.other")
    return str(value)


def _opened(stored: Item, version: int) -> Draft:
    desk = current_desk()
    with desk.storage.read() as reader:
        return readable(draft_of(desk, reader, item_at(reader, stored, version)), desk.settings.base_url)
