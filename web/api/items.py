"""Items: finding, reading, posting and changing them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from desk.context import Desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import edit_item, get_item, history_of, post_item
from desk.items.views import item_json
from news.days import parse_when, rfc3339
from news.drafts import Draft
from news.errors import BadQuery, InvalidFields, InvalidInput, NotAllowed
from news.items import Item, Status
from news.selections import LANGUAGES
from news.users import Action
from storage.contract import Reader
from web.api.cursors import PAGED, cut, limit_of, place_of
from web.api.routes import Answer, Asked, Shape, call
from web.api.schema import TEXT

_FORM = {"content_html": "body"}
# What programs call the form’s fields, where that is something else.
NAMES = {"body": "content_html", "image_url": "image/url", "image_alt": "image/alt", "image_credit": "image/credit"}
_PLAIN = ("title", "date", "link", "summary", "content_html", "language", "status", "author", "withdraw", "pin")
FILTERS: dict[str, Shape] = {
    "q": TEXT | {"maxLength": 200, "description": "Words to be found."},
    "status": {"type": "string", "enum": [each.value for each in Status]},
    "category": TEXT | {"description": "A slug."},
    "language": {"type": "string", "enum": list(LANGUAGES)},
    "source": TEXT | {"description": "A source’s id: its own copies."},
    "owner": TEXT | {"description": "A person’s id; authors see their own items alone."},
    "since": TEXT | {"description": "A day or a moment: published then or later."},
}


def shown(asked: Asked, item: Item) -> Answer:
    """An item as an answer."""
    with asked.desk.storage.read() as reader:
        return Answer(staff_json(asked.desk, reader, item), location=f"/items/{item.id}")


def listed(asked: Asked, found: tuple[Item, ...]) -> Answer:
    """A page of items as an answer; ``found`` holds one more than was asked for where there are more."""
    page, following = cut(found, limit_of(asked))
    with asked.desk.storage.read() as reader:
        return Answer([staff_json(asked.desk, reader, item) for item in page], following=following)


def listed_all(asked: Asked, found: Iterable[Item]) -> Answer:
    """All of ``found`` as an answer."""
    with asked.desk.storage.read() as reader:
        return Answer([staff_json(asked.desk, reader, item) for item in found])


def staff_json(desk: Desk, reader: Reader, item: Item) -> dict[str, object]:
    """An item as JSON values, with what concerns staff alone: when it is taken back by itself (``withdraw``), until
    when it stands first (``pin``), and whose copy it is (``copy_of``)."""
    return item_json(desk, reader, item) | {
        "withdraw": item.withdraw_at and rfc3339(item.withdraw_at),
        "pin": item.pinned_until and rfc3339(item.pinned_until),
        "copy_of": item.merged_into,
    }


def own(asked: Asked) -> Item:
    """The item of the address, which this person may change. Raises NotFound, NotAllowed."""
    found = get_item(asked.desk, asked.path["item_id"])
    if not asked.user.may_edit(found):
        raise NotAllowed("item.not_yours", role=asked.user.role.value)
    return found


def current(asked: Asked) -> Answer:
    """The item of the address, for ``If-Match``."""
    return shown(asked, own(asked))


@call(
    "GET", "/items", Action.WRITE, "items", "List items, newest first", answer="ItemList", query=FILTERS | PAGED,
    paged=True,
)  # fmt: skip
def find_items(asked: Asked) -> Answer:
    """Items by the same filters as the staff's list."""
    since = asked.asked("since")
    try:
        when = parse_when(since, asked.desk.settings.timezone) if since is not None else None
    except InvalidInput as error:
        raise BadQuery({"since": error}) from error
    own_only = None if asked.user.may(Action.EDIT_ANY) else asked.user.id
    wanted = ItemFilter(
        status=asked.asked("status"), category=asked.asked("category"), source=asked.asked("source"),
        language=asked.asked("language"), text=asked.asked("q") or None, owner=own_only or asked.asked("owner"),
        since=(when.day or when.moment) if when else None, after=place_of(asked), limit=limit_of(asked) + 1,
    )  # fmt: skip
    return listed(asked, list_items(asked.desk, wanted))


@call("GET", "/items/{item_id}", Action.WRITE, "items", "Read an item", answer="Item")
def read_item(asked: Asked) -> Answer:
    """An item that is public, or that this person may change."""
    found = get_item(asked.desk, asked.path["item_id"])
    return shown(asked, found if found.visible else own(asked))


@call("GET", "/items/{item_id}/history", Action.WRITE, "items", "What happened to an item", answer="ChangeList")
def item_history(asked: Asked) -> Answer:
    """Its history, newest first."""
    return Answer([
        {
            "at": rfc3339(each.at), "actor": each.actor, "action": each.action, "version": each.version,
            "changed": each.data,
        }
        for each in history_of(asked.desk, "item", own(asked).id)
    ])  # fmt: skip


@call(
    "POST", "/items", Action.WRITE, "items", "Post an item (a draft, unless status says otherwise)", body="NewItem",
    answer="Item", status=201, writes=True, makes=True,
)  # fmt: skip
def post_an_item(asked: Asked) -> Answer:
    """Post it; what an author wants published waits for an editor."""
    original = asked.text("translates") or None
    if original and not (found := get_item(asked.desk, original)).visible and not asked.user.may_edit(found):
        raise NotAllowed("item.not_yours", role=asked.user.role.value)
    usual = Draft(title="", language=asked.desk.settings.language)
    try:
        return shown(asked, post_item(asked.desk, replace(usual, **draft_given(asked)), asked.user, story_of=original))
    except InvalidFields as error:
        raise InvalidFields(as_named(error)) from error


@call(
    "PATCH", "/items/{item_id}", Action.WRITE, "items", "Change an item (only what is sent; RFC 7396)",
    body="ItemChange", answer="Item", writes=True, current=current, guarded=True,
)  # fmt: skip
def change_item(asked: Asked) -> Answer:
    """Change it, unless somebody else did since."""
    given, told = draft_given(asked), asked.body.get("significant")
    if not given:
        return current(asked)
    draft = replace(Draft(title=""), **given)
    try:
        item = edit_item(
            asked.desk, asked.path["item_id"], draft, asked.user, only=frozenset(given),
            significant=told if isinstance(told, bool) else None,
        )  # fmt: skip
    except InvalidFields as error:
        raise InvalidFields(as_named(error)) from error
    return shown(asked, item)


def draft_given(asked: Asked) -> dict[str, Any]:
    """The form's fields that the body fills; null empties one."""
    found: dict[str, Any] = {_FORM.get(name, name): asked.text(name) for name in _PLAIN if name in asked.body}
    if "categories" in asked.body:
        found["categories"] = asked.texts("categories")
    if "image" in asked.body:
        image = asked.body["image"]
        said = image if isinstance(image, dict) else {}
        found |= {"image_url": str(said.get("url", "")), "image_alt": str(said.get("alt", ""))}
        found["image_credit"] = str(said.get("credit", ""))
    return found


def as_named(error: InvalidFields) -> dict[str, InvalidInput]:
    """The fields as programs know them."""
    return {NAMES.get(name, name): each for name, each in error.fields.items()}
