"""How often a source publishes, and how often it wants to be asked. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from itertools import pairwise

from news.items import When

_CONSIDERED = 20
_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Hints:
    """What a feed says in its own words about being asked. ``every``: seconds it stays as it is (``ttl``,
    ``sy:updatePeriod``), or None. ``skip_hours``: hours of the day (0 to 23, UTC) and ``skip_days``: days of the week
    (Monday is 0) in which it does not change (RSS 2.0, ``skipHours``, ``skipDays``)."""

    every: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()

    def skips(self, moment: datetime) -> bool:
        """Whether nothing is to be expected at ``moment`` (aware)."""
        there = moment.astimezone(UTC)
        return there.hour in self.skip_hours or there.weekday() in self.skip_days


UNSAID = Hints()


def past(dates: Iterable[When | None], now: datetime) -> list[datetime]:
    """Those of ``dates`` that do not lie ahead of ``now``, each once, latest first."""
    return sorted({moment for when in dates if when and (moment := _moment(when)) <= now}, reverse=True)


def gaps_between(moments: Sequence[datetime]) -> list[int]:
    """The seconds between the last twenty of ``moments`` (latest first); none when fewer than three tell too little."""
    if len(moments) < _FEWEST:
        return []
    return [int((later - earlier).total_seconds()) for later, earlier in pairwise(moments[:_CONSIDERED])]


def _moment(when: When) -> datetime:
    if when.day:
        return datetime.combine(when.day, time(), UTC)
    assert when.moment
    return when.moment
