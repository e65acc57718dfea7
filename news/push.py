"""Push (WebSub): which feeds a change of an item touches, and when a hub that could not be told is told again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from news.named_feeds import NamedFeed
from news.selections import LANGUAGES, Selection

GIVE_UP_AFTER = 12
LONGEST_REST = timedelta(days=1)
_FIRST_WAIT = timedelta(minutes=1)
_LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True, order=True)
class Topic:
    """One document that subscribers follow. ``category``: its id or a named feed's, or "" for ``all``; ``language``: ""
    for every one; ``format``: the extension of the address."""

    category: str
    language: str
    format: str


def pushed(selection: Selection) -> bool:
    """Whether the hub is told of what changes in ``selection``: only such a feed may name a hub, or its subscribers
    would wait for what never comes."""
    return not selection.live_only and (selection.language is None or selection.language in LANGUAGES)


def topics(categories: Iterable[str], languages: Iterable[str], formats: Iterable[str]) -> frozenset[Topic]:
    """The documents that show an item of these categories and languages: those it left, and those it now is in."""
    spoken = {"", *(language for language in languages if language in LANGUAGES)}
    chosen, kinds = {"", *categories}, tuple(formats)
    return frozenset(Topic(category, tongue, kind) for category in chosen for tongue in spoken for kind in kinds)


def topics_of_named(feeds: Iterable[NamedFeed], languages: Iterable[str], formats: Iterable[str]) -> frozenset[Topic]:
    """The documents of named ``feeds`` that show something in one of ``languages``: of one that fixes its language
    itself there is a single one in each format."""
    spoken, kinds = {"", *(language for language in languages if language in LANGUAGES)}, tuple(formats)
    return frozenset(
        Topic(feed.id, tongue, kind)
        for feed in feeds
        for tongue in ({""} if feed.chosen.speaks else spoken)
        for kind in kinds
    )


def next_try(now: datetime, attempts: int, retry_after: int | None) -> datetime:
    """When to tell again what could not be told ``attempts`` times: a minute later, then twice as late each time up to
    six hours; later still when the hub asks for it (``retry_after``, seconds), but never more than a day."""
    wait = min(_FIRST_WAIT * (1 << min(max(attempts - 1, 0), 20)), _LONGEST_WAIT)
    asked = timedelta(seconds=retry_after or 0)
    return now + min(max(wait, asked), LONGEST_REST)
