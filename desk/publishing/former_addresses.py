"""Addresses of the site the newsroom took over from."""

from __future__ import annotations

from collections.abc import Mapping

from desk.context import Desk
from desk.publishing.shown_item import item_path
from news.wordpress import item_key, todays_address


def moved_to(desk: Desk, path: str, query: Mapping[str, str]) -> str | None:
    """Where what stood at ``path`` is today, as a path; None when nothing stood there, or it is not to be seen.

    ``path``: percent-decoded. ``query``: the first value of each parameter.
    """
    if found := todays_address(path, query):
        return found
    key = item_key(path, query)
    if not key:
        return None
    with desk.storage.read() as reader:
        item = reader.item_of_former(key)
    return item_path(item) if item and (item.visible or item.withdrawn) else None
