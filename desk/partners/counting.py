"""Counting who asks for feeds and blocks: in memory as it happens, in the database once a minute.

What identifies a requester (its address) is looked at for feeds alone, kept until the next writing, and then only
raises numbers in a sketch, hashed under a salt that is made when the program starts, is mixed with the day, and is
written nowhere. Of blocks' requests the address is not taken at all.
"""

from __future__ import annotations

import logging
import secrets
import threading
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from hashlib import blake2b

from desk.context import Desk
from news.audience import Agent, agent_of, site_of
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
# The selection that blocks of one item are counted as, all together; no selection is written so.
ITEMS = "items/"
# Made before the web processes part, it is the same in all of them: nobody is counted once for each.
_ROOT = secrets.token_bytes(32)
_RUN = secrets.token_hex(8)

# What is kept of a request until the next minute: path, query, agent, requester (for a feed the address it came from,
# else ""), origin, referrer. A plain tuple of texts: it is made and looked up for each answer.
Seen = tuple[str, str, str, str, str, str]
DocumentOf = Callable[[str], Document | None]


class Counting:
    """What one process has seen since it was last written. ``document_of``: what stands at a path, None for what is not
    counted. ``every``: seconds between two writings."""

    def __init__(self, desk: Desk, document_of: DocumentOf, *, every: float = EVERY) -> None:
        self._desk = desk
        self.document_of = document_of
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
                nobody = seen[0], "", "-", "", "", ""
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
                batch = batch_of(self._desk.settings.base_url, taken, keys, today, self.document_of)
                tx.put_audience(batch, today, now)
        except StoreFailed as error:
            _LOG.warning("counts wait for the next minute: %s", error)
            with self._lock:
                for seen, times in self._kept.items():
                    if seen in taken or len(taken) < MOST_KEPT:
                        taken[seen] = taken.get(seen, 0) + times
                self._kept = taken


def batch_of(
    base_url: str, taken: Mapping[Seen, int], keys: Mapping[str, str], today: date, document_of: DocumentOf
) -> Batch:
    """What requests of one day add up to. ``keys``: ids of partners by their keys. Pages of our own, at ``base_url``,
    carry nothing; of requests for blocks no requester is looked at."""
    own = host_of(base_url)
    tallies: dict[Document, Tally] = defaultdict(Tally)
    readers: dict[str, set[str]] = defaultdict(set)
    carried: dict[Carried, int] = defaultdict(int)
    for (path, query, said, requester, origin, referrer), times in taken.items():
        document = document_of(path)
        if document is None:
            continue
        # Browsers always say what they are; a server that includes a block (PHP, nginx) often does not.
        agent = agent_of(said) if said or document.kind == FEED else Agent()
        tallies[document] = _more(tallies[document], agent, times)
        if agent.bot or agent.aggregator:
            continue
        if requester and document.kind == FEED:
            readers[document.selection].add(f"{requester}\n{said}")
        site, partner_id = site_of(origin, referrer), keys.get(key_in(query), "")
        site = "" if site == own else site
        if partner_id or (site and document.kind == BLOCK):
            carried[Carried(site, partner_id, document)] += times
    sketches = {each: sketch_of(ones, salt(today)) for each, ones in readers.items()}
    return Batch(_RUN, tallies, sketches, carried)


def _more(tally: Tally, agent: Agent, times: int) -> Tally:
    named = dict(tally.aggregators)
    if agent.aggregator:
        named[agent.aggregator] = max(named.get(agent.aggregator, 0), agent.subscribers)
    return Tally(tally.fetches + times, tally.bots + times * agent.bot, named)


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


__all__ = ["BLOCK", "FEED", "ITEMS", "Counting", "Document", "batch_of", "key_in", "salt", "sweep_counts"]
