"""The body of an item with its picture, as feeds carry it and as its own page shows it."""

from __future__ import annotations

from desk.publishing.shown_item import ItemView
from news.illustrated import illustrated, img, in_place


def body_with_picture(view: ItemView) -> str:
    """The item's body for a feed. Our copy of its picture is the first thing in it, or stands where the body showed the
    original; a picture that is not ours is left to how the feed attaches it."""
    item, shown = view.item, view.picture
    if item.image is None or shown is None or not shown.length:
        return item.content_html
    ours = img(shown.url, shown.alt, shown.width, shown.height)
    found = in_place(item.content_html, item.image.url, ours, shown.alt)
    return illustrated(item.content_html, item.summary, ours, shown.credit) if found is None else found


def body_on_page(view: ItemView) -> tuple[str, bool]:
    """The item's body for its page, and whether it shows the item's picture: then the page shows it nowhere else."""
    item, shown = view.item, view.picture
    if item.image is None or shown is None:
        return item.content_html, False
    ours = img(shown.src, shown.alt, shown.width, shown.height, shown.srcset)
    found = in_place(item.content_html, item.image.url, ours, shown.alt)
    return (item.content_html, False) if found is None else (found, True)
