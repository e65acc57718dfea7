"""What a look at a source teaches about its habits: how often it has news, how long it is silent, how it answers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from news.altered import altered
from news.items import When
from news.rhythm import gaps_between, past
from news.sources import Check

SLOW = 10_000
# A longer silence is no holiday: it is an old entry that stayed on top, or a site that was asleep.
_LONGEST_HOLIDAY = 120 * 86400


def learned(check: Check, dates: Iterable[When | None], now: datetime, *, new: bool) -> Check:
    """``check`` with what the document read at ``now`` taught. ``dates``: of all its entries; ``new``: whether any of
    them was new to us.

    Where entries are dated, the dates tell; on a page without dates, the moments at which we saw something new."""
    moments = past(dates, now)
    came = now if new and (check.succeeded or not moments) else None
    said = max((each for each in (check.said, moments[0] if moments else None, came) if each), default=None)
    if gaps := gaps_between(moments):
        usual = sorted(gaps)[len(gaps) // 2]
        believed = max((gap for gap in gaps if gap <= _LONGEST_HOLIDAY), default=usual)
        return altered(check, said=said, rhythm=usual, longest=believed)
    rhythm, longest = _lived(check, came)
    return altered(check, said=said, rhythm=rhythm, longest=longest)


def timed(check: Check, took: int | None) -> Check:
    """``check`` with how long the last answer took (milliseconds; None: there was no need to fetch)."""
    if took is None:
        return check
    return altered(check, took=took, slow=check.slow + 1 if took >= SLOW else 0)


def _lived(check: Check, came: datetime | None) -> tuple[int | None, int | None]:
    """The rhythm and the longest silence after something came at that moment: the last silences count most."""
    if came is None or check.said is None or came <= check.said:
        return check.rhythm, check.longest
    gap = int((came - check.said).total_seconds())
    if check.rhythm is None:
        return gap, gap
    return round(check.rhythm + (gap - check.rhythm) / 4), max(gap, round((check.longest or gap) * 0.9))
