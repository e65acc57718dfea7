"""Which sources are due: leased in bounded batches, kept while they are looked at, given back when there was no time.

A lease is short, so that one of a worker that was killed costs little, and is prolonged while its worker lives.
"""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from desk.collecting.outcomes import Outcome
from desk.context import Desk
from news.links import host_of
from news.sources import Source

LEASE = timedelta(minutes=3)
AT_ONCE = 100
_RENEW_AFTER = 45.0
_LOOK_AFTER = 1.0
# So many sources of one host wait for its pauses; the others of it are put off, or they would hold the rest up.
_PER_HOST = 20


class Due:
    """Leases for one worker over ``desk``."""

    def __init__(self, desk: Desk, stop: threading.Event) -> None:
        self._desk = desk
        self._stop = stop
        self._held: dict[str, str] = {}
        self._hosts: Counter[str] = Counter()
        self._slots: dict[str, datetime] = {}
        self._renewed = time.monotonic()
        self._batch: Sequence[Source] = ()
        self._more = False

    def any(self) -> bool:
        """Lease the first batch; whether there is one."""
        self._batch = self._leased()
        return bool(self._held)

    def sources(self) -> Iterator[Source | None]:
        """All that is due, and what falls due meanwhile; None when there is nothing now but some are still looked at.
        Ends when all are done."""
        looked = time.monotonic()
        while not self._stop.is_set():
            yield from self._batch
            self._batch = ()
            if self._more or time.monotonic() - looked > _LOOK_AFTER:
                self._batch, looked = self._leased(), time.monotonic()
            if not self._batch:
                if not self._held:
                    return
                yield None

    def done(self, outcome: Outcome) -> None:
        """A source has been looked at, and the outcome stored: that ended its lease."""
        host = self._held.pop(outcome.source.id, None)
        if host is not None:
            self._hosts[host] -= 1
            self._hosts += Counter()

    def keep_leases(self) -> None:
        """Prolong the leases of those that are still looked at, when it is time."""
        if self._held and time.monotonic() - self._renewed > _RENEW_AFTER:
            with self._desk.storage.transaction() as tx:
                tx.extend_leases(list(self._held), self._desk.now() + LEASE)
            self._renewed = time.monotonic()

    def give_back(self) -> None:
        """What was not looked at may be looked at by others."""
        if self._held:
            with self._desk.storage.transaction() as tx:
                tx.end_leases(list(self._held))
        self._held.clear()
        self._hosts.clear()

    def _leased(self) -> Sequence[Source]:
        now = self._desk.now()
        with self._desk.storage.transaction() as tx:
            leased = tx.lease_sources(now, now + LEASE, AT_ONCE)
            self._more = len(leased) == AT_ONCE
            if self._desk.settings.fetch_pause:
                kept = [source for source in leased if self._room_for(source)]
                put_off = [source for source in leased if source.id not in self._held]
                tx.put_checks({each.id: replace(each.check, next_at=self._slot(each, now)) for each in put_off})
                return kept
        for source in leased:
            self._room_for(source, most=None)
        return leased

    def _room_for(self, source: Source, most: int | None = _PER_HOST) -> bool:
        host = host_of(source.url)
        if most is not None and self._hosts[host] >= most:
            return False
        self._hosts[host] += 1
        self._held[source.id] = host
        return True

    def _slot(self, source: Source, now: datetime) -> datetime:
        """A moment of its own for each of a host's many sources."""
        pause, host = self._desk.settings.fetch_pause, host_of(source.url)
        soonest = now + timedelta(seconds=_PER_HOST * pause)
        slot = max(self._slots.get(host, soonest), soonest) + timedelta(seconds=pause)
        self._slots = {name: until for name, until in self._slots.items() if until > now} | {host: slot}
        # Stored in whole seconds: cut short, a moment ahead would be now.
        return slot if not slot.microsecond else slot.replace(microsecond=0) + timedelta(seconds=1)
