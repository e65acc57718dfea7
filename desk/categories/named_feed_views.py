"""Named feeds as JSON values."""

from __future__ import annotations

from desk.categories.named_feeds import Changing, Shown
from desk.categories.views import feed_json


def named_feed_json(shown: Shown) -> dict[str, object]:
    """A named feed: ``selection``, what it shows, as addresses write it; ``items``, how many."""
    return feed_json(shown.feed) | {"selection": shown.selection, "items": shown.items}


def changing_json(changing: Changing) -> dict[str, object]:
    """A change of what it shows; ``done`` is false for one that was only tried."""
    return {
        "feed": feed_json(changing.feed), "before": changing.before, "after": changing.after,
        "coming": changing.moving.coming, "leaving": changing.moving.leaving, "done": changing.done,
    }  # fmt: skip
