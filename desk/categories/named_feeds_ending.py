"""Ending a named feed, as a category is retired: a time of grace, a last entry, then 410 (``ending``)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desk.categories.ending import FEED_CHANGED
from desk.categories.named_feeds import require_naming, tell
from desk.categories.views import either_json
from desk.categories.webhook_events import tell_webhooks
from desk.context import Actor, Desk
from desk.selecting import category_of, named_feed_of
from news.categories import Category
from news.endings import retired
from news.errors import InvalidInput
from news.named_feeds import NamedFeed
from news.webhooks import Event
from storage.contract import Reader


@dataclass(frozen=True, slots=True)
class FeedEnding:
    """An end that was made, or (``done`` False) would be. ``successor``: what its last entry names; ``items``: how many
    it shows."""

    feed: NamedFeed
    successor: Category | None
    items: int
    done: bool


def retire_named_feed(
    desk: Desk, slug: str, *, successor: str | None = None, actor: Actor, dry_run: bool = False
) -> FeedEnding:
    """End a named feed: for 30 days it goes on with a last entry that says so and names the ``successor`` (the slug of
    a category or of another named feed), then all its addresses answer 410. ``dry_run``: writes nothing. Raises
    NotFound, Gone, InvalidInput for a successor that is the feed itself, NotAllowed."""
    require_naming(actor)
    if dry_run:
        with desk.storage.read() as reader:
            return _end(reader, slug, successor)
    now = desk.now()
    with desk.storage.transaction() as tx:
        plan = _end(tx, slug, successor)
        after = retired(plan.feed, plan.successor, farewell=desk.mint(), now=now)
        tx.put_named_feed(after, now)
        tell(tx, after, actor, "retired", now, {"successor": plan.successor.slug if plan.successor else None})
        tx.enqueue(FEED_CHANGED, {"feeds": [after.id]}, now)
        tell_webhooks(tx, Event.FEED_RETIRED, after, now, successor=either_json(plan.successor))
        return replace(plan, feed=after, done=True)


def _end(reader: Reader, slug: str, successor: str | None) -> FeedEnding:
    feed = named_feed_of(reader, slug)
    following = _following(reader, successor) if successor is not None else None
    if following and following.id == feed.id:
        raise InvalidInput("feed.successor.itself", slug=feed.slug)
    return FeedEnding(feed, following, reader.category_counts().get(feed.id, 0), done=False)


def _following(reader: Reader, slug: str) -> Category:
    found = reader.category_of_slug(slug) if slug.isascii() else None
    return named_feed_of(reader, slug) if isinstance(found, NamedFeed) else category_of(reader, slug)
