"""When to look at a source again."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from news.sources import Check

_QUIET_SHARE = 10
_JITTER = 0.1


def after_success(check: Check, now: datetime, *, changed: bool, shortest: int, longest: int, seed: str) -> Check:
    """The look at ``now`` went well. A source is looked at again after a tenth of the time it has been quiet, between
    ``shortest`` and ``longest`` seconds."""
    last_change = now if changed or check.changed is None else check.changed
    wait = min(max((now - last_change).total_seconds() / _QUIET_SHARE, shortest), longest)
    return replace(
        check, checked=now, succeeded=now, changed=last_change, failures=0, error_key=None, error_args={},
        next_at=now + _spread(wait, seed, now),
    )  # fmt: skip


def after_failure(
    check: Check, now: datetime, *, key: str, args: dict[str, object], shortest: int, longest: int, seed: str
) -> Check:
    """The look at ``now`` failed: the wait doubles with every failure in a row, up to ``longest`` seconds."""
    failures = check.failures + 1
    wait = min(shortest * 2 ** min(failures - 1, 20), longest)
    return replace(
        check, checked=now, failures=failures, error_key=key, error_args=args, next_at=now + _spread(wait, seed, now)
    )


def _spread(wait: float, seed: str, now: datetime) -> timedelta:
    """``wait`` seconds and up to a tenth more, so that sources added together do not stay together."""
    digest = hashlib.sha256(f"{seed}{now.isoformat()}".encode()).digest()
    return timedelta(seconds=round(wait * (1 + _JITTER * digest[0] / 255)))
