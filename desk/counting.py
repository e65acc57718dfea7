"""Counting who asks for feeds and blocks: in memory as it happens, in the database once a minute.

What identifies a requester (its address) is looked at for feeds alone, kept for a minute at most, and then only raises
numbers in a sketch, hashed under a salt that is made when the program starts, is mixed with the day, and is written
nowhere. Of blocks' requests nothing is taken that could tell one visitor from another.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from hashlib import blake2b
from typing import NamedTuple

from desk.context import Desk
from news.audience import agent_of, site_of
from news.errors import StoreFailed
from news.links import host_of
from news.partners import KEY
from news.sketches import sketch_of
from storage.records_audience import BLOCK, FEED, Batch, Carried, Document, Tally

_LOG = logging.getLogger("depeche.counting")
EVERY = 60.0
MOST_KEPT = 10_000
LONGEST = 300
_SWEPT = "counts swept"
# Made before the web processes part, it is the same in all of them: nobody is counted once for each.
_ROOT = secrets.token_bytes(32)
_RUN = secrets.token_hex(8)


class Seen(NamedTuple):
    """What is kept of a request until the next minute. ``document``: which one; ``key``: what followed ``?p=``;
    ``requester``: for a feed the address it came from, for a block ""."""

    document: Document
    key: str
    agent: str
    requester: str
    origin: str
    referrer: str


class Counting:
    """What one process has seen since it was last written. ``every``: seconds between two writings."""

    def __init__(self, desk: Desk, *, every: float = EVERY) -> None:
        self._desk = desk
        self._every = every
        self._lock = threading.Lock()
        self._kept: dict[Seen, int] = {}
        self._waiting = False

    def add(self, seen: Seen) -> None:
        """One more such request. Cheap: no hashing, no database, no waiting. When too many different ones came in a
        minute, who asked is no longer told apart."""
        with self._lock:
            kept = self._kept
            if seen in kept:
                kept[seen] += 1
            elif len(kept) < MOST_KEPT:
                kept[seen] = 1
            elif len(kept) < 2 * MOST_KEPT:
                nobody = Seen(seen.document, "", "-", "", "", "")
                kept[nobody] = kept.get(nobody, 0) + 1
            if not self._waiting:
                self._waiting = True
                self.timer = threading.Timer(self._every, self.write)
                self.timer.daemon = True
                self.timer.start()

    def write(self) -> None:
        """Put what was seen into the database, in one transaction. When that cannot be done now, it is kept."""
        with self._lock:
            taken, self._kept, self._waiting = self._kept, {}, False
        now = self._desk.now()
        today = now.astimezone(self._desk.settings.timezone).date()
        try:
            with self._desk.storage.transaction() as tx:
                keys = {partner.key: partner.id for partner in tx.partners()}
                tx.put_audience(batch_of(taken, keys, today, host_of(self._desk.settings.base_url)), today, now)
        except StoreFailed as error:
            _LOG.warning("counts wait for the next minute: %s", error)
            with self._lock:
                for seen, times in self._kept.items():
                    taken[seen] = taken.get(seen, 0) + times
                self._kept = taken


def batch_of(kept: Mapping[Seen, int], keys: Mapping[str, str], today: date, own_host: str) -> Batch:
    """What a minute's requests add up to. ``keys``: ids of partners by their keys; ``own_host``: pages of our own
    carry nothing."""
    tallies: dict[Document, Tally] = defaultdict(Tally)
    readers: dict[str, set[str]] = defaultdict(set)
    carried: dict[Carried, int] = defaultdict(int)
    for seen, times in kept.items():
        agent, before = agent_of(seen.agent), tallies[seen.document]
        named = dict(before.aggregators)
        if agent.aggregator:
            named[agent.aggregator] = max(named.get(agent.aggregator, 0), agent.subscribers)
        tallies[seen.document] = Tally(before.fetches + times, before.bots + times * agent.bot, named)
        if agent.bot or agent.aggregator:
            continue
        if seen.requester:
            readers[seen.document.selection].add(f"{seen.requester}\n{seen.agent}")
        site, partner_id = site_of(seen.origin, seen.referrer), keys.get(seen.key, "")
        site = "" if site == own_host else site
        if partner_id or (site and seen.document.kind == BLOCK):
            carried[Carried(site, partner_id, seen.document)] += times
    return Batch(_RUN, tallies, {each: sketch_of(ones, salt(today)) for each, ones in readers.items()}, carried)


def salt(today: date) -> bytes:
    """What requesters are hashed under on ``today``."""
    return blake2b(today.isoformat().encode(), key=_ROOT).digest()


def sweep_counts(desk: Desk) -> None:
    """Once a day of the newsroom, turn past days' sketches into numbers, and forget what is older than the setting
    says."""
    zone = desk.settings.timezone
    today = desk.now().astimezone(zone).date()
    with desk.storage.read() as reader:
        last = reader.mark(_SWEPT)
    if last and last.astimezone(zone).date() == today:
        return
    with desk.storage.transaction() as tx:
        tx.put_mark(_SWEPT, desk.now())
        tx.sweep_audience(today, today - timedelta(days=desk.settings.statistics_days - 1))


def key_in(query: str) -> str:
    """The partner's key in ``query`` (``p=…``, as in the address), or "" where there is none that could be one."""
    parts = query.split("&") if "p=" in query else ()
    return next((part[2:] for part in parts if part.startswith("p=") and KEY.fullmatch(part[2:])), "")


__all__ = ["BLOCK", "FEED", "Counting", "Document", "Seen", "batch_of", "key_in", "salt", "sweep_counts"]
