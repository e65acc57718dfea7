"""How long an answer asks to be kept: ``Cache-Control`` and ``Expires`` (RFC 9111 §5.2.2.1, §5.3)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from net.response_heads import http_date

_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(\d{1,12})', re.IGNORECASE | re.ASCII)
_AT_ONCE = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)(?=$|[\s,=])", re.IGNORECASE)
_LONGEST = 30 * 86400


def fresh_for(fields: Mapping[str, str]) -> int | None:
    """Seconds, at most 30 days; 0 when it asks not to be kept; None when it does not say.

    ``Age`` is taken off: what a cache on the way has held is that much less fresh. ``Expires`` counts from the
    answer's own ``Date``, so that a wrong clock on either side does no harm.
    """
    said = fields.get("cache-control", "")[:1000]
    if _AT_ONCE.search(said):
        return 0
    if found := _MAX_AGE.search(said):
        return max(0, min(int(found[1]), _LONGEST) - _age(fields))
    if "expires" not in fields:
        return None
    until, sent = http_date(fields["expires"]), http_date(fields.get("date", ""))
    if until is None:
        return 0
    if sent is None:
        return None
    return max(0, min(int((until - sent).total_seconds()), _LONGEST))


def _age(fields: Mapping[str, str]) -> int:
    given = fields.get("age", "")[:9]
    return int(given) if given.isascii() and given.isdecimal() else 0
