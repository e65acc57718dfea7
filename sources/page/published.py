"""The date of an item of a page."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from lxml import html

from news.items import When
from sources.dates import days_in, in_words, when_of
from sources.page.blocks import DATE_CLASS
from sources.page.lines import class_like, words
from sources.page.seen import Seen
from sources.page.selectors import Finder

_UPDATED_CLASS = words("updated", "modified", "dateModified", "comments?")


def published_in(seen: Seen, finder: Finder, zone: ZoneInfo) -> When | None:
    """What the selector for dates finds; else a ``<time>``, a date by its class, a line that is about the date. A date
    in a sentence counts only where a selector says that this is an item."""
    item = seen.item
    if finder.has("date"):
        return _first(finder.parts("date", item), zone)
    marked = [part for part in item.iter("time") if not class_like(part, _UPDATED_CLASS)] or list(item.iter("time"))
    classed = [part for part in item.iterdescendants() if class_like(part, DATE_CLASS)]
    if when := _first([*marked, *classed], zone):
        return when
    return When(day=seen.meta.day) if seen.meta and (seen.meta.tidy or finder.has("item")) else None


def _first(parts: list[html.HtmlElement], zone: ZoneInfo) -> When | None:
    return next((when for part in parts if (when := _when(part, zone))), None)


def _when(part: html.HtmlElement, zone: ZoneInfo) -> When | None:
    for machine in (part.get("datetime"), part.get("content")):
        if when := when_of(machine, zone):
            return when
    inner = next(part.iterdescendants("time"), None)
    if inner is not None:
        return _when(inner, zone)
    return in_words(" ".join(" ".join(part.itertext()).split())[:300], zone)


def edge_date(title: str) -> tuple[When, str] | None:
    """A date at the edge of a title, and the title without it: "The title (04/10/2024)"."""
    for found in days_in(title):
        before, after = title[: found.start].strip(" (-–—:|,"), title[found.end :].strip(" )-–—:|,")
        if bool(before) != bool(after):
            return When(day=found.day), before or after
    return None
