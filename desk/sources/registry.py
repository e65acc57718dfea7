"""Adding and keeping sources, and trying one before it is added."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from desk.collecting.probe import discover, probe
from desk.context import Actor, Desk, name_of
from desk.recording import record
from desk.selecting import category_of
from desk.stories.succession import pass_on
from news.collected import Collected
from news.errors import DepecheError, InvalidInput, NotFound
from news.ids import is_id
from news.items import Change, Status
from news.lifecycle import withdrawn
from news.links import checked_url, host_of
from news.rules import usual_rules
from news.selections import LANGUAGES
from news.sources import Check, Kind, Selectors, Source, Trust
from news.text import one_line
from news.users import Action, User, require
from sources.autodiscovery import Offer
from sources.page.selectors import check_selectors
from sources.wordpress import posts_address, site_address
from storage.contract import Reader, Transaction
from storage.records import ItemQuery

KINDS = ("auto", *Kind)
_LONGEST_NAME = 200
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class NewSource:
    """A source as typed. ``kind``: auto, feed, page or wordpress. ``categories``: slugs; ``map``: pairs of a term and
    a slug."""

    url: str
    kind: str = "auto"
    name: str = ""
    categories: tuple[str, ...] = ()
    map: tuple[tuple[str, str], ...] = ()
    trust: str = "review"
    language: str = ""
    selectors: Selectors = field(default_factory=Selectors)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a source would bring: its ``kind`` and ``items``, or the ``error``; and what a page ``offers`` besides."""

    url: str
    kind: Kind | None
    items: tuple[Collected, ...] = ()
    error: DepecheError | None = None
    title: str | None = None
    offers: tuple[Offer, ...] = ()


def add_source(desk: Desk, new: NewSource, actor: Actor) -> Source:
    """Add a source, due at once; the same address again gives the source that is there.

    Fetches only to find out the kind; a page that names its feed gives way to it. Raises InvalidInput, NotFound for an
    unknown category, Gone for a retired one, NotAllowed, SourceFailed when the kind is to be found out and the source
    cannot be read.
    """
    require_sources(actor)
    url = _address(new)
    with desk.storage.read() as reader:
        if there := reader.source_of_url(url):
            return there
        check_rules(
            reader, kind=new.kind, trust=new.trust, language=new.language, selectors=new.selectors,
            slugs=(*new.categories, *(slug for _, slug in new.map)),
        )  # fmt: skip
    title = None
    if new.kind == "auto":
        found = discover(desk, url, new.selectors)
        url, kind, title = found.url, found.kind or Kind.FEED, found.title
    else:
        kind = Kind(new.kind)
    now = desk.now()
    blank = Source(
        desk.mint(), url, kind, short_name(new.name or title or host_of(url)), Trust(new.trust), now, Check(next_at=now)
    )
    with desk.storage.transaction() as tx:
        return tx.source_of_url(url) or _put_new(tx, new, blank, actor)


def _put_new(tx: Transaction, new: NewSource, blank: Source, actor: Actor) -> Source:
    """Store ``blank`` with what ``new`` says of its items."""
    source = replace(
        blank,
        language=new.language or None,
        rules=usual_rules(
            [(one_line(term), category_of(tx, slug).id) for term, slug in new.map],
            [category_of(tx, slug).id for slug in new.categories],
        ),
        selectors=new.selectors,
    )
    tx.put_source(source, source.created)
    data: dict[str, object] = {"url": source.url, "kind": source.kind.value, "trust": source.trust.value}
    tx.add_change(Change("source", source.id, source.created, name_of(actor), "added", data=data))
    return source


def try_source(desk: Desk, url: str, kind: Kind | None = None, selectors: Selectors = Selectors()) -> Trial:  # noqa: B008
    """What ``url`` would bring now; changes nothing."""
    try:
        address = checked_url(url)
    except InvalidInput as error:
        return Trial(url, kind, error=error)
    found = probe(desk, posts_address(address) if kind is Kind.WORDPRESS else address, kind, selectors)
    items = found.reading.entries if found.reading else ()
    return Trial(url, found.kind or kind, items, found.error, found.title, found.offers)


def list_sources(desk: Desk) -> tuple[Source, ...]:
    """Sources by name."""
    with desk.storage.read() as reader:
        return reader.sources()


def get_source(desk: Desk, source_id: str) -> Source:
    """The source of that id. Raises NotFound."""
    with desk.storage.read() as reader:
        return stored_source(reader, source_id)


def source_item_counts(desk: Desk) -> dict[str, int]:
    """How many items came from each source, by its id."""
    with desk.storage.read() as reader:
        return reader.source_item_counts()


def pause_source(desk: Desk, source_id: str, actor: Actor) -> Source:
    """Look at a source no more until it is resumed. Raises NotFound."""
    return _change(desk, source_id, actor, "paused", lambda source: replace(source, paused=True))


def resume_source(desk: Desk, source_id: str, actor: Actor) -> Source:
    """Look at a paused source again, now. Raises NotFound."""
    now = desk.now()
    return _change(
        desk, source_id, actor, "resumed",
        lambda source: replace(source, paused=False, check=replace(source.check, next_at=now)),
    )  # fmt: skip


def remove_source(desk: Desk, source_id: str, items: str, actor: Actor) -> int:
    """Forget a source. ``items``: ``keep`` leaves what it brought, ``withdraw`` takes it back; how many were. A source
    is removed together with the last of its items: what fails on the way can be asked for again.

    Raises NotFound, InvalidInput.
    """
    if items not in ("keep", "withdraw"):
        raise InvalidInput("source.remove.items", given=items[:20])
    require_sources(actor)
    now, taken, last = desk.now(), 0, False
    while not last:
        with desk.storage.transaction() as tx:
            source = stored_source(tx, source_id)
            some = _withdrawn(tx, source, actor, now) if items == "withdraw" else 0
            last = some < _AT_ONCE
            if last:
                tx.put_source(replace(source, removed=now), now)
                tx.add_change(Change("source", source_id, now, name_of(actor), "removed"))
        taken += some
    return taken


def _withdrawn(tx: Transaction, source: Source, actor: Actor, now: datetime) -> int:
    """Take back some of what ``source`` brought; fewer than ``_AT_ONCE`` when they were the last."""
    there = frozenset(Status) - {Status.WITHDRAWN}
    some = tx.items(ItemQuery(statuses=there, source_id=source.id, limit=_AT_ONCE))
    for item in some:
        after = replace(withdrawn(item, now), version=item.version + 1)
        record(tx, item, after, actor=actor, action="withdrawn: source removed", now=now)
    pass_on(tx, some, source.id, actor, now)
    return len(some)


def _change(desk: Desk, source_id: str, actor: Actor, action: str, changed: Callable[[Source], Source]) -> Source:
    require_sources(actor)
    now = desk.now()
    with desk.storage.transaction() as tx:
        after = changed(stored_source(tx, source_id))
        tx.put_source(after, now)
        tx.add_change(Change("source", source_id, now, name_of(actor), action))
    return after


def stored_source(reader: Reader, source_id: str) -> Source:
    """The source of that id that has not been removed. Raises NotFound."""
    source = reader.source(source_id) if is_id(source_id) else None
    if source is None or source.removed:
        raise NotFound("source.unknown", id=source_id[:80])
    return source


def check_rules(
    reader: Reader,
    *,
    kind: str | None,
    trust: str | None,
    language: str | None,
    selectors: Selectors | None,
    slugs: Sequence[str],
) -> None:
    """Raises InvalidInput for what is no kind, trust, language or selector, NotFound for an unknown category. None and
    "" are no mistakes."""
    for name, given, choices in (("kind", kind, KINDS), ("trust", trust, tuple(Trust))):
        if given is not None and given not in choices:
            raise InvalidInput(f"source.{name}.unknown", given=given[:20], choices=", ".join(choices))
    if language and language not in LANGUAGES:
        raise InvalidInput("item.language.unknown", language=language[:20])
    if selectors:
        check_selectors(selectors)
    for slug in slugs:
        category_of(reader, slug)


def _address(new: NewSource) -> str:
    url = checked_url(new.url)
    return posts_address(url) if new.kind == Kind.WORDPRESS else url


def address_for_people(source: Source) -> str:
    """Where a person looks at what ``source`` says: of a WordPress site its home, since its posts are for programs."""
    return site_address(source.url) if source.kind is Kind.WORDPRESS else source.url


def short_name(text: str) -> str:
    """``text`` as a source may be called."""
    return one_line(text)[:_LONGEST_NAME] or "?"


def require_sources(actor: Actor) -> None:
    """Raises NotAllowed unless ``actor`` may manage sources."""
    if isinstance(actor, User):
        require(actor, Action.SOURCES)
