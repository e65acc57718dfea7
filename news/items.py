"""An item of news, and what may change about it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from news.ids import urn
from news.pictures import Picture, fetched


class Status(StrEnum):
    """Where an item stands. Only ``PUBLISHED`` items are ever shown to the public."""

    DRAFT = "draft"
    REVIEW = "review"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Image:
    """A picture of an item. ``url``: where it came from, or for an upload ``urn:uuid:`` and its id. ``width``,
    ``height``: pixels, or None when unknown. ``kept``: our own copy once there is one; having it is no change."""

    url: str
    alt: str = ""
    width: int | None = None
    height: int | None = None
    credit: str = ""
    kept: Picture | None = field(default=None, compare=False)

    @property
    def wanted(self) -> bool:
        """Whether a copy of it is still to be fetched."""
        return self.kept is None and fetched(self.url)


def carried(before: Image | None, after: Image | None) -> Image | None:
    """``after`` with the copy, and the credit unless it has its own, that we had of the same picture ``before``."""
    if before is None or after is None or before.url != after.url:
        return after
    return replace(after, kept=after.kept or before.kept, credit=after.credit or before.credit)


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a collected item came from.

    ``guid``: the source's own identifier, as it wrote it, or None. ``terms``: the source's own categories, as it
    wrote them. ``keeps_guid``: whether ``guid`` serves as the item's public identity (an IRI on the source's host).
    """

    source_id: str
    source_name: str
    guid: str | None = None
    terms: tuple[str, ...] = ()
    keeps_guid: bool = False


@dataclass(frozen=True, slots=True)
class Brought:
    """What an imported item was called where it came from. ``guid``: no two imported items share one. ``keeps``:
    whether it serves as the public identity, as in an archive of our own; else it is for recognising alone."""

    guid: str
    keeps: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item, as stored. Times are aware, in UTC, in whole seconds.

    ``id``: UUIDv7. ``story_id``: shared by the translations of one story. ``link``: where the item points, or None
    when it lives here. ``summary``: plain text, whole (an excerpt is made when shown). ``content_html``: sanitised
    HTML or "". ``language``: BCP 47 primary tag. ``categories``: category ids, in no order.
    ``day``: set when the item has a date without a time; ``published``: the moment shown and sorted by (None only for
    a draft without a date); ``due``: when a scheduled item becomes visible; ``first_published``: when it first did;
    ``updated``: the last significant change. ``overridden``: fields staff changed on a collected item, which later
    refreshes leave alone. ``merged_into``: the id of the item that tells the same story in public, for a copy.
    ``version``: 1, 2, 3, … one more with each change. ``brought``: set for an imported item that had another name
    elsewhere; never together with ``origin``. ``withdraw_at``: when a published item is to be taken back;
    ``pinned_until``: until when it stands at the top of pages and blocks; neither ever moves anything in a feed.
    """

    id: str
    story_id: str
    title: str
    language: str
    status: Status
    created: datetime
    updated: datetime
    link: str | None = None
    summary: str = ""
    content_html: str = ""
    author: str | None = None
    image: Image | None = None
    categories: frozenset[str] = frozenset()
    day: date | None = None
    published: datetime | None = None
    due: datetime | None = None
    first_published: datetime | None = None
    withdrawn: datetime | None = None
    origin: Origin | None = None
    overridden: frozenset[str] = frozenset()
    merged_into: str | None = None
    owner_id: str | None = None
    version: int = 1
    brought: Brought | None = None
    withdraw_at: datetime | None = None
    pinned_until: datetime | None = None

    @property
    def guid(self) -> str:
        """The identity readers know it by, for ever: an IRI (RFC 4287 §4.2.6)."""
        if self.origin and self.origin.keeps_guid and self.origin.guid:
            return self.origin.guid
        if self.brought and self.brought.keeps:
            return self.brought.guid
        return urn(self.id)

    @property
    def visible(self) -> bool:
        """Whether the public may see it. Nothing else decides this."""
        return self.status is Status.PUBLISHED and self.merged_into is None


@dataclass(frozen=True, slots=True)
class When:
    """A date as a person or a page gives it: a ``day`` without a time, or a ``moment`` (aware, UTC). One of the two."""

    day: date | None = None
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of an object's history. ``data``: what was so afterwards, as JSON values."""

    object_kind: str
    object_id: str
    at: datetime
    actor: str
    action: str
    version: int = 0
    data: dict[str, object] = field(default_factory=dict)
