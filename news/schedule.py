"""When to look at a source again: as often as it really publishes, and no more often than it asks for."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from news.altered import altered
from news.rhythm import Hints
from news.sources import Check

_SHARE = 10
_JITTER = 0.1
_LONGEST_RETRY = 7 * 86400
_HOUR = timedelta(hours=1)
_A_WEEK = 7 * 24


def after_success(
    check: Check, now: datetime, *, changed: bool, shortest: int, longest: int, seed: str, fresh_for: int | None = None
) -> Check:
    """The look at ``now`` went well.

    The next comes after a tenth of the time the source has been quiet, or of the time that usually lies between two of
    its publications, whichever is longer; no sooner than it asks for (``fresh_for``: seconds its answer stays fresh;
    its own hints), always between ``shortest`` and ``longest`` seconds.
    """
    last_change = now if changed or check.changed is None else check.changed
    quiet = (now - last_change).total_seconds()
    asked = max(fresh_for or 0, check.hints.every or 0)
    wait = _between(shortest, max(quiet / _SHARE, (check.rhythm or 0) / _SHARE, asked), longest)
    latest = now + timedelta(seconds=round(longest * (1 + _JITTER)))
    return altered(
        check, checked=now, succeeded=now, changed=last_change, failures=0, error_key=None, error_args={},
        next_at=min(_unskipped(now + _spread(wait, seed, now), check.hints), latest),
    )  # fmt: skip


def after_failure(
    check: Check,
    now: datetime,
    *,
    key: str,
    args: dict[str, object],
    shortest: int,
    longest: int,
    seed: str,
    retry_after: int | None = None,
) -> Check:
    """The look at ``now`` failed: the wait doubles with every failure in a row, up to ``longest`` seconds; a server
    that says how long to stay away (``retry_after``, seconds) is obeyed up to a week."""
    failures = check.failures + 1
    wait = max(min(shortest * 2 ** min(failures - 1, 20), longest), min(retry_after or 0, _LONGEST_RETRY))
    return altered(
        check, checked=now, failures=failures, error_key=key, error_args=args, next_at=now + _spread(wait, seed, now)
    )


def _between(least: float, value: float, most: float) -> float:
    return min(max(value, least), most)


def _unskipped(moment: datetime, hints: Hints) -> datetime:
    """The first moment from ``moment`` on, by whole hours, in which something may be expected; ``moment`` itself for a
    source that says never."""
    for hours in range(_A_WEEK + 24):
        if not hints.skips(moment + hours * _HOUR):
            return moment + hours * _HOUR
    return moment


def _spread(wait: float, seed: str, now: datetime) -> timedelta:
    """``wait`` seconds and up to a tenth more, so that sources added together do not stay together."""
    digest = hashlib.sha256(f"{seed}{now.isoformat()}".encode()).digest()
    return timedelta(seconds=round(wait * (1 + _JITTER * digest[0] / 255)))
