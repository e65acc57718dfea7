"""A plain list of addresses: one a line; ``#`` begins a remark, empty lines say nothing."""

from __future__ import annotations

from news.errors import NotUnderstood
from news.text import one_line
from sources.charset import decode
from sources.opml import MOST_OUTLINES, Subscription

_LONGEST = 4_000


def read_url_list(body: bytes, content_type: str | None = None) -> tuple[Subscription, ...]:
    """The addresses in ``body``, in its order, as written. ``content_type``: the HTTP header, or None.

    Raises NotUnderstood: ``import.urls.none``, ``import.opml.too_long`` (with ``most``).
    """
    lines = (one_line(line[:_LONGEST]) for line in decode(body, content_type).splitlines())
    found = tuple(Subscription(line, "") for line in lines if line and not line.startswith("#"))
    if not found:
        raise NotUnderstood("import.urls.none")
    if len(found) > MOST_OUTLINES:
        raise NotUnderstood("import.opml.too_long", most=MOST_OUTLINES)
    return found
