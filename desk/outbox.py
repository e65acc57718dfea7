"""The outbox: what happened is told outside after the commit, so that no crash loses it and no request waits for it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from desk.context import Desk
from news.errors import DepecheError
from storage.contract import OutboxRow

Teller = Callable[[OutboxRow], None]
_LONGEST_WAIT = timedelta(hours=6)
_GIVE_UP_AFTER = 12
_LOG = logging.getLogger("depeche.outbox")


def tell(desk: Desk, tellers: Sequence[Teller] = ()) -> int:
    """Hand every due row to all ``tellers``; how many rows are done. A row whose teller raises a DepecheError is tried
    again later, twice as late each time, at most twelve times. With nobody to tell, rows are done at once."""
    with desk.storage.read() as reader:
        rows = reader.outbox(desk.now())
    done = 0
    for row in rows:
        told = _told(row, tellers)
        with desk.storage.transaction() as tx:
            if told or row.attempts + 1 >= _GIVE_UP_AFTER:
                tx.drop_outbox(row.id)
                done += 1
            else:
                wait = min(timedelta(minutes=1) * 2**row.attempts, _LONGEST_WAIT)
                tx.put_outbox(replace(row, due=desk.now() + wait, attempts=row.attempts + 1))
    return done


def _told(row: OutboxRow, tellers: Sequence[Teller]) -> bool:
    try:
        for teller in tellers:
            teller(row)
    except DepecheError as error:
        _LOG.warning("outbox %d (%s), try %d: %s", row.id, row.topic, row.attempts + 1, error)
        return False
    return True
