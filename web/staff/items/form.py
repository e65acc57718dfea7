"""The item form: the raw text of its fields, and what saving it would do, in words."""

from __future__ import annotations

from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from desk.context import Desk
from news.days import due, local_day, parse_when
from news.drafts import Draft
from news.errors import InvalidInput
from news.items import Status, When
from news.markdown import editable
from news.typed_days import iso_text
from news.typed_links import with_scheme
from news.users import Action, User
from translations import Translator
from web.context import current_desk
from web.staff.moments import when_words

# Whether readers are told again of a change; and that the form had a box to ask it.
TELLS, TELLS_ASKED = "significant", "significant_asked"
FIELDS = ("title", "date", "link", "summary", "body", "language", "status", "author", "image_url", "image_alt",
          "image_credit", "withdraw", "pin")  # fmt: skip
DATES = ("date", "withdraw", "pin")
_SHOWN = (Status.PUBLISHED, Status.SCHEDULED)
_TEXTS = tuple(name for name in FIELDS if name not in ("language", "status"))


def typed(form: MultiDict[str, str], language: str, status: str = "draft") -> Draft:
    """The form as it was sent, every field raw but for dates in words; ``language`` and ``status`` where it says
    none."""
    return Draft(
        categories=tuple(form.getlist("categories")),
        language=form.get("language", language),
        status=form.get("status", status),
        **{name: as_typed(name, form.get(name, "")) for name in _TEXTS},
    )


def as_typed(name: str, text: str) -> str:
    """What was typed into a field; a date such as *demain 8 h* as the day that it is today, a link with its scheme."""
    if name == "link":
        return with_scheme(text)
    if name not in DATES:
        return text.replace("\r\n", "\n")
    desk = current_desk()
    return iso_text(text, local_day(desk.now(), desk.settings.timezone))


def tells_again(form: MultiDict[str, str]) -> bool | None:
    """False where the box that tells readers again was there and is not ticked; else what changed decides (None)."""
    return False if TELLS_ASKED in form and TELLS not in form else None


def blank(language: str) -> Draft:
    """A new item in ``language``."""
    return typed(MultiDict(), language)


def readable(draft: Draft, base_url: str) -> Draft:
    """``draft`` with a body one likes to edit: the Markdown that makes the same HTML, or else the HTML."""
    return replace(draft, body=editable(draft.body, base_url))


@dataclass(frozen=True, slots=True)
class Outlook:
    """What saving would do: ``intent``, a sentence (*Publication programmée le 4 octobre 2026 à 9 h.*), and ``label``,
    what the button says (*Publier le 4 octobre 2026 à 9 h*)."""

    intent: str
    label: str


def outlook(draft: Draft, was: str, user: User, desk: Desk, t: Translator) -> Outlook:
    """What saving ``draft`` would do to an item that ``was`` in some status ("" for a new one)."""
    kind, when = _effect(draft, was, user, desk)
    said = when_words(when, desk.settings.timezone, t) if when else ""
    return Outlook(t(f"staff.intent.{kind}", when=said), t(f"staff.save.{kind}", when=said))


def _effect(draft: Draft, was: str, user: User, desk: Desk) -> tuple[str, When | None]:
    try:
        when = parse_when(draft.date, desk.settings.timezone) if draft.date.strip() else None
    except InvalidInput:
        return ("date" if draft.status in _SHOWN else "date_of_draft"), None
    if draft.status not in _SHOWN:
        return ("review" if draft.status == Status.REVIEW else "draft"), None
    if not user.may(Action.REVIEW):
        return ("propose_again" if was == Status.PUBLISHED else "propose"), None
    if when and due(when, desk.settings.timezone) > desk.now():
        return "scheduled", when
    if was == Status.PUBLISHED:
        return "update", None
    return ("dated", when) if when else ("now", None)
