"""Taking back what one has just done to the state or the categories of items."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from desk.context import Actor, Desk, name_of
from desk.items.bulk import Done
from desk.recording import record
from news.ids import is_id
from news.items import Change, Item, Status
from news.lifecycle import touched
from news.users import User
from storage.contract import Transaction

# What an undo may turn back, and how history's JSON becomes the item's value again. A change of anything else (words
# above all) is undone by nobody here: an author could otherwise publish other words than those that were reviewed.
_TURNED: Mapping[str, Callable[[str], object]] = {
    "status": Status, "day": date.fromisoformat, "published": datetime.fromisoformat, "due": datetime.fromisoformat,
    "first_published": datetime.fromisoformat, "withdrawn": datetime.fromisoformat, "categories": frozenset,
    "overridden": frozenset, "merged_into": str, "story_id": str,
}  # fmt: skip
_FOLLOWS = {"updated"}


def undo(desk: Desk, done: Sequence[Done], actor: Actor) -> int:
    """Turn back the last change of each item, where it was this person's, made that version, and touched nothing but
    its state and categories; how many were turned back. The others stay as they are."""
    now, undone = desk.now(), 0
    with desk.storage.transaction() as tx:
        for each in done:
            item = tx.item(each.item_id) if is_id(each.item_id) else None
            change = _last_change(tx, item) if item else None
            if item is None or change is None or not _may_turn(item, change, each.version, actor):
                continue
            before = replace(item, **_as_it_was(change), version=item.version + 1)  # type: ignore[arg-type]
            record(tx, item, touched(item, before, now), actor=actor, action="undone", now=now)
            undone += 1
    return undone


def _last_change(tx: Transaction, item: Item) -> Change | None:
    return next(iter(tx.history("item", item.id, 1)), None)


def _may_turn(item: Item, change: Change, version: int, actor: Actor) -> bool:
    if isinstance(actor, User) and not actor.may_edit(item):
        return False
    mine = change.actor == name_of(actor) and item.version == version == change.version > 1
    return mine and change.action != "undone" and change.data.keys() <= _TURNED.keys() | _FOLLOWS


def _as_it_was(change: Change) -> dict[str, object]:
    was = {name: value["from"] for name, value in change.data.items() if isinstance(value, dict)}
    return {name: None if was[name] is None else made(was[name]) for name, made in _TURNED.items() if name in was}
