"""Several items at once, what has just been done taken back, and an item as it was."""

from __future__ import annotations

from collections.abc import Mapping

from desk.items.bulk import Done, Verb, act_on
from desk.items.undoing import undo
from desk.items.versions import bring_back
from news.errors import NotFound
from news.users import Action
from web.api.items import current, own, shown
from web.api.routes import Answer, Asked, call
from web.context import words


@call(
    "POST", "/items/bulk", Action.WRITE, "items", "Do one thing with up to a hundred items", body="Bulk",
    answer="BulkDone", writes=True,
)  # fmt: skip
def act_on_items(asked: Asked) -> Answer:
    """Each is done, was so already (``same``), or is ``left`` with a reason."""
    outcome = act_on(
        asked.desk, asked.texts("items"), Verb(asked.text("action")), asked.user, category=asked.text("category"),
        reason=asked.text("reason"),
    )  # fmt: skip
    left = [
        {"title": each.title, "code": each.error.key, "detail": words()(each.error.key, **each.error.message_args)}
        for each in outcome.left
    ]
    done = [{"id": each.item_id, "version": each.version} for each in outcome.done]
    return Answer({"done": done, "same": outcome.same, "left": left})


@call(
    "POST", "/items/undo", Action.WRITE, "items", "Take back what one has just done with items", body="Undo",
    answer="Undone", writes=True,
)  # fmt: skip
def undo_items(asked: Asked) -> Answer:
    """``done``: as ``bulk`` has answered. What somebody has changed since stays."""
    done = asked.body["done"]
    assert isinstance(done, list)
    return Answer({"undone": undo(asked.desk, [_done(each) for each in done], asked.user)})


@call(
    "POST", "/items/{item_id}/history/{version}/restore", Action.WRITE, "items",
    "Let an item say again what it said at a version", answer="Item", writes=True, current=current,
)  # fmt: skip
def restore_a_version(asked: Asked) -> Answer:
    """Its status stays, and until when it is shown."""
    item, version = own(asked), asked.path["version"]
    if not (version.isascii() and version.isdecimal() and len(version) < 10):
        raise NotFound("item.version.unknown", version=version[:20])
    return shown(asked, bring_back(asked.desk, item.id, int(version), asked.user))


def _done(said: Mapping[str, object]) -> Done:
    return Done(str(said["id"]), int(str(said["version"]).removesuffix(".0")))
