"""Named feeds: giving a selection a name and an address of its own, and changing what stands behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desk.categories.ending import FEED_CHANGED
from desk.categories.views import either_json
from desk.categories.webhook_events import tell_webhooks
from desk.context import Actor, Desk, name_of
from desk.selecting import chosen_by, named_feed_of, selection_of
from news.items import Change
from news.named_feeds import NamedFeed
from news.naming import called_otherwise, first_names, renamed
from news.users import Action, User, require
from news.webhooks import Event
from storage.contract import Reader, Transaction
from storage.records import Moving


@dataclass(frozen=True, slots=True)
class Shown:
    """A named feed for people. ``selection``: what it shows, as addresses write it; ``items``: how many."""

    feed: NamedFeed
    selection: str
    items: int


@dataclass(frozen=True, slots=True)
class Changing:
    """A change that was made, or (``done`` False) would be. ``before``, ``after``: what the feed shows, as addresses
    write it; ``moving``: how many items come to it and leave it."""

    feed: NamedFeed
    before: str
    after: str
    moving: Moving
    done: bool


def list_named_feeds(desk: Desk, *, ended: bool = False) -> tuple[Shown, ...]:
    """The named feeds in the order they were made; with ``ended``, retired ones too, last."""
    with desk.storage.read() as reader:
        return tuple(shown(reader, feed) for feed in reader.named_feeds() if ended or feed.retired is None)


def named_feed(desk: Desk, slug: str) -> Shown:
    """The named feed that has, or had, this address. Raises NotFound, Gone."""
    with desk.storage.read() as reader:
        return shown(reader, named_feed_of(reader, slug))


def add_named_feed(
    desk: Desk, name_fr: str, selection: str, *, name_en: str | None = None, slug: str | None = None, actor: Actor
) -> Shown:
    """Give ``selection`` (as addresses write it) a name and an address. Items come to its feed dated as they are.

    Raises InvalidInput, NotFound and Gone for the selection, Conflict when the address is taken or reserved,
    NotAllowed.
    """
    require_naming(actor)
    with desk.storage.transaction() as tx:
        return put_new_feed(desk, tx, name_fr, selection, name_en=name_en, slug=slug, actor=actor)


def put_new_feed(
    desk: Desk,
    tx: Transaction,
    name_fr: str,
    selection: str,
    *,
    name_en: str | None = None,
    slug: str | None = None,
    actor: Actor,
) -> Shown:
    """Add a named feed in ``tx``, as ``add_named_feed`` does."""
    french, english, address = first_names(name_fr, name_en, slug, "feed")
    now = desk.now()
    feed = NamedFeed(
        id=desk.mint(),
        name_fr=french,
        name_en=english,
        slug=address,
        rank=0,
        created=now,
        chosen=chosen_by(tx, selection),
    )
    tx.put_named_feed(feed, now)
    tell(tx, feed, actor, "added", now)
    return shown(tx, feed)


def rename_named_feed(
    desk: Desk,
    slug: str,
    *,
    name_fr: str | None = None,
    name_en: str | None = None,
    new_slug: str | None = None,
    actor: Actor,
) -> Shown:
    """Change its names or its address; its feeds keep their ids, and the old address leads to the new one. Raises
    NotFound, Gone, InvalidInput, Conflict, NotAllowed."""
    require_naming(actor)
    now = desk.now()
    with desk.storage.transaction() as tx:
        before = named_feed_of(tx, slug)
        after = renamed(before, name_fr, name_en, new_slug, "feed")
        if after != before:
            tx.put_named_feed(after, now)
            tell(tx, after, actor, "renamed", now)
        stored = named_feed_of(tx, after.slug)
        if called_otherwise(before, stored):
            tell_webhooks(tx, Event.FEED_RENAMED, stored, now, before=either_json(before))
        return shown(tx, stored)


def change_named_feed(desk: Desk, slug: str, selection: str, *, actor: Actor, dry_run: bool = False) -> Changing:
    """Let a named feed show another selection: what belongs to it no longer leaves it, what now does comes to it dated
    as it is; its address and its ids stay. ``dry_run``: writes nothing. Raises as ``add_named_feed`` does."""
    require_naming(actor)
    if dry_run:
        with desk.storage.read() as reader:
            return _change(reader, slug, selection)
    now = desk.now()
    with desk.storage.transaction() as tx:
        plan = _change(tx, slug, selection)
        if plan.before != plan.after:
            tx.put_named_feed(plan.feed, now)
            tell(tx, plan.feed, actor, "changed", now, {"from": plan.before, "to": plan.after})
            tx.enqueue(FEED_CHANGED, {"feeds": [plan.feed.id]}, now)
            tell_webhooks(tx, Event.FEED_CHANGED, plan.feed, now, selection=plan.after, selection_before=plan.before)
        return replace(plan, done=True)


def dried_up(reader: Reader) -> tuple[NamedFeed, ...]:
    """Named feeds to which nothing new can come: every category they show was retired, or one that all items of theirs
    must have."""
    ended = {category.id for category in reader.categories() if category.retired}

    def dry(feed: NamedFeed) -> bool:
        gone = [member in ended for member in feed.chosen.members]
        return bool(gone) and (all(gone) if feed.chosen.any_of else any(gone))

    return tuple(feed for feed in reader.named_feeds() if feed.retired is None and dry(feed))


def _change(reader: Reader, slug: str, selection: str) -> Changing:
    feed = named_feed_of(reader, slug)
    chosen = chosen_by(reader, selection, feed.chosen)
    before, after = selection_of(reader, feed.chosen).address, selection_of(reader, chosen).address
    return Changing(replace(feed, chosen=chosen), before, after, reader.moving(chosen, feed.id), done=False)


def shown(reader: Reader, feed: NamedFeed) -> Shown:
    """``feed`` for people."""
    items = reader.category_counts().get(feed.id, 0)
    return Shown(feed, selection_of(reader, feed.chosen).address, items)


def tell(
    tx: Transaction, feed: NamedFeed, actor: Actor, action: str, now: datetime, data: dict[str, object] | None = None
) -> None:
    """A line of its history."""
    said: dict[str, object] = {"name_fr": feed.name_fr, "name_en": feed.name_en, "slug": feed.slug}
    said["selection"] = selection_of(tx, feed.chosen).address
    tx.add_change(Change("feed", feed.id, now, name_of(actor), action, data=said | (data or {})))


def require_naming(actor: Actor) -> None:
    """Who looks after the categories looks after the named feeds. Raises NotAllowed."""
    if isinstance(actor, User):
        require(actor, Action.CATEGORIES)
