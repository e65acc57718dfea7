"""What storage hands out and takes in about who asks for feeds and blocks: numbers, sites, names of programs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

FEED, BLOCK = "feed", "block"


@dataclass(frozen=True, slots=True)
class Document:
    """A feed or a block. ``kind``: FEED or BLOCK. ``selection``: as addresses write it; "" stands for all those that
    were too many to be told apart. ``form``: ``atom``, ``rss``, ``json``, ``page``, ``fragment`` …"""

    kind: str
    selection: str
    form: str


@dataclass(frozen=True, slots=True)
class Tally:
    """How often a document was asked for, and how many of these times by bots. ``aggregators``: how many subscribers
    each says it has, by its name."""

    fetches: int = 0
    bots: int = 0
    aggregators: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Carried:
    """Somebody who carries a document: a site (a host, or "" when none is said), a partner's id, or both."""

    site: str
    partner_id: str
    document: Document


@dataclass(frozen=True, slots=True)
class Batch:
    """What one process saw in a while. ``sketches``: registers of the different readers of each selection's feeds
    (``news.sketches``), under the salt of ``run``. ``carried``: how often each was seen."""

    run: str
    tallies: Mapping[Document, Tally]
    sketches: Mapping[str, bytes]
    carried: Mapping[Carried, int]


@dataclass(frozen=True, slots=True)
class DayOfDocument:
    """What was asked for on a day of the newsroom."""

    day: date
    document: Document
    tally: Tally


@dataclass(frozen=True, slots=True)
class DayOfReaders:
    """About how many different readers asked for the feeds of ``selection`` on a day, aggregators and bots aside."""

    day: date
    selection: str
    readers: int


@dataclass(frozen=True, slots=True)
class Carrier:
    """Who carries a document, since when and until when as seen by us (aware UTC), and how often it asked."""

    carried: Carried
    first_seen: datetime
    last_seen: datetime
    fetches: int
