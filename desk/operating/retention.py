"""Retention: what the newsroom remembers of people and programs for a time, and then forgets."""

from __future__ import annotations

from datetime import timedelta

from desk.accounts import sessions
from desk.context import Desk
from desk.idempotency import KEPT_FOR

DELIVERIES_KEPT = timedelta(days=30)
_EVERY = timedelta(hours=1)
_LAST = "forgot"


def forget(desk: Desk) -> int:
    """Once an hour, forget what has been kept long enough; how many records. The worker's part.

    Who came in is kept for ``DEPECHE_LOG_RETENTION`` days, a session for a week after it ended
    (``sessions.REMEMBERED``), a one-time link until it ends, what a webhook was told for 30 days, the answer to an
    idempotency key for 24 hours.
    """
    now = desk.now()
    with desk.storage.read() as reader:
        last = reader.mark(_LAST)
    if last and abs(now - last) < _EVERY:
        return 0
    seen_before, made_before = (moment - sessions.REMEMBERED for moment in sessions.oldest(desk))
    with desk.storage.transaction() as tx:
        tx.put_mark(_LAST, now)
        forgotten = tx.forget_ended(seen_before, made_before, now)
        forgotten += tx.forget_accesses(now - timedelta(days=desk.settings.log_retention))
        return forgotten + tx.forget_deliveries(now - DELIVERIES_KEPT) + tx.forget_answers(now - KEPT_FOR)
