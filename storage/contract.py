"""The promises of every storage engine.

Reading happens in a ``read()`` block: everything seen in it is one snapshot. Writing happens only in a
``transaction()`` block: it begins at once, waits its turn, and either all of it is durable when the block ends (it
survives power loss) or none of it happened. Times are aware UTC datetimes in whole seconds; "now" is always given.
Methods raise StoreFailed (StoreFull when the disk is full) when the engine cannot do its work.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import Protocol

from news.categories import Category
from news.items import Change, Item
from news.named_feeds import Chosen, NamedFeed
from news.recognise import Alias
from news.selections import Selection
from news.sources import Check, Source
from news.users import User
from storage.contract_accounts import AccountReader, AccountWriter
from storage.contract_bulk import BulkTransaction
from storage.contract_forms import FormReader, FormWriter
from storage.contract_health import HealthReader, HealthWriter
from storage.contract_identities import IdentityReader, IdentityWriter
from storage.contract_joins import JoinReader, JoinWriter
from storage.contract_lists import ListReader
from storage.contract_partners import PartnerReader, PartnerWriter
from storage.contract_pictures import PictureReader, PictureWriter
from storage.contract_programs import ProgramReader, ProgramWriter
from storage.contract_restoring import RestoringTransaction
from storage.contract_trust import TrustReader, TrustTransaction
from storage.records import FeedState, Known, Moving, OutboxRow, Passage, Reach


class Reader(
    AccountReader,
    FormReader,
    HealthReader,
    IdentityReader,
    JoinReader,
    ListReader,
    PartnerReader,
    PictureReader,
    ProgramReader,
    TrustReader,
    Protocol,
):
    """One snapshot of what is remembered."""

    def item(self, item_id: str) -> Item | None:
        """The item of that id, whatever its status."""

    def shelf(
        self,
        selection: Selection,
        *,
        limit: int,
        offset: int = 0,
        text: str | None = None,
        prefer: str | None = None,
        pinned: bool = False,
    ) -> tuple[Item, ...]:
        """Visible items of ``selection``, newest first, ties by the later id; ``pinned``: only those that are.

        ``text``: only those in which every word of it is found, accents and case aside (a quoted string is safe: no
        word is ever read as an operator). ``prefer``: each story once, in that language where it exists, else in
        another of the newsroom's, else in any; of several of one language the newest.
        """

    def told_at(self, selection: Selection, story_ids: Iterable[str]) -> dict[str, datetime]:
        """When what ``selection`` tells of each story last changed for readers, by story id: the latest ``updated`` of
        its tellings, or when one of them came to its categories, or left them, while another was in public. Only
        grows while the story is there."""

    def due_items(self, now: datetime, limit: int = 500) -> tuple[Item, ...]:
        """Scheduled items whose time has come, earliest first."""

    def next_due(self) -> datetime | None:
        """When the next scheduled item is due, or a published one to be withdrawn, or no longer to stand at the top."""

    def leaving_items(self, now: datetime, limit: int = 500) -> tuple[Item, ...]:
        """Published items whose time to be withdrawn has come, earliest first."""

    def loose_items(self, now: datetime, limit: int = 500) -> tuple[Item, ...]:
        """Items whose time at the top is over."""

    def story(self, story_id: str) -> tuple[Item, ...]:
        """Visible items of one story: its translations, by language."""

    def visible_by_canonical(self, links: Iterable[str]) -> dict[str, Item]:
        """Visible items by the canonical form of their link, for those of ``links`` that have one."""

    def known(self, source_id: str, aliases: Iterable[Alias]) -> dict[Alias, Known]:
        """The copies of ``source_id`` that answer to any of ``aliases``."""

    def item_of_former(self, address: str) -> Item | None:
        """The item that had ``address`` (a path, or ``?p=123``) on the site this one took over from."""

    def kept_guids(self, guids: Iterable[str]) -> frozenset[str]:
        """Those of ``guids`` that serve some item as its public identity already."""

    def brought(self, guids: Iterable[str]) -> frozenset[str]:
        """Those of ``guids`` that imported items came with, whatever became of these."""

    def categories(self) -> tuple[Category, ...]:
        """All categories by rank, retired ones last. Named feeds are none of them."""

    def category_of_slug(self, slug: str) -> Category | None:
        """The category, or the named feed, that has, or had, this address: they share one space of addresses."""

    def named_feeds(self) -> tuple[NamedFeed, ...]:
        """All named feeds in the order they were made, retired ones last."""

    def named_feeds_showing(self, item_id: str) -> frozenset[str]:
        """The ids of the named feeds that show this item."""

    def moving(self, chosen: Chosen, feed_id: str | None = None) -> Moving:
        """How many items would come to, and leave, the named feed (None: a new one) if it showed what is ``chosen``."""

    def reach(self, category_id: str) -> Reach:
        """Which items and feeds are touched when this category ends."""

    def category_counts(self) -> dict[str, int]:
        """How many visible items each category and named feed shows, by its id; the empty string counts all."""

    def feed_state(self, selection: Selection) -> FeedState:
        """The state of the feed of ``selection``. A combination's follows from those of its categories."""

    def last_passage(self, selection: Selection, before: int | None = None) -> int:
        """The number of the last passage of the feed of ``selection`` (``all``, one category or a named
        feed, in any language or one), or of the last below ``before``; 0 when there is none."""

    def next_passage(self, selection: Selection, after: int) -> int:
        """The number of the first passage above ``after``; 0 when there is none."""

    def passages(self, selection: Selection, first: int, last: int) -> tuple[Passage, ...]:
        """The passages numbered ``first`` to ``last``, in order. Some numbers are no longer there; none comes back."""

    def departures(self, selection: Selection, limit: int) -> tuple[Passage, ...]:
        """The last items that left the feed and are not back, latest first."""

    def items_named(self, ids: Collection[str]) -> dict[str, Item]:
        """The items of these ids, whatever their status, by id."""

    def sources(self) -> tuple[Source, ...]:
        """Sources that have not been removed, by name."""

    def source(self, source_id: str) -> Source | None:
        """The source of that id, also a removed one."""

    def sources_named(self, ids: Collection[str]) -> dict[str, Source]:
        """The sources of these ids, also removed ones, by id."""

    def source_of_url(self, url: str) -> Source | None:
        """The source of that address that has not been removed."""

    def source_item_counts(self) -> dict[str, int]:
        """How many items came from each source, copies included."""

    def users(self) -> tuple[User, ...]:
        """Everybody who may or might sign in, by e-mail address."""

    def user(self, user_id: str) -> User | None:
        """The user of that id."""

    def user_of_email(self, email: str) -> User | None:
        """The user of that address (lower case)."""

    def failures_since(self, subject: str, since: datetime) -> tuple[int, datetime | None]:
        """How many sign-ins failed for ``subject`` since then, and when the last one did."""

    def history(self, object_kind: str, object_id: str, limit: int = 200) -> tuple[Change, ...]:
        """What happened to one object, newest first."""

    def outbox(self, now: datetime, limit: int = 100, topics: Collection[str] | None = None) -> tuple[OutboxRow, ...]:
        """What is due to be told, oldest first; ``topics``: of these alone."""

    def mark(self, name: str) -> datetime | None:
        """A remembered moment (the worker's beat)."""


class Transaction(
    Reader,
    AccountWriter,
    BulkTransaction,
    FormWriter,
    HealthWriter,
    IdentityWriter,
    JoinWriter,
    PartnerWriter,
    PictureWriter,
    ProgramWriter,
    RestoringTransaction,
    TrustTransaction,
    Protocol,
):
    """A snapshot that may be changed. What public feeds and pages show is kept in step by the engine."""

    def put_item(self, item: Item, now: datetime) -> None:
        """Store ``item``, new or changed; named feeds show it when what they have ``chosen`` holds it. Bumps every feed
        that showed it or now does, and tells in these what
        happened (a passage), when there is anything to tell; nothing else. A category that was merged stands for the
        one it was merged into; a retired one shows no item that it did not show before. Raises Conflict when another
        item has its public identity."""

    def put_aliases(self, source_id: str, item_id: str, aliases: Iterable[Alias], fingerprint: str) -> None:
        """Remember what a source calls its copy ``item_id``, and the hash of what it said. The names it came with stay;
        of those it was given later, what the last ``MOST_LEARNED`` times taught."""

    def put_former_address(self, address: str, item_id: str) -> None:
        """Remember where an item stood on the site this one took over from; the first to claim an address keeps it."""

    def put_category(self, category: Category, now: datetime) -> None:
        """Store ``category`` and bump what shows it, or names it as a successor. Raises Conflict when its slug is, or
        was, another's."""

    def put_named_feed(self, feed: NamedFeed, now: datetime) -> None:
        """Store ``feed``. Where it is new or shows something else now, items come to it, dated as they are, and leave
        it: its log tells so, its ids stay. One that was retired goes on showing what it shows. Bumps it, and what names
        it as a successor. Raises Conflict when its slug is, or was, another's."""

    def merge_category(self, category_id: str, into_id: str, actor: str, now: datetime) -> int:
        """Make one category part of another: its items (their dates stay), its present and past addresses and what it
        succeeded become the other's, also in what named feeds show. A line of history for each item; how many there
        were."""

    def close_category(self, category_id: str, now: datetime) -> None:
        """The addresses of a retired category, or of a retired named feed, answer no more."""

    def put_ranks(self, category_ids: Sequence[str], now: datetime) -> None:
        """Give the categories the ranks 1, 2, 3 … in this order, and bump what shows them."""

    def put_source(self, source: Source, now: datetime) -> None:
        """Store ``source``; when it was renamed, bumps what shows its items. Raises Conflict when another that has not
        been removed has its address."""

    def put_check(self, source_id: str, check: Check) -> None:
        """Remember the last look at a source, and end its lease."""

    def put_checks(self, checks: Mapping[str, Check]) -> None:
        """As ``put_check``, for many at once, by the sources' ids."""

    def extend_leases(self, source_ids: Collection[str], until: datetime) -> None:
        """Lease those of them that are still leased till then."""

    def end_leases(self, source_ids: Collection[str]) -> None:
        """Give leases back: others may look at these sources."""

    def lease_sources(self, now: datetime, until: datetime, limit: int) -> tuple[Source, ...]:
        """Sources that are due, not paused and leased by nobody else, most overdue first; they are leased till then.
        When the clock went back, what it wrote before holds nobody up."""

    def put_user(self, user: User) -> None:
        """Store ``user``. Raises Conflict when another has the address."""

    def add_failure(self, subject: str, at: datetime) -> None:
        """Remember a failed sign-in; those older than a day are forgotten."""

    def clear_failures(self, subject: str) -> None:
        """Forget the failed sign-ins of ``subject``."""

    def add_change(self, change: Change) -> None:
        """Write one line of history. There is no way to change or remove one."""

    def enqueue(self, topic: str, payload: Mapping[str, object], due: datetime) -> None:
        """Put something in the outbox, to be told after this transaction."""

    def enqueue_once(self, topic: str, payload: Mapping[str, object], due: datetime) -> None:
        """As ``enqueue``, unless the very same waits there already: then it is due at ``due``, as if never tried."""

    def put_outbox(self, row: OutboxRow) -> None:
        """Remember another try of ``row``."""

    def drop_outbox(self, row_id: int) -> None:
        """It has been told."""

    def put_mark(self, name: str, at: datetime) -> None:
        """Remember a moment."""


class Storage(Protocol):
    """An open store, usable from any thread."""

    def read(self) -> AbstractContextManager[Reader]:
        """A snapshot."""

    def transaction(self) -> AbstractContextManager[Transaction]:
        """The turn to write: begins at once, commits at the end of the block, rolls back on any error."""

    def change_number(self) -> int:
        """A number that grows with every public change; cheap, and right in every process at once."""

    def migrate(self, now: datetime) -> list[str]:
        """Bring the store up to this program's shape; the names of the migrations run. Raises StoreTooNew."""

    def backup(self, destination: Path) -> None:
        """Write a consistent copy while others read and write. Raises StoreFailed."""

    def problems(self) -> tuple[str, ...]:
        """What an integrity check finds wrong, in the engine's words; empty when all is well."""

    def close(self) -> None:
        """Give everything back."""
