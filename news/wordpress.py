"""Addresses a WordPress site had, so that a school can swap and keep its subscribers.

The incumbent's feeds stand at ``/feed/``, ``/feed/atom/``, ``/category/parent/child/feed/``, ``/?feed=rss2``; its pages
at ``/category/parent/child/``; its items at ``/?p=123`` and at paths of their own, which only an import can know. Sites
in two languages have ``/en/`` before all of these, or ``?lang=en`` behind; some have ``/index.php`` before them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_FORMATS = {"": "rss", "feed": "rss", "rss": "rss", "rss2": "rss", "rdf": "rss", "atom": "atom", "json": "json"}
_KIND = "|".join(filter(None, _FORMATS))
_SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_BEFORE = re.compile(r"(?:/index\.php)?(?:/(fr|en))?(?=/|$)", re.ASCII)
_FEED = re.compile(rf"(?:/category/(?:{_SLUG}/)*?({_SLUG}))?/(?:feed/)?({_KIND})/?", re.ASCII)
_SCRIPT = re.compile(r"/wp-(feed|rss|rss2|rdf|atom)\.php", re.ASCII)
_CATEGORY = re.compile(rf"/category/(?:{_SLUG}/)*?({_SLUG})(?:/page/\d{{1,6}})?/?", re.ASCII)
_OUR_CATEGORY = re.compile(rf"/category/{_SLUG}", re.ASCII)
_NAMED = re.compile(rf"(?:{_SLUG}/)*({_SLUG})/?", re.ASCII)
_POST = re.compile(r"\d{1,12}", re.ASCII)
# What made a part of the site of an address: who followed that must not be sent the whole.
_NARROWER = {"cat", "tag", "tag_id", "author", "author_name", "s", "p", "page_id", "name", "pagename", "m", "year",
             "post_type", "taxonomy"}  # fmt: skip


def todays_address(path: str, query: Mapping[str, str]) -> str | None:
    """Where a WordPress feed or category page is found with us, as a path; None for any other address.

    ``path``: percent-decoded, beginning with a slash. ``query``: the first value of each parameter.
    """
    before = _BEFORE.match(path)
    language = (before[1] if before else "") or (query["lang"] if query.get("lang") in ("fr", "en") else "")
    # MySQL compares slugs without their case, and so did WordPress.
    bare = path[before.end() :].lower() if before else path.lower()
    if feed := _feed(bare or "/", query):
        return f"/feeds/{feed[0]}{'.' + language if language else ''}.{feed[1]}"
    asks = f"?lang={language}" if language else ""
    if bare in ("", "/") and path not in ("", "/"):
        return f"/{asks}"
    category = _CATEGORY.fullmatch(bare)
    return f"/category/{category[1]}{asks}" if category and not _OUR_CATEGORY.fullmatch(path) else None


def _feed(path: str, query: Mapping[str, str]) -> tuple[str, str] | None:
    """The selection and the format of the WordPress feed at ``path``, if it is one."""
    if not _NARROWER.isdisjoint(query):
        return None
    category = _CATEGORY.fullmatch(path)
    if "feed" in query and (category or path == "/"):
        asked = query["feed"].lower()
        selection = category[1] if category else _named(query)
        return (selection, _FORMATS.get(asked, "rss")) if selection and not asked.startswith("comments") else None
    if category and _OUR_CATEGORY.fullmatch(path):
        return None
    if found := _FEED.fullmatch(path):
        return found[1] or "all", _FORMATS[found[2]]
    script = _SCRIPT.fullmatch(path)
    return ("all", _FORMATS[script[1]]) if script else None


def _named(query: Mapping[str, str]) -> str | None:
    if "category_name" not in query:
        return "all"
    found = _NAMED.fullmatch(query["category_name"].lower())
    return found[1] if found else None


def item_key(path: str, query: Mapping[str, str]) -> str | None:
    """Under which key an import remembers the item of this address: ``?p=123``, or the path without its last slash."""
    if path == "/":
        number = query.get("p", "")
        return f"?p={number}" if _POST.fullmatch(number) else None
    return path.rstrip("/")[:500]
