"""Categories and named feeds: names, ranks, and first a page that says what a change would do."""

from web.staff.categories import ending, listing, named_feed_changing, named_feeds

__all__ = ["ending", "listing", "named_feed_changing", "named_feeds"]
