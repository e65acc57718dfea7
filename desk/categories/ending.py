"""Ending categories: retiring one, merging one into another, closing what was retired long enough ago."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desk.categories.views import either_json
from desk.categories.webhook_events import tell_webhooks
from desk.context import Actor, Desk, name_of
from desk.selecting import category_of
from news.categories import Category
from news.endings import feeds_it, merged_names, redirected, retired, to_close
from news.errors import InvalidInput
from news.items import Change
from news.named_feeds import NamedFeed
from news.users import Action, User, require
from news.webhooks import Event
from storage.contract import Reader, Transaction

CHANGED, FEED_CHANGED = "category.changed", "feed.changed"


@dataclass(frozen=True, slots=True)
class Effect:
    """What an end touches. ``items``: how many have the category, whatever their status; ``feeds``: how many feeds
    (``all`` and categories, the languages of one counted together) show something else afterwards; ``sources``: how
    many give it to what they bring."""

    items: int
    feeds: int
    sources: int


@dataclass(frozen=True, slots=True)
class Ending:
    """An end that was made, or (``done`` False) would be. ``category``: the one that ends; ``heir``: the one that goes
    on in its place, or None."""

    category: Category
    heir: Category | None
    effect: Effect
    done: bool


def retire_category(
    desk: Desk, slug: str, *, successor: str | None = None, actor: Actor, dry_run: bool = False
) -> Ending:
    """End a category: it takes no new items and is shown no more; for 30 days its feeds go on, with a last entry that
    says so and names the ``successor`` (a slug), then all its addresses answer 410. ``dry_run``: writes nothing.

    Sources that gave it give the successor, or nothing. Raises NotFound, Gone (also for what has ended already),
    InvalidInput for a successor that is the category itself, NotAllowed.
    """
    _require(actor)
    if dry_run:
        with desk.storage.read() as reader:
            return what_it_would_do(reader, slug, successor)
    now = desk.now()
    with desk.storage.transaction() as tx:
        plan = what_it_would_do(tx, slug, successor)
        after = retired(plan.category, plan.heir, farewell=desk.mint(), now=now)
        tx.put_category(after, now)
        _redirect_sources(desk, tx, plan, actor)
        _tell(desk, tx, plan, actor, "retired")
        tell_webhooks(tx, Event.CATEGORY_RETIRED, after, now, successor=either_json(plan.heir))
    return Ending(after, plan.heir, plan.effect, done=True)


def merge_category(desk: Desk, slug: str, into: str, *, actor: Actor, dry_run: bool = False) -> Ending:
    """Make one category part of another: its items get the other, dated as they are; every address it has or had leads
    to the other's; its names become the other's aliases, and sources that gave it give the other. ``dry_run``: writes
    nothing. Raises as ``retire_category`` does."""
    _require(actor)
    if dry_run:
        with desk.storage.read() as reader:
            return what_it_would_do(reader, slug, into, merging=True)
    now = desk.now()
    with desk.storage.transaction() as tx:
        plan = what_it_would_do(tx, slug, into, merging=True)
        assert plan.heir is not None
        tx.merge_category(plan.category.id, plan.heir.id, name_of(actor), now)
        tx.put_category(merged_names(plan.heir, plan.category), now)
        _redirect_sources(desk, tx, plan, actor)
        _tell(desk, tx, plan, actor, "merged")
        found = {category.id: category for category in tx.categories()}
        tell_webhooks(tx, Event.CATEGORY_MERGED, plan.category, now, into=either_json(found[plan.heir.id]))
    return Ending(found[plan.category.id], found[plan.heir.id], plan.effect, done=True)


def what_it_would_do(reader: Reader, slug: str, heir: str | None, *, merging: bool = False) -> Ending:
    """What it would do to retire a category, or to merge it. Raises NotFound, Gone, InvalidInput."""
    category = category_of(reader, slug)
    following = category_of(reader, heir) if heir is not None else None
    if following and following.id == category.id:
        raise InvalidInput("category.successor.itself", slug=category.slug)
    reach = reader.reach(category.id)
    feeds = reach.feeds | {category.id} | ({following.id} if merging and following else set())
    sources = sum(feeds_it(source, category.id) for source in reader.sources())
    return Ending(category, following, Effect(reach.items, len(feeds), sources), done=False)


def close_due(desk: Desk) -> int:
    """Let the addresses of categories and named feeds whose time of grace is over answer no more; how many of them. The
    worker's: until it has run they answer, and afterwards they do not, whatever the clock of who asks says."""
    now = desk.now()
    with desk.storage.read() as reader:
        due = _due(reader, now)
    if not due:
        return 0
    with desk.storage.transaction() as tx:
        due = _due(tx, now)
        for category in due:
            named = isinstance(category, NamedFeed)
            tx.close_category(category.id, now)
            tx.add_change(Change("feed" if named else "category", category.id, now, "worker", "closed"))
            topic, kind = (FEED_CHANGED, "feeds") if named else (CHANGED, "categories")
            tx.enqueue(topic, {kind: [category.id]}, now)
    return len(due)


def _due(reader: Reader, now: datetime) -> list[Category]:
    return [each for each in (*reader.categories(), *reader.named_feeds()) if to_close(each, now)]


def _redirect_sources(desk: Desk, tx: Transaction, plan: Ending, actor: Actor) -> None:
    to = plan.heir.id if plan.heir else None
    now = desk.now()
    for source in tx.sources():
        if feeds_it(source, plan.category.id):
            tx.put_source(redirected(source, plan.category.id, to), now)
            data: dict[str, object] = {"from": plan.category.id, "to": to}
            tx.add_change(Change("source", source.id, now, name_of(actor), "category redirected", data=data))


def _tell(desk: Desk, tx: Transaction, plan: Ending, actor: Actor, action: str) -> None:
    now, heir = desk.now(), plan.heir
    data: dict[str, object] = {"slug": plan.category.slug, "heir": heir.slug if heir else None}
    data["items"] = plan.effect.items
    tx.add_change(Change("category", plan.category.id, now, name_of(actor), action, data=data))
    if heir:
        tx.add_change(Change("category", heir.id, now, name_of(actor), f"{action} into this", data=data))
    told = {"categories": sorted({plan.category.id, *([heir.id] if heir else [])})}
    named = _made_of(tx, heir) if heir and action == "merged" else []
    tx.enqueue(CHANGED, told | ({"feeds": named} if named else {}), now)


def _made_of(reader: Reader, category: Category) -> list[str]:
    return sorted(feed.id for feed in reader.named_feeds() if category.id in feed.chosen.categories)


def _require(actor: Actor) -> None:
    if isinstance(actor, User):
        require(actor, Action.CATEGORIES)
