"""What is being typed: kept as one types, offered again, thrown away. And a fresh token for a form that was open
while its session ended and another began."""

from __future__ import annotations

from collections.abc import Mapping

from flask import jsonify, redirect, request, url_for
from flask_wtf.csrf import generate_csrf
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from desk.items.autosave import NEW, drop, keep, kept
from news.drafts import Draft
from news.ids import is_id
from news.typed_days import shown_text
from news.users import Action, User
from storage.records import KeptForm
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.items.form import DATES, FIELDS, TELLS, TELLS_ASKED, as_typed, typed
from web.staff.moments import near_words

# What is decided of items that look like this one.
DECIDED = ("joins", "apart")
TEXTS_OF_FORM = ("title", "date", "link", "summary", "body", "author", "image_alt", "image_credit")


@staff.post("/items/keep")
@needs(Action.WRITE)
def keep_typed() -> Response:
    """Keep the form as typed. The answer says when, in words."""
    form = keep_sent(request.form)
    when = near_words(form.saved, current_desk().now(), current_desk().settings.timezone, words())
    return jsonify(said=words()("staff.keep.kept", when=when))


@staff.post("/items/keep/drop")
@needs(Action.WRITE)
def drop_typed() -> Response:
    """Throw away what was typed and not saved; back to the form."""
    about = request.form.get("about", "")
    drop(current_desk(), me(), about)
    if about.startswith(NEW):
        return redirect(url_for(".new_item", translates=_id(request.form.get("translates", ""))), 303)
    return redirect(url_for(".item", item_id=about) if is_id(about) else url_for(".items"), 303)


@staff.get("/items/token")
@needs(Action.WRITE)
def fresh_token() -> Response:
    """A form's token of the session that is now."""
    return jsonify(csrf_token=generate_csrf())


def keep_sent(form: MultiDict[str, str], user: User | None = None, **other: str) -> KeptForm:
    """Keep the form that was sent, with ``other`` values, for ``user`` (or whoever is signed in). Raises NotFound,
    NotAllowed, InvalidInput."""
    fields: dict[str, object] = {name: form[name] for name in (*FIELDS, "translates") if name in form}
    # « demain » is another day tomorrow, when the form is taken up again.
    fields |= {name: as_typed(name, form[name]) for name in DATES if name in form}
    fields |= {name: form.getlist(name) for name in ("categories", *DECIDED)}
    if TELLS_ASKED in form:
        fields[TELLS] = form.get(TELLS, "")
    version = form.get("version", "")
    number = int(version) if version.isascii() and version.isdigit() and len(version) < 10 else 0
    return keep(current_desk(), user or me(), about_of(form), fields | other, number)


def about_of(form: MultiDict[str, str]) -> str:
    """What a form is about: the item it changes, or itself."""
    return form.get("of") or NEW + form.get("token", "")


def token_of(form: MultiDict[str, str]) -> str | None:
    """The token by which a new form makes one item, however often it is sent: of this person alone."""
    return f"{me().id}:{form['token']}" if is_id(form.get("token", "")) else None


def resumed(form: KeptForm, language: str) -> Draft:
    """What was kept, as a form."""
    fields: MultiDict[str, str] = MultiDict(
        {name: value for name, value in form.fields.items() if isinstance(value, (str, list))}
    )
    return typed(fields, language)


def _id(text: str) -> str | None:
    return text if is_id(text) else None


def listed(fields: Mapping[str, object], name: str) -> list[str]:
    """What a kept form has several of."""
    value = fields.get(name)
    return [each for each in value if isinstance(each, str)] if isinstance(value, list) else []


def texts_beside(about: str) -> dict[str, str]:
    """The texts of a form that was left for another item, by field: of a new one (its token), or of an item (its id)
    that this person was changing; none when there is nothing of the kind."""
    if not is_id(about):
        return {}
    form = kept(current_desk(), me(), f"{NEW}{about}") or kept(current_desk(), me(), about)
    named = [(name, form.fields.get(name)) for name in TEXTS_OF_FORM] if form else []
    told = {name: value for name, value in named if isinstance(value, str) and value.strip()}
    return {name: shown_text(value, words().language) if name in DATES else value for name, value in told.items()}
