"""Sources: pages and feeds of others that the newsroom collects from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Kind(StrEnum):
    """How a source is read."""

    FEED = "feed"
    PAGE = "page"
    WORDPRESS = "wordpress"


class Trust(StrEnum):
    """What becomes of a new item: published at once, or put in the review list."""

    PUBLISH = "publish"
    REVIEW = "review"


@dataclass(frozen=True, slots=True)
class Selectors:
    """CSS selectors that say where things stand on a page; None leaves it to good guesses."""

    item: str | None = None
    title: str | None = None
    link: str | None = None
    date: str | None = None
    summary: str | None = None
    categories: str | None = None
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What is remembered of the last look at a source, and when the next is due. Times are aware UTC.

    ``etag``, ``last_modified``: the validators, byte for byte as the source sent them. ``body_hash``: SHA-256 (hex) of
    the last body. ``error_key``, ``error_args``: the last failure's message, or None while all is well.
    """

    next_at: datetime
    checked: datetime | None = None
    succeeded: datetime | None = None
    changed: datetime | None = None
    failures: int = 0
    error_key: str | None = None
    error_args: dict[str, object] = field(default_factory=dict)
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source. ``categories``: ids of categories every item of it gets. ``map``: a term of the source (as written)
    to a category id. ``language``: what its items are in when they do not say, or None."""

    id: str
    url: str
    kind: Kind
    name: str
    trust: Trust
    created: datetime
    check: Check
    language: str | None = None
    categories: frozenset[str] = frozenset()
    map: dict[str, str] = field(default_factory=dict)
    selectors: Selectors = Selectors()
    paused: bool = False
    removed: datetime | None = None
