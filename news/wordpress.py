"""Addresses a WordPress site had, so that a school can swap and keep its subscribers.

The incumbent's feeds stand at ``/feed/``, ``/feed/atom/``, ``/category/parent/child/feed/``, ``/?feed=rss2``; its pages
at ``/category/parent/child/``; its items at ``/?p=123`` and at paths of their own, which only an import can know.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_FORMATS = {"": "rss", "feed": "rss", "rss": "rss", "rss2": "rss", "rdf": "rss", "atom": "atom"}
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_FEED = re.compile(rf"/(?:category/(?:{_SLUG}/)*({_SLUG})/)?feed(?:/({'|'.join(filter(None, _FORMATS))}))?/?", re.ASCII)
_CATEGORY = re.compile(rf"/category/((?:{_SLUG}/)*)({_SLUG})(/?)", re.ASCII)
_POST = re.compile(r"\d{1,12}", re.ASCII)


def todays_address(path: str, query: Mapping[str, str]) -> str | None:
    """Where a WordPress feed or category page is found with us, as a path; None for any other address.

    ``path``: percent-decoded, beginning with a slash. ``query``: the first value of each parameter.
    """
    if path == "/" and "feed" in query:
        return f"/feeds/all.{_FORMATS.get(query['feed'], 'rss')}"
    if feed := _FEED.fullmatch(path):
        return f"/feeds/{feed[1] or 'all'}.{_FORMATS[feed[2] or '']}"
    category = _CATEGORY.fullmatch(path)
    if category and (category[1] or category[3]):
        return f"/category/{category[2]}"
    return None


def item_key(path: str, query: Mapping[str, str]) -> str | None:
    """Under which key an import remembers the item of this address: ``?p=123``, or the path without its last slash."""
    if path == "/":
        number = query.get("p", "")
        return f"?p={number}" if _POST.fullmatch(number) else None
    return path.rstrip("/")[:500]
