"""Dates: days without a time, moments, the newsroom's zone, and how they are written.

A day is due when the newsroom's day begins, and is published as 10:30 UTC of that day, which is the same day from
Honolulu (UTC-10) to Auckland (UTC+13), or as the moment of first publication if that came earlier that day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from news.errors import InvalidInput
from news.items import When

NOON_FOR_ALL = time(10, 30, tzinfo=UTC)
# The months in the order of the year, in small letters as French writes them, and with capitals as English does.
MONTHS_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[ T](?:à )?(\d{1,2}) ?(?::|h ?)(\d{2})?)?", re.ASCII)
_LOCAL = re.compile(r"(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?", re.ASCII)
_EARLIEST, _LATEST = 1900, 2199


def parse_when(text: str, zone: ZoneInfo) -> When:
    """What a person typed as a date: ``2024-10-04``, ``04/10/2024`` (day first), with a local time of the newsroom
    ``2024-10-04T09:00``, ``04/10/2024 9 h 30`` (in the hour that happens twice, the first), or RFC 3339 with an offset.
    Raises InvalidInput.

    A local time that the spring change of clocks skips is refused.
    """
    given = text.strip()
    try:
        if found := _DAY_FIRST.fullmatch(given):
            day = _bounded(date(int(found[3]), int(found[2]), int(found[1])))
            at = time(int(found[4]), int(found[5] or 0)) if found[4] else None
            return When(moment=_from_local(datetime.combine(day, at), zone)) if at else When(day=day)
        if found := _LOCAL.fullmatch(given):
            local = datetime.fromisoformat(f"{found[1]}T{found[2]}{found[3] or ''}")
            _bounded(local.date())
            return When(moment=_from_local(local, zone))
        if len(given) == len("2024-10-04"):
            return When(day=_bounded(date.fromisoformat(given)))
        moment = datetime.fromisoformat(given)
        if moment.tzinfo is not None:
            _bounded(moment.date())
            return When(moment=moment.astimezone(UTC).replace(microsecond=0))
    except (ValueError, OverflowError):
        pass
    raise InvalidInput("date.malformed", given=given[:60])


def _bounded(day: date) -> date:
    if not _EARLIEST <= day.year <= _LATEST:
        raise InvalidInput("date.out_of_range", given=day.isoformat(), earliest=_EARLIEST, latest=_LATEST)
    return day


def _from_local(local: datetime, zone: ZoneInfo) -> datetime:
    moment = local.replace(tzinfo=zone).astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) != local:
        raise InvalidInput("date.skipped_hour", given=local.strftime("%Y-%m-%d %H:%M"), zone=zone.key)
    return moment


def day_begins(day: date, zone: ZoneInfo) -> datetime:
    """The moment (UTC) the newsroom's ``day`` begins."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def due(when: When, zone: ZoneInfo) -> datetime:
    """The moment (UTC) from which something dated ``when`` may be seen."""
    if when.day is not None:
        return day_begins(when.day, zone)
    assert when.moment is not None
    return when.moment


def published_moment(when: When, first_published: datetime | None, zone: ZoneInfo) -> datetime:
    """The moment (UTC) shown and sorted by, for something dated ``when`` and first seen at ``first_published``."""
    if when.day is None:
        assert when.moment is not None
        return when.moment
    usual = datetime.combine(when.day, NOON_FOR_ALL)
    if first_published and first_published < usual and local_day(first_published, zone) == when.day:
        return first_published
    return usual


def local_day(moment: datetime, zone: ZoneInfo) -> date:
    """The newsroom's day at ``moment``."""
    return moment.astimezone(zone).date()


def short_date(day: date, language: str) -> str:
    """``04/10/2024`` in French, ``4 October 2024`` in English: the form of the block."""
    return long_date(day, "en") if language == "en" else f"{day:%d/%m/%Y}"


def long_date(day: date, language: str) -> str:
    """``4 octobre 2024`` (``1er`` for the first of a month), ``4 October 2024``."""
    if language == "en":
        return f"{day.day} {MONTHS_EN[day.month - 1]} {day.year}"
    return f"{'1er' if day.day == 1 else day.day} {MONTHS_FR[day.month - 1]} {day.year}"


def rfc3339(moment: datetime) -> str:
    """``moment`` in UTC, whole seconds, with ``Z`` (RFC 3339 §5.6)."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if moment.year >= 1000 else moment.isoformat()
