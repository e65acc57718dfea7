"""Joining what one writes with what looks like it: at once where it is public, else once it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from desk.context import Actor, Desk, name_of
from desk.recording import become_copy, can_be_copy
from news.errors import InvalidFields, InvalidInput, NotAllowed, NotFound
from news.ids import is_id
from news.items import Change, Item, Status
from news.users import Action, User, require
from storage.contract import Reader, Transaction
from storage.records import ItemQuery

MOST = 20
_MOST_FOUND = 20
_UNDECIDED = (Status.DRAFT, Status.REVIEW)


def join(desk: Desk, item_id: str, other_id: str, actor: Actor) -> bool:
    """Let ``item_id`` tell the story of both: at once when it is public (True), else once it is (False).

    Raises NotFound, NotAllowed, and InvalidInput when the two cannot be one story.
    """
    now = desk.now()
    with desk.storage.transaction() as tx:
        item = _stored(tx, item_id)
        if isinstance(actor, User) and not actor.may_edit(item):
            raise NotAllowed("item.not_yours", role=actor.role.value)
        other = _joinable(tx, item, other_id, actor)
        if not item.visible:
            put_joins(tx, item, (*tx.joins([item.id]).get(item.id, ()), other.id), actor, now)
            return False
        if isinstance(actor, User):
            require(actor, Action.REVIEW)
        become_copy(tx, other, item, actor=actor, now=now)
        return True


def put_joins(tx: Transaction, item: Item, other_ids: Sequence[str], actor: Actor, now: datetime) -> None:
    """What is to become a copy of ``item`` once it is public: these and nothing else.

    Raises InvalidFields: for what cannot be, and for an author's item that has been decided on.
    """
    wanted, before = tuple(dict.fromkeys(other_ids)), tx.joins([item.id]).get(item.id, ())
    if set(wanted) == set(before):
        return
    if isinstance(actor, User) and not actor.may(Action.REVIEW) and item.status not in _UNDECIDED:
        raise InvalidFields({"joins": InvalidInput("story.join.decided")})
    added = [each for each in wanted if each not in before]
    for other_id in added:
        try:
            other = _joinable(tx, item, other_id, actor)
        except (InvalidInput, NotFound) as wrong:
            raise InvalidFields({"joins": InvalidInput(wrong.key, **wrong.message_args)}) from wrong
        tx.add_change(Change("item", item.id, now, name_of(actor), f"to be joined: {other.title}"))
    tx.drop_joins(item.id)
    for other_id in wanted[:MOST]:
        tx.put_join(item.id, other_id, now)
    if not wanted:
        tx.add_change(Change("item", item.id, now, name_of(actor), "not to be joined"))


def joins_of(desk: Desk, item_ids: Collection[str]) -> dict[str, tuple[Item, ...]]:
    """What becomes a copy of each of these once it is public."""
    with desk.storage.read() as reader:
        pairs = reader.joins(item_ids)
        named = reader.items_named({other for others in pairs.values() for other in others})
    return {item_id: tuple(named[each] for each in others if each in named) for item_id, others in pairs.items()}


def copies_of(desk: Desk, item: Item) -> tuple[Item, ...]:
    """The items that ``item`` tells the story of."""
    with desk.storage.read() as reader:
        return reader.copies([item.id]).get(item.id, ())


def seen(desk: Desk, item_ids: Collection[str], user: User) -> tuple[Item, ...]:
    """Those of these items that ``user`` may know of, in this order; strange ids are passed over."""
    wanted = [item_id for item_id in dict.fromkeys(item_ids) if is_id(item_id)][:MOST]
    with desk.storage.read() as reader:
        named = reader.items_named(wanted)
    return tuple(named[each] for each in wanted if each in named and _sees(user, named[each]))


def found(desk: Desk, item: Item, text: str, user: User) -> tuple[Item, ...]:
    """Items with these words that ``item`` may be joined with, newest first; without words the latest."""
    statuses = frozenset(Status) - {Status.WITHDRAWN, Status.DRAFT}
    query = ItemQuery(
        statuses=statuses, language=item.language, text=text.strip() or None, copies=False, limit=2 * _MOST_FOUND
    )
    with desk.storage.read() as reader:
        others = [each for each in reader.items(query) if each.story_id != item.story_id and _sees(user, each)]
    return tuple(others[:_MOST_FOUND])


def _joinable(reader: Reader, item: Item, other_id: str, actor: Actor) -> Item:
    """Raises NotFound, also for what the actor may not know of, and InvalidInput."""
    other = _stored(reader, other_id)
    if isinstance(actor, User) and not _sees(actor, other):
        raise NotFound("item.unknown", id=other_id[:80])
    other = _stored(reader, other.merged_into) if other.merged_into else other
    if other.id == item.id or other.story_id == item.story_id:
        raise InvalidInput("story.same_item", title=other.title)
    if other.language != item.language:
        raise InvalidInput("story.languages", title=other.title)
    if not can_be_copy(other, item):
        raise InvalidInput("story.join.untold", title=other.title)
    return other


def _sees(user: User, item: Item) -> bool:
    return item.visible or user.may_edit(item)


def _stored(reader: Reader, item_id: str) -> Item:
    item = reader.item(item_id) if is_id(item_id) else None
    if item is None:
        raise NotFound("item.unknown", id=item_id[:80])
    return item
