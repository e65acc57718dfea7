"""Taking items back from everywhere, and bringing them back."""

from __future__ import annotations

from dataclasses import replace

from desk.items.draft import draft_of
from desk.items.posting import edit_item, retract_item
from news.items import Status
from news.users import Action
from web.api.items import current, own, shown
from web.api.routes import Answer, Asked, call


@call(
    "POST", "/items/{item_id}/retract", Action.WRITE, "items", "Take an item back from everywhere", body="Retraction",
    answer="Item", writes=True, current=current,
)  # fmt: skip
def retract(asked: Asked) -> Answer:
    """Withdraw it; done already, it changes nothing."""
    return shown(asked, retract_item(asked.desk, asked.path["item_id"], asked.user, asked.text("reason")))


@call(
    "POST", "/items/{item_id}/restore", Action.WRITE, "items", "Bring a withdrawn item back", body="Restoration",
    answer="Item", writes=True, current=current,
)  # fmt: skip
def restore(asked: Asked) -> Answer:
    """Bring it back as a draft, or published as it was; one that is not withdrawn stays as it is."""
    stored = own(asked)
    if stored.status is not Status.WITHDRAWN:
        return shown(asked, stored)
    with asked.desk.storage.read() as reader:
        draft = replace(draft_of(asked.desk, reader, stored), status=asked.text("status", "draft"))
    return shown(asked, edit_item(asked.desk, stored.id, draft, asked.user, only=frozenset({"status"})))
