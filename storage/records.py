"""What storage hands out and takes in besides the newsroom's own things: states, passages, queries, outbox rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from news.items import Item, Status
from news.pictures import Picture
from news.recognise import Alias


@dataclass(frozen=True, slots=True)
class FeedState:
    """What is stored of a feed: its ``id`` (UUID, for ever), a ``revision`` that grows with every change of what it
    shows, when it was ``created``, and ``changed_at``, which only grows."""

    id: str
    revision: int
    created: datetime
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Passage:
    """The last thing that happened to an item in a feed: it entered or changed there, or it ``left`` at that moment.

    ``number``: 1, 2, 3 … in the order things happened in that feed; when something happens to the item again, it is
    told under a new, greater number alone. ``guid``: the identity readers know the item by.
    """

    number: int
    item_id: str
    guid: str
    left: datetime | None


class Order(StrEnum):
    """How staff see a list: newest or oldest date first (without a date, when it was made), or what was added last."""

    NEWEST = "newest"
    OLDEST = "oldest"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Place:
    """A place between two items of a list: beside the one that had this date (aware, UTC) and has this id."""

    moment: datetime
    item_id: str


@dataclass(frozen=True, slots=True)
class ItemQuery:
    """Which items staff ask for. None means any. ``text``: words to be found. ``since``: published at or after;
    ``until``: before. ``own``: written here, not collected (False: collected). ``untranslated``: no other language
    tells their story, unless it was withdrawn. ``copies``: also those merged into another story; ``flooded``: also
    those that wait together as a flood. ``after``: those that follow this place in the ``order``; ``before``: the ones
    just before it, in the same order; one of the two."""

    statuses: frozenset[Status] | None = None
    category_id: str | None = None
    source_id: str | None = None
    language: str | None = None
    owner_id: str | None = None
    since: datetime | None = None
    until: datetime | None = None
    text: str | None = None
    own: bool | None = None
    untranslated: bool = False
    copies: bool = True
    flooded: bool = True
    order: Order = Order.NEWEST
    after: Place | None = None
    before: Place | None = None
    limit: int = 50
    offset: int = 0


@dataclass(frozen=True, slots=True)
class Known:
    """A copy of one source's entry that is stored already: the item, and a hash of what the source last said."""

    item: Item
    fingerprint: str


@dataclass(frozen=True, slots=True)
class NewCopy:
    """What a source calls an item that was just stored: its names, and a hash of what the source said."""

    item_id: str
    aliases: tuple[Alias, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a category reaches. ``items``: how many have it, whatever their status; ``feeds``: ids of the categories
    whose feeds show any of them, "" for ``all``."""

    items: int
    feeds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Moving:
    """How many items would come to a named feed, and how many would leave it."""

    coming: int
    leaving: int


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What a person is typing. ``about``: an item's id, or ``new:`` and the form's token. ``fields``: raw, by name (of
    several boxes a list). ``version``: of the item the form was opened at, 0 for a new one."""

    user_id: str
    about: str
    fields: Mapping[str, object]
    version: int
    saved: datetime


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """Something to be told to the outside after the commit. ``payload``: JSON values."""

    id: int
    topic: str
    payload: Mapping[str, object]
    due: datetime
    attempts: int


class Written(NamedTuple):
    """A line of history, as ``news.items.Change``, whose ``data`` is written as JSON already."""

    object_kind: str
    object_id: str
    version: int
    at: datetime
    actor: str
    action: str
    data: str


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """What a program was answered, to be told again when it asks again under the same ``name`` (its idempotency key).
    ``asked``: a hash of what it asked; ``body``: JSON; ``at``: when."""

    user_id: str
    name: str
    asked: str
    status: int
    headers: Mapping[str, str]
    body: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeptPicture:
    """A picture that is kept, and who uploaded it: a user's id, or None."""

    picture: Picture
    owner_id: str | None
