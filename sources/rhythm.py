"""What a feed says about how often to ask: RSS 2.0 ``ttl``, ``skipHours`` and ``skipDays``, and the RDF Site Summary
syndication module (``sy:updatePeriod``, ``sy:updateFrequency``). From the document's head alone, whoever reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from news.rhythm import Hints

_PERIODS = {"hourly": 3600, "daily": 86_400, "weekly": 7 * 86_400, "monthly": 30 * 86_400, "yearly": 365 * 86_400}
_DAYS = {
    name: number
    for number, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_LONGEST = 365 * 86_400
_HEAD = 20_000
_ENTRY = re.compile(r"<(?:\w{1,20}:)?(?:item|entry)[\s>]", re.I)
_SKIP = re.compile(r"<skip(hours|days)\b[^>]{0,100}>(.{0,4000}?)</skip\1\s*>", re.I | re.S)
_VALUE = re.compile(r"<(?:hour|day)\b[^>]{0,100}>\s*(\w{1,20})\s*<", re.I)


def hints_of_parsed(about: dict[str, Any], text: str) -> Hints:
    """Hints of a feed that feedparser read. ``about``: its ``feed``; ``text``: the document, since feedparser keeps of
    ``skipHours`` and ``skipDays`` the last value only."""
    entry = _ENTRY.search(text, 0, _HEAD)
    head = text[: entry.start() if entry else _HEAD]
    skipped = {found[1].lower(): _VALUE.findall(found[2]) for found in _SKIP.finditer(head)}
    said = {name: str(about.get(name) or "") for name in ("ttl", "sy_updateperiod", "sy_updatefrequency")}
    return _hints(
        said["ttl"], said["sy_updateperiod"], said["sy_updatefrequency"], skipped.get("hours", ()),
        skipped.get("days", ()),
    )  # fmt: skip


def _hints(ttl: str, period: str, frequency: str, hours: Iterable[str], days: Iterable[str]) -> Hints:
    waits = [(_number(ttl) or 0) * 60]
    if known := _PERIODS.get(period.strip().lower()):
        waits.append(known // max(1, _number(frequency) or 1))
    # 24 stands for midnight in the Netscape specification that RSS 0.91 took skipHours from.
    skipped = {number % 24 for hour in hours if (number := _number(hour)) is not None and number <= 24}
    named = {_DAYS[name] for day in days if (name := day.strip().lower()) in _DAYS}
    return Hints(min(max(waits), _LONGEST) or None, frozenset(skipped), frozenset(named))


def _number(text: str) -> int | None:
    given = text.strip()
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 8 else None
