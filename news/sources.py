"""Sources: pages and feeds of others that the newsroom collects from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from news.rhythm import UNSAID, Hints
from news.rules import Rule, RuleKind, usual_rules

GONE = "source.gone"


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
    the last body. ``error_key``, ``error_args``: the last failure's message, or None while all is well. ``hints``: what
    it says about being asked; ``rhythm``: seconds that usually lie between two of its publications, or None.
    ``moved_to``: where it says it has moved for good, since ``moved_since`` (None: noted, nothing more to do).
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
    hints: Hints = UNSAID
    rhythm: int | None = None
    moved_to: str | None = None
    moved_since: datetime | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A source. ``rules``: how its items get their categories, in the order they are tried. ``language``: what its
    items are in when they do not say, or None."""

    id: str
    url: str
    kind: Kind
    name: str
    trust: Trust
    created: datetime
    check: Check
    language: str | None = None
    rules: tuple[Rule, ...] = usual_rules()
    selectors: Selectors = Selectors()
    paused: bool = False
    removed: datetime | None = None

    @property
    def ended(self) -> bool:
        """Whether it was paused because its site said that it is gone."""
        return self.paused and self.check.error_key == GONE

    @property
    def categories(self) -> frozenset[str]:
        """Ids of the categories that every item of it gets."""
        return frozenset[str]().union(*(rule.categories for rule in self.rules if rule.kind is RuleKind.ALWAYS))

    @property
    def map(self) -> dict[str, str]:
        """What its terms (as written) mean: a category id for each."""
        terms = [rule for rule in self.rules if rule.kind is RuleKind.TERM]
        return {rule.given: min(rule.categories) for rule in terms if rule.categories}
