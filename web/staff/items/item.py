"""One item: posting, editing, withdrawing, bringing back. Every success is a redirect sent after the commit."""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, request, url_for
from flask_wtf.csrf import CSRFError
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from desk.context import Desk
from desk.items.autosave import NEW, drop, kept, made_by
from desk.items.draft import draft_of
from desk.items.posting import edit_item, get_item, post_item, retract_item
from news.drafts import Draft
from news.errors import Conflict, DepecheError, InvalidInput, NotAllowed
from news.ids import is_id
from news.items import Item, Status
from news.selections import LANGUAGES
from news.users import Action
from storage.records import KeptForm
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.error_pages import mistake_page
from web.staff.items import form as item_form
from web.staff.items.autosave import about_of, resumed, token_of
from web.staff.items.conflict import merged
from web.staff.items.form import FIELDS, blank, readable, tells_again
from web.staff.items.page import item_page, opened_at
from web.staff.items.pictures import sent_fields, with_picture
from web.staff.moments import saved_words

Answer = str | Response | tuple[str, int]


@staff.get("/items/new")
@needs(Action.WRITE)
def new_item() -> Answer:
    """An empty form, with ``?date=`` for that day, or with ``?translates=ID`` that item's in the other language, to be
    written over."""
    if elsewhere := _one_address_for_each_form():
        return elsewhere
    original = _original(request.args)
    if kept_form := _to_resume(f"{NEW}{request.args.get('resume', '')}"):
        original = _original(MultiDict({"translates": str(kept_form.fields.get("translates") or "")}))
        return item_page(resumed(kept_form, words().language), original=original, resumes=kept_form)
    begun = replace(blank(words().language), date=item_form.as_typed("date", request.args.get("date", "")[:40]))
    return item_page(_to_translate(original) if original else begun, original=original)


@staff.post("/items/new")
@needs(Action.WRITE)
def post_new_item() -> Answer:
    """Post the form. 303 to the item once it is stored; 422 with the form as typed."""
    draft, original = _typed(), _original(request.form)
    token = token_of(request.form)
    again = token is not None and made_by(current_desk(), token) is not None
    try:
        draft = with_picture(draft)
        item = post_item(
            current_desk(), draft, me(), story_of=original.id if original else None, once=token,
            joins=request.form.getlist("joins"), apart=request.form.getlist("apart"),
        )  # fmt: skip
    except InvalidInput as wrong:
        return item_page(draft, error=wrong, original=original), 422
    return _sent_again(item, draft) if again else _saved(item)


@staff.get("/items/<item_id>")
@needs(Action.WRITE)
def item(item_id: str) -> Answer:
    """The form of an item, its preview and its history."""
    stored = _editable(item_id)
    if "resume" in request.args and (kept_form := _to_resume(item_id)):
        return item_page(resumed(kept_form, stored.language), stored, resumes=kept_form)
    return item_page(_stored_draft(stored), stored)


@staff.post("/items/<item_id>")
@needs(Action.WRITE)
def edit(item_id: str) -> Answer:
    """Change an item. 409 with both versions when somebody else changed it meanwhile."""
    stored = _editable(item_id)
    typed = draft = _typed(stored)
    try:
        draft = with_picture(typed)
        if "merge" in request.form and opened_at(stored) == stored.version:
            draft = merged(draft, _stored_draft(stored))
        changed = edit_item(
            current_desk(), item_id, draft, me(), version=opened_at(stored),
            only=_sent(draft, stored) | sent_fields(typed, draft), significant=tells_again(request.form),
            joins=request.form.getlist("joins") if "joins_asked" in request.form else None,
        )  # fmt: skip
    except Conflict as conflict:
        stored = _editable(item_id)
        return item_page(draft, stored, error=conflict, other=_stored_draft(stored)), 409
    except InvalidInput as wrong:
        return item_page(draft, stored, error=wrong), 422
    return _saved(changed, was=stored.status)


@staff.post("/items/<item_id>/retract")
@needs(Action.WRITE)
def retract(item_id: str) -> Answer:
    """Withdraw an item everywhere; the next page offers to undo it."""
    before = _editable(item_id)
    retract_item(current_desk(), item_id, me(), request.form.get("reason", "").strip())
    flash(words()("staff.retracted", title=before.title), "undo")
    return redirect(url_for(".item", item_id=item_id, was=before.status.value), 303)


@staff.post("/items/<item_id>/restore")
@needs(Action.WRITE)
def restore(item_id: str) -> Answer:
    """Bring a withdrawn item back: as a draft, or as it was."""
    stored = _editable(item_id)
    status = "published" if request.form.get("status") == "published" else "draft"
    draft = replace(_stored_draft(stored), status=status)
    restored = edit_item(current_desk(), item_id, draft, me(), only=frozenset({"status"}))
    flash(words()(f"staff.restored.{restored.status.value}"), "good")
    return redirect(url_for(".item", item_id=item_id), 303)


@staff.errorhandler(CSRFError)
def stale(_: CSRFError) -> Answer:
    """A form whose token is no longer good: the item form comes back as typed, ready to be sent again."""
    error = DepecheError("staff.csrf.stale")
    try:
        if request.endpoint == "staff.post_new_item":
            draft, why = _with_sent_picture(_typed(), error)
            return item_page(draft, error=why, original=_original(request.form)), 400
        if request.endpoint == "staff.edit":
            stored = _editable((request.view_args or {})["item_id"])
            draft, why = _with_sent_picture(_typed(stored), error)
            return item_page(draft, stored, error=why), 400
    except DepecheError as refused:
        return mistake_page(refused)
    return mistake_page(error, 400)


def _one_address_for_each_form() -> Response | None:
    """Browsers are sent to an address that holds the form's token: going back, they fill in what was typed, and it has
    to be the same form again; once that has made an item, they come to the item. Programs need no such thing."""
    given = request.args.get("form", "")
    if is_id(given):
        made = made_by(current_desk(), f"{me().id}:{given}")
        return redirect(url_for(".item", item_id=made), 303) if made else None
    if request.headers.get("Sec-Fetch-Mode") != "navigate" or "resume" in request.args:
        return None
    said = {name: request.args.get(name) for name in ("translates", "date", "lang")}
    return redirect(url_for(".new_item", form=current_desk().mint(), **said), 303)  # type: ignore[arg-type]


def _with_sent_picture(draft: Draft, error: DepecheError) -> tuple[Draft, DepecheError]:
    """The form with the picture that came with it, which a browser would not send again; or what is wrong with it.
    What another site's page sent is not kept."""
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return draft, error
    try:
        return with_picture(draft), error
    except InvalidInput as wrong:
        return draft, wrong


def _typed(stored: Item | None = None) -> Draft:
    language = stored.language if stored else words().language
    return item_form.typed(request.form, language, _stored_draft(stored).status if stored else Status.DRAFT.value)


def _original(said: MultiDict[str, str]) -> Item | None:
    """The item that the new one is to translate: one that this person may edit, or that everybody sees."""
    if not said.get("translates"):
        return None
    stored = get_item(current_desk(), said["translates"])
    return stored if stored.visible else _editable(stored.id)


def _to_translate(original: Item) -> Draft:
    other = next(language for language in LANGUAGES if language != original.language)
    return replace(_stored_draft(original), language=other, status=Status.DRAFT.value, pin="")


def _editable(item_id: str) -> Item:
    stored = get_item(current_desk(), item_id)
    if not me().may_edit(stored):
        raise NotAllowed("item.not_yours", role=me().role.value)
    return stored


def _stored_draft(stored: Item) -> Draft:
    desk: Desk = current_desk()
    with desk.storage.read() as reader:
        return readable(draft_of(desk, reader, stored), desk.settings.base_url)


def _sent(draft: Draft, stored: Item) -> frozenset[str]:
    """The fields to change: those the form has (no box ticked is no category), without a body nobody touched."""
    sent = {name for name in FIELDS if name in request.form} | {"categories"}
    return frozenset(sent - {"body"} if draft.body == _stored_draft(stored).body else sent)


def _to_resume(about: str) -> KeptForm | None:
    return kept(current_desk(), me(), about) if "resume" in request.args else None


def _sent_again(item: Item, draft: Draft) -> Answer:
    """A new form that made ``item`` before: other words change it now, unless somebody has changed it since."""
    try:
        changed = edit_item(current_desk(), item.id, draft, me(), version=1, only=_sent(draft, item))
    except Conflict as conflict:
        return item_page(draft, item, error=conflict, other=_stored_draft(item)), 409
    except InvalidInput as wrong:
        return item_page(draft, item, error=wrong), 422
    return _saved(changed)


def _saved(item: Item, was: Status | None = None) -> Response:
    drop(current_desk(), me(), about_of(request.form))
    flash(saved_words(item, was, current_desk().settings.timezone, words()), "good")
    return redirect(url_for("staff.item", item_id=item.id), 303)
