"""Deciding on a flood: publish all of it, take it as the items there are, or refuse it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk.context import Actor, Desk, name_of
from desk.items.review import accept_in, refuse_in
from desk.recording import record
from news.categories import fold
from news.errors import InvalidInput, NotFound
from news.floods import Flood, Verdict
from news.ids import is_id
from news.items import Change, Item, Status
from news.lifecycle import withdrawn
from news.users import Action, User, require
from storage.contract import Transaction
from storage.records import ItemQuery

_LATEST = 2000


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of a flood: how many items were decided, and how many ``wait`` still, each for itself."""

    done: int
    wait: int = 0


def floods(desk: Desk) -> tuple[Flood, ...]:
    """What waits as a flood, oldest first."""
    with desk.storage.read() as reader:
        return reader.floods()


def flood_of(desk: Desk, source_id: str) -> Flood | None:
    """What of this source waits as a flood."""
    with desk.storage.read() as reader:
        return reader.flood(source_id)


def flood_items(desk: Desk, source_id: str) -> tuple[Item, ...]:
    """The items of a flood, newest first."""
    with desk.storage.read() as reader:
        return reader.flood_items(source_id)


def decide_flood(desk: Desk, source_id: str, verdict: str, actor: Actor) -> Decided:
    """Decide on the flood of a source (a ``Verdict``). The source is then due at once, and read as if for the first
    time, since what came meanwhile was not stored. Raises InvalidInput, NotFound, NotAllowed.

    ``same``: an item that has the title of one we have (the nearest in time, each once) is that one under another
    name; what has no such title goes on waiting, each for itself.
    """
    if isinstance(actor, User):
        require(actor, Action.REVIEW)
    if verdict not in list(Verdict):
        raise InvalidInput("flood.verdict", given=verdict[:20], choices=", ".join(Verdict))
    now = desk.now()
    with desk.storage.transaction() as tx:
        flood = tx.flood(source_id) if is_id(source_id) else None
        if flood is None:
            raise NotFound("flood.none", id=source_id[:80])
        held = [item for item in tx.flood_items(source_id) if item.status is Status.REVIEW]
        tx.end_flood(source_id)
        if verdict == Verdict.ACCEPT:
            decided = Decided(accept_in(desk, tx, held, actor, now))
        elif verdict == Verdict.REFUSE:
            decided = Decided(refuse_in(tx, held, actor, now))
        else:
            done = _take_as_known(tx, source_id, held, actor, now)
            decided = Decided(done, len(held) - done)
        _read_anew(tx, source_id, verdict, actor, now)
    return decided


def _take_as_known(tx: Transaction, source_id: str, held: Sequence[Item], actor: Actor, now: datetime) -> int:
    fresh = {item.id for item in held}
    by_title: dict[str, list[Item]] = defaultdict(list)
    for item in tx.items(ItemQuery(source_id=source_id, limit=_LATEST)):
        if item.id not in fresh and not (item.merged_into and item.status is Status.WITHDRAWN):
            by_title[fold(item.title)].append(item)
    done = 0
    for item in held:
        known = by_title[fold(item.title)]
        if known:
            old = min(known, key=lambda one: abs(_moment(one) - _moment(item)))
            known.remove(old)
            tx.rename_copy(source_id, item.id, old.id)
            after = replace(withdrawn(item, now), merged_into=old.id, story_id=old.story_id, version=item.version + 1)
            record(tx, item, after, actor=actor, action="taken as known", now=now)
            done += 1
    return done


def _moment(item: Item) -> datetime:
    return item.published or item.created


def _read_anew(tx: Transaction, source_id: str, verdict: str, actor: Actor, now: datetime) -> None:
    source = tx.source(source_id)
    if source is not None and source.removed is None:
        check = replace(source.check, etag=None, last_modified=None, body_hash=None, next_at=now)
        tx.put_check(source_id, check)
        tx.put_source(replace(source, check=check), now)
        tx.add_change(Change("source", source_id, now, name_of(actor), f"flood: {verdict}"))
