"""An item as it would be, and what a careful colleague would say of it; nothing is stored."""

from __future__ import annotations

from dataclasses import replace

from desk.items.draft import draft_of
from desk.items.linting import advice_on, lookalikes
from desk.items.posting import get_item
from desk.items.previewing import preview_of, refuse_wrong
from desk.publishing.block import block_of_item
from desk.publishing.item_body import body_with_picture
from news.drafts import Draft
from news.errors import InvalidFields, NotAllowed
from news.items import Item, Status
from news.users import Action
from web.api.items import NAMES, as_named, draft_given, own, staff_json
from web.api.routes import Answer, Asked, call
from web.context import words


@call(
    "POST", "/items/preview", Action.WRITE, "items", "A new item as it would be, and advice; changes nothing",
    body="NewItem", answer="Preview",
)  # fmt: skip
def preview_an_item(asked: Asked) -> Answer:
    """What posting would refuse is refused here too."""
    usual = Draft(title="", language=asked.desk.settings.language)
    draft = replace(usual, **draft_given(asked))
    _refuse(asked, draft)
    return _looked_at(asked, draft, None, _original(asked))


@call(
    "POST", "/items/{item_id}/preview", Action.WRITE, "items", "An item as a change would make it, and advice",
    body="ItemChange", answer="Preview",
)  # fmt: skip
def preview_a_change(asked: Asked) -> Answer:
    """Only what is sent is another than it is; what a PATCH would refuse is refused here too."""
    stored, given = own(asked), draft_given(asked)
    with asked.desk.storage.read() as reader:
        draft = replace(draft_of(asked.desk, reader, stored), **given)
    _refuse(asked, draft, stored, frozenset(given))
    return _looked_at(asked, draft, stored, stored)


def _refuse(asked: Asked, draft: Draft, stored: Item | None = None, only: frozenset[str] | None = None) -> None:
    try:
        if only is None:
            refuse_wrong(asked.desk, draft, stored)
        else:
            refuse_wrong(asked.desk, draft, stored, only)
    except InvalidFields as error:
        raise InvalidFields(as_named(error)) from error


def _original(asked: Asked) -> Item | None:
    """The item that a new one translates. Raises NotFound, NotAllowed."""
    if not asked.text("translates"):
        return None
    found = get_item(asked.desk, asked.text("translates"))
    if not found.visible and not asked.user.may_edit(found):
        raise NotAllowed("item.not_yours", role=asked.user.role.value)
    return found


def _looked_at(asked: Asked, draft: Draft, stored: Item | None, known: Item | None) -> Answer:
    """``known``: the item itself as it is stored, or the one it translates: both tell its story."""
    desk = asked.desk
    view = preview_of(desk, draft, asked.user, stored)
    item, (shown,) = view.item, block_of_item(desk, view).items
    told = replace(item, story_id=known.story_id) if known else item
    alike = lookalikes(desk, told, asked.user)
    with desk.storage.read() as reader:
        found = [staff_json(desk, reader, each.item) for each in alike]
    return Answer({
        "status": item.status.value if asked.user.may(Action.REVIEW) else Status.REVIEW.value,
        "block": {
            "title": shown.title, "categories": list(shown.categories), "date": shown.date, "excerpt": shown.excerpt,
        },
        "content_html": item.content_html, "feed_html": body_with_picture(view),
        "advice": [
            {"code": each.key, "field": NAMES.get(each.field, each.field), "detail": words()(each.key, **each.args)}
            for each in advice_on(desk, item, known)
        ],
        "alike": found,
    })  # fmt: skip
