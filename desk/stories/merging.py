"""One story, several sources: merged by staff, or kept apart; and remembered."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime

from desk.context import Actor, Desk
from desk.recording import JOINED, become_copy, record
from news.errors import InvalidInput, NotFound
from news.ids import is_id
from news.items import Item, Status
from news.links import canonical
from news.users import Action, User, require
from storage.contract import Reader, Transaction

_LONGEST_CHAIN = 20


@dataclass(frozen=True, slots=True)
class Credit:
    """A source that tells a story: its id and name, and where (or None)."""

    source_id: str
    name: str
    link: str | None


def merge_items(desk: Desk, item_id: str, into_id: str, actor: Actor) -> Item:
    """Make one item a copy of another; the one that goes on. What is in public stays so: where only the first one is,
    the other becomes its copy. Dates stay; what the copy's source says later shows nowhere.

    Raises NotFound, NotAllowed, InvalidInput (the same item, drafts, other languages).
    """
    _require(actor)
    now = desk.now()
    with desk.storage.transaction() as tx:
        copy, into = _told(tx, _stored(tx, item_id)), _told(tx, _stored(tx, into_id))
        if copy.visible and into.status is Status.REVIEW:
            copy, into = into, copy
        _check(copy, into)
        become_copy(tx, copy, into, actor=actor, now=now)
    return into


def split_item(desk: Desk, item_id: str, actor: Actor) -> Item:
    """Make a copy an item of its own again, under its own date; the two are never proposed as one again. Raises
    NotFound, NotAllowed, InvalidInput when it is no copy."""
    _require(actor)
    now = desk.now()
    with desk.storage.transaction() as tx:
        before = _stored(tx, item_id)
        if before.merged_into is None:
            raise InvalidInput("story.no_copy", title=before.title)
        tx.put_likeness(before.id, before.merged_into, apart=True)
        after = replace(before, merged_into=None, story_id=before.id)
        return _put(tx, before, after, actor, "split", now)


def keep_apart(desk: Desk, item_id: str, other_id: str, actor: Actor) -> None:
    """Two items are two stories: they are never proposed as one again. Raises NotFound, NotAllowed."""
    _require(actor)
    with desk.storage.transaction() as tx:
        tx.put_likeness(_stored(tx, item_id).id, _stored(tx, other_id).id, apart=True)


def resembling(desk: Desk, item_ids: Collection[str]) -> dict[str, tuple[Item, ...]]:
    """What each of these items is proposed to be one story with."""
    with desk.storage.read() as reader:
        pairs = reader.likenesses(item_ids)
        named = reader.items_named({other for others in pairs.values() for other in others})
    return {item_id: tuple(named[other] for other in others) for item_id, others in pairs.items()}


def credits_of(reader: Reader, item: Item) -> tuple[Credit, ...]:
    """Every source that tells the story of ``item``, the one it is told after first, each once. The link of a copy
    that nobody has approved is told only where it is the story's own."""
    copies = [copy for copy in reader.copies([item.id]).get(item.id, ()) if copy.status is not Status.WITHDRAWN]
    found: dict[str, Credit] = {}
    for each in (item, *copies):
        if each.origin:
            link = each.link if each.id == item.id or _approved(each, item) else None
            found.setdefault(each.origin.source_id, Credit(each.origin.source_id, each.origin.source_name, link))
    return tuple(found.values())


def _approved(copy: Item, item: Item) -> bool:
    if copy.status is Status.PUBLISHED or JOINED in copy.overridden:
        return True
    return bool(copy.link and item.link) and canonical(copy.link or "") == canonical(item.link or "")


def _check(copy: Item, into: Item) -> None:
    if copy.id == into.id:
        raise InvalidInput("story.same_item", title=into.title)
    if Status.DRAFT in (copy.status, into.status):
        raise InvalidInput("story.draft")
    if copy.language != into.language:
        raise InvalidInput("story.languages", title=copy.title)


def _told(tx: Transaction, item: Item) -> Item:
    """The item that tells the story of ``item``."""
    for _ in range(_LONGEST_CHAIN):
        if item.merged_into is None:
            break
        item = _stored(tx, item.merged_into)
    return item


def _put(tx: Transaction, before: Item, after: Item, actor: Actor, action: str, now: datetime) -> Item:
    after = replace(after, version=before.version + 1)
    return record(tx, before, after, actor=actor, action=action, now=now)


def _stored(reader: Reader, item_id: str) -> Item:
    item = reader.item(item_id) if is_id(item_id) else None
    if item is None:
        raise NotFound("item.unknown", id=item_id[:80])
    return item


def _require(actor: Actor) -> None:
    if isinstance(actor, User):
        require(actor, Action.REVIEW)
