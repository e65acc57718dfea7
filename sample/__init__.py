"""The sample newsroom: a made-up engineering school, so that a new installation has something to show.

``newsroom.toml`` names the school, its categories, named feeds and partners. ``stories/`` holds a file per story, named
after it, with a table for each language it is told in::

    days_ago = 12                       # before the newest day, so that the sample never ages
    time = 18:30:00                     # optional, in the newsroom's zone; without it the item is dated by its day
    author = "…"                        # optional
    categories = ["doctorat", "masters"]
    picture = "fjord"                   # optional: a drawing of sample.drawings

    [fr]
    title = "…"
    summary = "…"
    link = "https://….example/…"        # optional
    picture_alt = "…"                   # where there is a picture
    body = '''Paragraphs parted by blank lines; a block that starts with <ul>, <ol>, <blockquote> or <h3> is kept.'''

French texts are written with ordinary spaces; ``sample.typography`` makes them unbreakable where they have to be.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from news.items import When
from sample.typography import french, html_of

HERE = Path(__file__).parent
LANGUAGES = ("fr", "en")


@dataclass(frozen=True, slots=True)
class SampleCategory:
    """A category, in the newsroom's order."""

    name_fr: str
    name_en: str
    slug: str


@dataclass(frozen=True, slots=True)
class SampleFeed:
    """A named feed. ``selection``: what it shows, as addresses write it."""

    name_fr: str
    name_en: str
    slug: str
    selection: str


@dataclass(frozen=True, slots=True)
class SamplePartner:
    """A site that carries the news. ``feed``: the slug of a named feed; ``origin``: as ``frame-ancestors`` names it, or
    "" for anybody's; ``days``: for how long we know it; ``asked_a_day``: how often its block is asked for, about."""

    name: str
    contact: str
    feed: str
    origin: str
    days: int
    asked_a_day: int


@dataclass(frozen=True, slots=True)
class SampleItem:
    """An item to post. ``story``: shared by its translations. ``language``: ``fr`` or ``en``. ``content_html``: clean
    but for the ``rel`` of its links. ``categories``: slugs, by rank. One of ``day`` and ``moment`` (aware, UTC).
    ``picture``: a name of ``sample.drawings``, or None; ``picture_alt``: what it shows."""

    story: str
    language: str
    title: str
    summary: str
    content_html: str
    author: str | None
    link: str | None
    categories: tuple[str, ...]
    day: date | None
    moment: datetime | None
    picture: str | None = None
    picture_alt: str = ""


@dataclass(frozen=True, slots=True)
class SampleNewsroom:
    """All of it. ``items``: oldest first, the order to post them in; a story's French version before the English."""

    title: str
    categories: tuple[SampleCategory, ...]
    feeds: tuple[SampleFeed, ...]
    partners: tuple[SamplePartner, ...]
    items: tuple[SampleItem, ...]


def load(today: date, zone: ZoneInfo) -> SampleNewsroom:
    """The sample newsroom as it stands on ``today``, the newest day in it. ``zone`` is the newsroom's.

    Nothing lies in the future of any moment of ``today``: an item with a time is at least a day old.
    """
    about = _read(HERE / "newsroom.toml")
    categories = tuple(SampleCategory(**category) for category in about["categories"])
    ranks = {category.slug: rank for rank, category in enumerate(categories)}
    stories = {path.stem: _read(path) for path in (HERE / "stories").glob("*.toml")}
    oldest_first = sorted(stories, key=lambda story: (-stories[story]["days_ago"], story))
    items = (
        item
        for story in oldest_first
        for item in _items(story, stories[story], ranks, _when(stories[story], today, zone))
    )
    feeds = tuple(SampleFeed(**feed) for feed in about["feeds"])
    partners = tuple(SamplePartner(**partner) for partner in about["partners"])
    return SampleNewsroom(about["title"], categories, feeds, partners, tuple(items))


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _when(told: dict[str, Any], today: date, zone: ZoneInfo) -> When:
    day = today - timedelta(days=told["days_ago"])
    if "time" not in told:
        return When(day=day)
    return When(moment=datetime.combine(day, told["time"], zone).astimezone(UTC))


def _items(story: str, told: dict[str, Any], ranks: dict[str, int], when: When) -> Iterator[SampleItem]:
    for language in (language for language in LANGUAGES if language in told):
        text = told[language]
        yield SampleItem(
            story=story,
            language=language,
            title=_set(text["title"], language),
            summary=_set(text["summary"], language),
            content_html=_set(html_of(text["body"]), language),
            author=told.get("author"),
            link=text.get("link"),
            categories=tuple(sorted(told["categories"], key=ranks.__getitem__)),
            day=when.day,
            moment=when.moment,
            picture=told.get("picture"),
            picture_alt=_set(text.get("picture_alt", ""), language),
        )


def _set(text: str, language: str) -> str:
    """``text`` on one line, set as its language is."""
    line = " ".join(text.split())
    return french(line) if language == "fr" else line
