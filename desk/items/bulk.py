"""One action on several items: each is done, or left with a reason, as if it had been done alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from desk.context import Actor, Desk
from desk.items.draft import draft_of
from desk.items.posting import edit_item, get_item, retract_item
from desk.items.review import accept
from desk.selecting import category_of
from news.errors import Conflict, InvalidInput, NotAllowed, NotFound
from news.items import Item, Status
from news.users import Action, User

MOST_AT_ONCE = 100


class Verb(StrEnum):
    """What can be done with several items at once."""

    PUBLISH = "publish"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    ADD = "add"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Done:
    """An item as the action left it: its id and its version then."""

    item_id: str
    version: int


@dataclass(frozen=True, slots=True)
class Left:
    """An item that was left as it is, and why."""

    title: str
    error: InvalidInput | NotAllowed | NotFound | Conflict


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of the items: ``done``; ``same``, how many were so already; ``left``."""

    done: tuple[Done, ...] = ()
    same: int = 0
    left: tuple[Left, ...] = ()


def act_on(
    desk: Desk, ids: Sequence[str], verb: Verb, actor: Actor, *, category: str = "", reason: str = ""
) -> Outcome:
    """Do ``verb`` with each item of ``ids``. ``category``: the slug to add or remove; ``reason``: why they are
    withdrawn. Every item is a change of its own, stored when this returns.

    Raises InvalidInput for none or too many, NotFound and Gone for a wrong category.
    """
    wanted = tuple(dict.fromkeys(ids))
    if not wanted:
        raise InvalidInput("lists.bulk.none")
    if len(wanted) > MOST_AT_ONCE:
        raise InvalidInput("lists.bulk.many", most=MOST_AT_ONCE)
    if verb in (Verb.ADD, Verb.REMOVE):
        if not category:
            raise InvalidInput("lists.bulk.category")
        with desk.storage.read() as reader:
            category = category_of(reader, category).slug
    done, left, same = [], [], 0
    for item_id in wanted:
        title = item_id[:80]
        try:
            before = get_item(desk, item_id)
            title = before.title if before.visible or _sees(actor, before) else title
            after = _acted(desk, before, verb, actor, category, reason)
        except (InvalidInput, NotAllowed, NotFound, Conflict) as error:
            left.append(Left(title, error))
            continue
        if after.version == before.version:
            same += 1
        else:
            done.append(Done(after.id, after.version))
    return Outcome(tuple(done), same, tuple(left))


def _acted(desk: Desk, item: Item, verb: Verb, actor: Actor, category: str, reason: str) -> Item:
    """Raises what the single action raises."""
    if verb is Verb.WITHDRAW:
        return retract_item(desk, item.id, actor, reason)
    if verb is Verb.SUBMIT:
        if item.status is not Status.DRAFT:
            _may(actor, item)
            return item
        return _edited(desk, item, actor, status=Status.REVIEW.value)
    if verb is Verb.PUBLISH:
        if item.status is Status.REVIEW and item.origin and _reviews(actor):
            accept(desk, [item.id], actor)
            return get_item(desk, item.id)
        return _edited(desk, item, actor, status=Status.PUBLISHED.value)
    return _filed(desk, item, verb, actor, category)


def _filed(desk: Desk, item: Item, verb: Verb, actor: Actor, category: str) -> Item:
    with desk.storage.read() as reader:
        had = draft_of(desk, reader, item).categories
    others = tuple(slug for slug in had if slug != category)
    wanted = had if verb is Verb.ADD and category in had else (*others, category) if verb is Verb.ADD else others
    return _edited(desk, item, actor, categories=wanted)


def _edited(desk: Desk, item: Item, actor: Actor, **changed: object) -> Item:
    with desk.storage.read() as reader:
        draft = replace(draft_of(desk, reader, item), **changed)  # type: ignore[arg-type]
    return edit_item(desk, item.id, draft, actor, version=item.version, only=frozenset(changed))


def _reviews(actor: Actor) -> bool:
    return not isinstance(actor, User) or actor.may(Action.REVIEW)


def _sees(actor: Actor, item: Item) -> bool:
    return not isinstance(actor, User) or actor.may_edit(item)


def _may(actor: Actor, item: Item) -> None:
    if isinstance(actor, User) and not _sees(actor, item):
        raise NotAllowed("item.not_yours", role=actor.role.value)
