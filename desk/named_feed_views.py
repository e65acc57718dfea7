"""Named feeds as JSON values."""

from __future__ import annotations

from desk.named_feeds import Changing, Shown
from desk.named_feeds_ending import FeedEnding
from news.days import rfc3339
from news.named_feeds import NamedFeed


def named_feed_json(shown: Shown) -> dict[str, object]:
    """A named feed: ``selection``, what it shows, as addresses write it; ``items``, how many."""
    return _feed(shown.feed) | {"selection": shown.selection, "items": shown.items}


def changing_json(changing: Changing) -> dict[str, object]:
    """A change of what it shows; ``done`` is false for one that was only tried."""
    return {
        "feed": _feed(changing.feed), "before": changing.before, "after": changing.after,
        "coming": changing.moving.coming, "leaving": changing.moving.leaving, "done": changing.done,
    }  # fmt: skip


def feed_ending_json(ending: FeedEnding) -> dict[str, object]:
    """The end of one; ``done`` is false for one that was only tried."""
    successor = ending.successor and ending.successor.slug
    return {"feed": _feed(ending.feed), "successor": successor, "items": ending.items, "done": ending.done}


def _feed(feed: NamedFeed) -> dict[str, object]:
    return {
        "id": feed.id, "slug": feed.slug, "name_fr": feed.name_fr, "name_en": feed.name_en,
        "past_slugs": list(feed.past_slugs), "retired": feed.retired and rfc3339(feed.retired),
        "closes": feed.closes and rfc3339(feed.closes),
    }  # fmt: skip
