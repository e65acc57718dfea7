"""Joining what one writes with what looks like it: the choice, from a form being typed or from an item; the search."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from desk.items.autosave import NEW, keep, kept
from desk.items.draft import draft_of
from desk.items.posting import get_item
from desk.stories.joins import found, join, seen
from desk.stories.merging import keep_apart, merge_items
from news.drafts import Draft
from news.errors import DepecheError, InvalidInput, NotAllowed, NotFound
from news.ids import is_id
from news.items import Item, Status
from news.users import Action, require
from storage.records import KeptForm
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.items.autosave import about_of, keep_sent, listed
from web.staff.items.form import readable, typed
from web.staff.items.pictures import with_picture

_DECIDED = {"mine": "joins", "apart": "apart"}


@dataclass(frozen=True, slots=True)
class Mine:
    """What one writes: a form being typed (``form``), an item (``item``), or both. ``about``: how addresses name it."""

    about: str
    title: str
    language: str
    item: Item | None
    form: KeptForm | None


@staff.post("/items/join")
@needs(Action.WRITE)
def join_form() -> Response:
    """From the form, as typed: it is kept, and the choice is shown."""
    sent = request.form
    draft = with_picture(typed(sent, words().language))
    if not _says_nothing_else(sent.get("of", ""), draft):
        keep_sent(sent, image_url=draft.image_url)
    return redirect(url_for(".join_choice", of=about_of(sent).removeprefix(NEW), other=sent.get("with", "")), 303)


@staff.get("/items/join")
@needs(Action.WRITE)
def join_choice() -> str | Response:
    """Which of the two goes on: a list to choose from."""
    if "of" not in request.args:
        return redirect(url_for(".items"), 303)
    return _choice_page(_mine(request.args.get("of", "")), _other(request.args.get("other", "")))


@staff.post("/items/join/choose")
@needs(Action.WRITE)
def choose_join() -> Response | str | tuple[str, int]:
    """``mine``: mine tells both; ``theirs``: theirs is taken over, or tells both; ``apart``: two stories."""
    mine, other = _mine(request.form.get("of", "")), _other(request.form.get("other", ""))
    try:
        return _chosen(mine, other, request.form.get("choice", ""))
    except InvalidInput as wrong:
        return _choice_page(mine, other, wrong), 422


@staff.get("/items/<item_id>/join")
@needs(Action.WRITE)
def find_join(item_id: str) -> str:
    """Other items, by words: each leads to the choice."""
    item, text = _editable(item_id), request.args.get("q", "")[:200]
    return render_template("staff/join_find.html", item=item, text=text, found=found(current_desk(), item, text, me()))


def _chosen(mine: Mine, other: Item, choice: str) -> Response:
    """Raises InvalidInput, NotAllowed."""
    if choice == "theirs":
        return _theirs(mine, other)
    if choice not in _DECIDED:
        raise InvalidInput("story.join.which")
    if choice == "apart":
        require(me(), Action.REVIEW)
    return _of_item(mine.item, other, choice, mine.form) if mine.item else _of_form(mine, other, choice)


def _of_form(mine: Mine, other: Item, choice: str) -> Response:
    """What is decided goes with the form, and is done when it makes an item."""
    assert mine.form is not None
    if other.language != mine.language and choice == "mine":
        raise InvalidInput("story.languages", title=other.title)
    if choice == "mine" and other.status in (Status.DRAFT, Status.WITHDRAWN):
        raise InvalidInput("story.join.untold", title=other.title)
    name = _DECIDED[choice]
    fields = {**mine.form.fields, name: [*listed(mine.form.fields, name), other.id]}
    keep(current_desk(), me(), mine.form.about, fields, mine.form.version)
    flash(words()(f"staff.join.will.{choice}", title=other.title), "good")
    return redirect(url_for(".new_item", resume=mine.about), 303)


def _of_item(item: Item, other: Item, choice: str, form: KeptForm | None) -> Response:
    if choice == "apart":
        keep_apart(current_desk(), item.id, other.id, me())
        said = words()("staff.story.apart")
    else:
        done = join(current_desk(), item.id, other.id, me())
        said = words()(f"staff.join.{'done' if done else 'will'}.mine", title=other.title)
    flash(said, "good")
    return redirect(url_for(".item", item_id=item.id, resume=1 if form else None), 303)


def _theirs(mine: Mine, other: Item) -> Response:
    """Theirs goes on. What is told already becomes its copy; what is being written stays beside it, kept."""
    if mine.item and mine.item.status is not Status.DRAFT:
        into = merge_items(current_desk(), mine.item.id, other.id, me())
        flash(words()("staff.story.merged", title=into.title), "good")
        return redirect(url_for(".item", item_id=into.id), 303)
    if not me().may_edit(other):
        raise NotAllowed("item.not_yours", role=me().role.value)
    flash(words()("staff.join.theirs"), "good")
    return redirect(url_for(".item", item_id=other.id, beside=mine.about), 303)


def _choice_page(mine: Mine, other: Item, error: DepecheError | None = None) -> str:
    told = mine.item is not None and mine.item.status is not Status.DRAFT
    may_take = me().may(Action.REVIEW) if told else me().may_edit(other)
    back = url_for(".item", item_id=mine.item.id, resume=1 if mine.form else None) if mine.item else url_for(
        ".new_item", resume=mine.about
    )  # fmt: skip
    return render_template(
        "staff/join.html", mine=mine, other=other, error=error, told=told, may_take=may_take, back=back,
        same_language=mine.language == other.language, chosen=request.form.get("choice", ""),
    )  # fmt: skip


def _mine(about: str) -> Mine:
    """Raises NotFound when there is no such form or item, NotAllowed when it is somebody else's."""
    desk = current_desk()
    if is_id(about) and (form := kept(desk, me(), f"{NEW}{about}")):
        draft = form.fields
        return Mine(about, str(draft.get("title") or ""), str(draft.get("language") or ""), None, form)
    item = _editable(about)
    return Mine(about, item.title, item.language, item, kept(desk, me(), item.id))


def _says_nothing_else(item_id: str, draft: Draft) -> bool:
    """Whether a form says what its item says already."""
    if not item_id:
        return False
    desk, item = current_desk(), _editable(item_id)
    with desk.storage.read() as reader:
        stored = readable(draft_of(desk, reader, item), desk.settings.base_url)
    return replace(draft, status=stored.status) == stored


def _other(item_id: str) -> Item:
    known = seen(current_desk(), [item_id], me())
    if not known:
        raise NotFound("item.unknown", id=item_id[:80])
    return known[0]


def _editable(item_id: str) -> Item:
    item = get_item(current_desk(), item_id)
    if not me().may_edit(item):
        raise NotAllowed("item.not_yours", role=me().role.value)
    return item
