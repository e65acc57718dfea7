"""What ends as JSON values: a category, a named feed; ``done`` is false for what was only tried."""

from __future__ import annotations

from desk.categories.ending import Ending
from desk.categories.named_feeds_ending import FeedEnding
from desk.categories.views import category_json, feed_json


def ending_json(ending: Ending) -> dict[str, object]:
    """The end of a category as JSON values; ``done`` is false for one that was only tried."""
    effect = ending.effect
    return {
        "category": category_json(ending.category), "successor": ending.heir and ending.heir.slug,
        "items": effect.items, "feeds": effect.feeds, "sources": effect.sources, "done": ending.done,
    }  # fmt: skip


def feed_ending_json(ending: FeedEnding) -> dict[str, object]:
    """The end of one; ``done`` is false for one that was only tried."""
    successor = ending.successor and ending.successor.slug
    return {"feed": feed_json(ending.feed), "successor": successor, "items": ending.items, "done": ending.done}
