"""Categories and named feeds as JSON values: what is so of every one of them."""

from __future__ import annotations

from news.categories import Category
from news.days import rfc3339
from news.named_feeds import NamedFeed


def category_json(category: Category) -> dict[str, object]:
    """A category as JSON values."""
    return {
        "id": category.id, "slug": category.slug, "name_fr": category.name_fr, "name_en": category.name_en,
        "rank": category.rank, "aliases": list(category.aliases), "past_slugs": list(category.past_slugs),
        "retired": category.retired and rfc3339(category.retired),
        "closes": category.closes and rfc3339(category.closes),
    }  # fmt: skip


def feed_json(feed: NamedFeed) -> dict[str, object]:
    """A named feed as JSON values, without what it shows."""
    return {
        "id": feed.id, "slug": feed.slug, "name_fr": feed.name_fr, "name_en": feed.name_en,
        "past_slugs": list(feed.past_slugs), "retired": feed.retired and rfc3339(feed.retired),
        "closes": feed.closes and rfc3339(feed.closes),
    }  # fmt: skip


def either_json(one: Category | None) -> dict[str, object] | None:
    """A category or a named feed as JSON values."""
    if one is None:
        return None
    return feed_json(one) if isinstance(one, NamedFeed) else category_json(one)
