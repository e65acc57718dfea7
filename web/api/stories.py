"""One story, several items: what resembles what, joined, kept apart, and split off again."""

from __future__ import annotations

from desk.items.posting import get_item
from desk.stories.joins import join
from desk.stories.merging import keep_apart, merge_items, resembling, split_item
from news.users import Action
from web.api.items import current, listed_all, shown
from web.api.routes import Answer, Asked, call


@call(
    "GET", "/items/{item_id}/alike", Action.REVIEW, "items", "What an item is proposed to be one story with",
    answer="ItemList",
)  # fmt: skip
def alike(asked: Asked) -> Answer:
    """Nothing that was joined with it or kept apart."""
    item = get_item(asked.desk, asked.path["item_id"])
    return listed_all(asked, resembling(asked.desk, [item.id]).get(item.id, ()))


@call(
    "GET", "/items/{item_id}/copies", Action.REVIEW, "items", "The items that were joined with this one, oldest first",
    answer="ItemList",
)  # fmt: skip
def copies(asked: Asked) -> Answer:
    """Its copies: their sources are named with it."""
    item = get_item(asked.desk, asked.path["item_id"])
    with asked.desk.storage.read() as reader:
        found = reader.copies([item.id]).get(item.id, ())
    return listed_all(asked, found)


@call(
    "POST", "/items/{item_id}/merge", Action.REVIEW, "items", "Make an item a copy of another", body="Joining",
    answer="Item", writes=True, current=current,
)  # fmt: skip
def merge_an_item(asked: Asked) -> Answer:
    """The answer is the item that goes on: the public one, where only one of them is."""
    return shown(asked, merge_items(asked.desk, asked.path["item_id"], asked.text("into"), asked.user))


@call(
    "POST", "/items/{item_id}/join", Action.WRITE, "items", "Let an item tell the story of another too",
    body="Other", answer="Item", writes=True, current=current,
)  # fmt: skip
def join_an_item(asked: Asked) -> Answer:
    """At once when it is public, else when it is published. Authors do so for their own, before it is decided on."""
    join(asked.desk, asked.path["item_id"], asked.text("other"), asked.user)
    return current(asked)


@call(
    "POST", "/items/{item_id}/split", Action.REVIEW, "items", "Make a copy an item of its own again", answer="Item",
    writes=True, current=current,
)  # fmt: skip
def split_an_item(asked: Asked) -> Answer:
    """Under its own date; the two are never proposed as one again."""
    return shown(asked, split_item(asked.desk, asked.path["item_id"], asked.user))


@call(
    "POST", "/items/{item_id}/keep-apart", Action.REVIEW, "items", "Say that two items are two stories",
    body="Other", answer="Item", writes=True, current=current,
)  # fmt: skip
def keep_items_apart(asked: Asked) -> Answer:
    """They are never proposed as one again."""
    keep_apart(asked.desk, asked.path["item_id"], asked.text("other"), asked.user)
    return current(asked)
