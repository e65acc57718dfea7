"""Partners: adding, changing and removing them, and how each stands as seen by us."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from desk.categories.named_feeds import put_new_feed, require_naming
from desk.context import Actor, Desk, name_of
from desk.selecting import named_feed_of
from news.categories import Category
from news.errors import Conflict, InvalidInput, NotFound
from news.items import Change
from news.named_feeds import NamedFeed
from news.partners import Partner, Standing, checked_contact, checked_name, checked_origins, standing
from news.users import Action, User, require
from storage.contract import Reader, Transaction
from storage.records_audience import Carrier

_BYTES_OF_KEY = 5


@dataclass(frozen=True, slots=True)
class Known:
    """A partner for people. ``feed``: the one it shows, or None. ``carriers``: what is seen of its key, and of its feed
    wherever that is shown, seen last first; ``seen``: when that was, aware UTC, or None."""

    partner: Partner
    feed: NamedFeed | None
    carriers: tuple[Carrier, ...]
    seen: datetime | None
    standing: Standing


def list_partners(desk: Desk) -> tuple[Known, ...]:
    """All partners in the order they were added."""
    with desk.storage.read() as reader:
        return known_partners(reader, desk.now())


def known_partners(reader: Reader, now: datetime) -> tuple[Known, ...]:
    """All partners of a snapshot, as they stand ``now``."""
    carriers, feeds = reader.carriers(), {feed.id: feed for feed in reader.named_feeds()}
    return tuple(_known(partner, feeds, carriers, now) for partner in reader.partners())


def partner(desk: Desk, key: str) -> Known:
    """The partner of that key. Raises NotFound."""
    with desk.storage.read() as reader:
        wanted = partner_of(reader, key)
        return next(each for each in known_partners(reader, desk.now()) if each.partner == wanted)


def add_partner(
    desk: Desk,
    name: str,
    *,
    contact: str = "",
    feed: str = "",
    selection: str = "",
    origins: Sequence[str] = (),
    actor: Actor,
) -> Known:
    """Add a partner with a new key. ``feed``: the address of the named feed it shows; or ``selection``: a new named
    feed for it alone, with its name. Raises InvalidInput, NotFound, Gone, Conflict, NotAllowed."""
    require_partners(actor)
    if feed and selection:
        raise InvalidInput("partner.feed_or_selection")
    now, called = desk.now(), checked_name(name)
    with desk.storage.transaction() as tx:
        if any(each.name == called for each in tx.partners()):
            raise Conflict("partner.name.taken", name=called)
        made = Partner(
            desk.mint(), new_key(tx), called, now, checked_contact(contact),
            _feed_id(desk, tx, called, feed, selection, actor), checked_origins(tuple(origins)),
        )  # fmt: skip
        tx.put_partner(made)
        _tell(tx, made, actor, "added", now)
    return partner(desk, made.key)


def edit_partner(
    desk: Desk,
    key: str,
    *,
    name: str | None = None,
    contact: str | None = None,
    feed: str | None = None,
    origins: Sequence[str] | None = None,
    actor: Actor,
) -> Known:
    """Change what is given; the key stays. ``feed``: "" for none. Raises as ``add_partner`` does, and
    NotFound."""
    require_partners(actor)
    with desk.storage.transaction() as tx:
        before = partner_of(tx, key)
        after = replace(
            before,
            name=checked_name(name) if name is not None else before.name,
            contact=checked_contact(contact) if contact is not None else before.contact,
            feed_id=(named_feed_of(tx, feed).id if feed else None) if feed is not None else before.feed_id,
            origins=checked_origins(tuple(origins)) if origins is not None else before.origins,
        )
        if any(each.name == after.name and each.id != after.id for each in tx.partners()):
            raise Conflict("partner.name.taken", name=after.name)
        if after != before:
            tx.put_partner(after)
            _tell(tx, after, actor, "changed", desk.now())
    return partner(desk, key)


def renew_partner_key(desk: Desk, key: str, *, actor: Actor) -> Known:
    """Give a partner another key; blocks that carry the old one go on, as of nobody. What was seen of it stays. Raises
    NotFound, NotAllowed."""
    require_partners(actor)
    with desk.storage.transaction() as tx:
        after = replace(partner_of(tx, key), key=new_key(tx))
        tx.put_partner(after)
        _tell(tx, after, actor, "key renewed", desk.now())
    return partner(desk, after.key)


def remove_partner(desk: Desk, key: str, *, actor: Actor) -> Partner:
    """Forget a partner, whom to write to, and what was seen of it. Its pages go on showing news; its feed stays.
    Raises NotFound, NotAllowed."""
    require_partners(actor)
    with desk.storage.transaction() as tx:
        gone = partner_of(tx, key)
        tx.remove_partner(gone.id)
        _tell(tx, gone, actor, "removed", desk.now())
    return gone


def partner_of(reader: Reader, key: str) -> Partner:
    """The partner of that key, or of that id. Raises NotFound."""
    for each in reader.partners():
        if key in (each.key, each.id):
            return each
    raise NotFound("partner.unknown", key=key[:40])


def shows(feed: Category | None, selection: str) -> bool:
    """Whether ``selection``, as addresses write it, is ``feed``, by its present address or a former one."""
    return feed is not None and selection.partition(".")[0] in (feed.slug, *feed.past_slugs)


def require_partners(actor: Actor) -> None:
    """Who may look after partners. Raises NotAllowed."""
    if isinstance(actor, User):
        require(actor, Action.PARTNERS)


def _known(partner: Partner, feeds: dict[str, NamedFeed], carriers: Sequence[Carrier], now: datetime) -> Known:
    feed = feeds.get(partner.feed_id or "")
    own = tuple(
        each
        for each in carriers
        if each.carried.partner_id == partner.id
        or (not each.carried.partner_id and shows(feed, each.carried.document.selection))
    )
    seen = max((each.last_seen for each in own), default=None)
    return Known(partner, feed, own, seen, standing(partner, seen, now))


def _feed_id(desk: Desk, tx: Transaction, name: str, feed: str, selection: str, actor: Actor) -> str | None:
    if selection:
        require_naming(actor)
        return put_new_feed(desk, tx, name, selection, actor=actor).feed.id
    return named_feed_of(tx, feed).id if feed else None


def new_key(tx: Transaction) -> str:
    """A key that nobody has: random, so that nobody can ask which partners there are."""
    taken = {each.key for each in tx.partners()}
    while (key := secrets.token_hex(_BYTES_OF_KEY)) in taken:
        continue
    return key


def _tell(tx: Transaction, partner: Partner, actor: Actor, action: str, now: datetime) -> None:
    """History is for ever: whom to write to is no part of it."""
    said: dict[str, object] = {"name": partner.name, "key": partner.key, "origins": list(partner.origins)}
    tx.add_change(Change("partner", partner.id, now, name_of(actor), action, data=said))
