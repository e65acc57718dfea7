"""Dates as feeds and pages write them: RFC 3339, RFC 5322, and what people in France and England write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from news.categories import fold
from news.days import parse_when
from news.errors import InvalidInput
from news.items import When

_NAMES = (
    "janvier janv jan january", "fevrier fevr fev february feb", "mars mar march", "avril avr april apr", "mai may",
    "juin june jun", "juillet juil jul july", "aout aou august aug", "septembre sept sep september",
    "octobre oct october", "novembre nov november", "decembre dec december",
)  # fmt: skip
_MONTHS = {name: number for number, names in enumerate(_NAMES, 1) for name in names.split()}
_WORD = r"([^\W\d_]{3,9})\.?"
_DATES = re.compile(
    r"(?<![\d/.-])(?:"
    r"([12]\d{3})-(\d{1,2})-(\d{1,2})(?=$|[^\d-])"
    r"|(\d{1,2})([/.-])(\d{1,2})\5((?:[12]\d)?\d{2})(?=$|[^\d/-])"
    rf"|(\d{{1,2}})(?:er|st|nd|rd|th|\.)?\s{{1,3}}(?:of\s)?{_WORD},?\s{{1,3}}([12]\d{{3}})(?!\d)"
    r")"
    rf"|(?<!\w){_WORD}\s{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,3}}([12]\d{{3}})(?!\d)"
    r"|(?<![\d/.-])([12]\d{3})/(\d{1,2})/(\d{1,2})(?=$|[^\d/-])"
)
# "à 9 h 30", "9h", ", 09:30:15", "at 9:30 p.m.", with an offset where one follows; but no zone that is only named.
_TIME = re.compile(
    r"[\s,;:|·–-]{0,4}(?:(?:à|a|at|@|de|from)\s{1,3})?(?P<hour>\d{1,2})\s?"
    r"(?:[:.](?P<minute>\d{2})(?::\d{2})?|(?P<h>[hH])\s?(?P<after>\d{2})?(?!\w)|(?=[ap]\.?m))"
    r"(?:\s?(?P<half>[ap])\.?m\b\.?)?(?:\s?(?P<offset>Z|UTC|GMT|[+-]\d{2}:?\d{2})(?!\w))?(?!\s?(?-i:[A-Z]{3,4})\b|[\d/])",
    re.IGNORECASE,
)
_HALF_DAY = re.compile(r"\d\s?[ap]\.?m\b", re.IGNORECASE)  # which a mail's date never says
_HAS_TIME = re.compile(r"\d{1,2}[:hH]\d{2}")
_YEAR_ONE = re.compile(r"\s0\d{3}\s", re.ASCII)
# RFC 5322 §3.3 to the letter, as most feeds have it. Without "-0000", which names no zone.
_TO_THE_LETTER = re.compile(
    r"[A-Z][a-z]{2}, (\d{2}) (Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) ([12]\d{3}) (\d{2}):(\d{2}):(\d{2})"
    r" (?:GMT|\+0000|([+-](?!0000)\d{4}))",
    re.ASCII,
)
_LONGEST = 100
_EARLIEST, _LATEST = 1900, 2199
# Seconds since 1970, or milliseconds, until 2033.
_COUNT = re.compile(r"1\d{9}(?:\d{3})?", re.ASCII)
# The beginning of that count: what a program writes that has no date.
_UNSET = date(1970, 1, 1)
# "2026年3月", "2026/3", "--03-04", "-26", "---04": a year alone, or none, before what feedparser does not read.
_WITHOUT_MONTH = re.compile(r"\s*(?:-|\d{4}(?!-?\d\d)(?!\Z))")


@dataclass(frozen=True, slots=True)
class Found:
    """A day in a text, and where it stands: ``text[start:end]``."""

    day: date
    start: int
    end: int


def days_in(text: str) -> Iterator[Found]:
    """Every date in ``text`` that has a year: ``04/10/2024`` (day first), ``4 octobre 2024``, ``October 4, 2024``,
    ``2024-10-04``."""
    for found in _DATES.finditer(text):
        day = _day(found)
        if day is not None:
            yield Found(day, found.start(), found.end())


def _day(found: re.Match[str]) -> date | None:
    if found[1]:
        return _date(found[1], found[2], found[3])
    if found[14]:
        return _date(found[14], found[15], found[16])
    if found[4]:
        year = found[7] if len(found[7]) == 4 else f"20{found[7]}"
        return _date(year, found[6], found[4]) or _date(year, found[4], found[6])
    day, word, year = (found[8], found[9], found[10]) if found[8] else (found[12], found[11], found[13])
    return _date(year, str(_MONTHS.get(fold(word), 0)), day)


def _date(year: str, month: str, day: str) -> date | None:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if _EARLIEST <= made.year <= _LATEST else None


def when_of(text: object, zone: ZoneInfo) -> When | None:
    """A date field of a feed or a ``datetime`` attribute: a day when it has no time, else a moment; a time without an
    offset is a time of ``zone``. None when it cannot be read or lies outside 1900 to 2199."""
    if not isinstance(text, str) or not text.strip():
        return None
    given = text[:_LONGEST].strip()
    when = _to_the_letter(given) or _counted(given) or _written(given, zone)
    if when is None and _HAS_TIME.search(given) and not _HALF_DAY.search(given):
        when = _mail_date(given, zone)
    when = when or in_words(given, zone)
    return None if when and _UNSET in (when.day, when.moment and when.moment.date()) else when


def is_complete(text: str) -> bool:
    """Whether feedparser can read ``text`` without the clock, from which it takes the month, or the day, that a date of
    ISO 8601 does not have."""
    return _WITHOUT_MONTH.match(text) is None


def in_words(text: str, zone: ZoneInfo) -> When | None:
    """The first date in ``text`` as people write it, with the time that follows it, if any: ``3 mars 2024 à 9 h 30``,
    ``March 3, 2024 at 9:30 pm``. What is told from today ("il y a 2 jours") is none: nobody knows when it was said."""
    found = next(days_in(text), None)
    if found is None:
        return None
    said = _TIME.match(text, found.end)
    clock = _clock(said) if said else None
    if said is None or clock is None:
        return When(day=found.day)
    offset = said["offset"]
    try:
        local = datetime.combine(found.day, clock, _offset(offset) if offset else zone)
        return moment_of(local.astimezone(UTC))
    except (ValueError, OverflowError):
        return When(day=found.day)


def _clock(said: re.Match[str]) -> time | None:
    hour, minute = int(said["hour"]), int(said["minute"] or said["after"] or 0)
    if half := (said["half"] or "").lower():
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    elif said["minute"] is None and said["h"] is None:
        return None
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _offset(text: str) -> tzinfo:
    if text[0] not in "+-":
        return UTC
    size = timedelta(hours=int(text[1:3]), minutes=int(text[-2:]))
    return timezone(size if text[0] == "+" else -size)


def _counted(given: str) -> When | None:
    if _COUNT.fullmatch(given) is None:
        return None
    return moment_of(datetime.fromtimestamp(int(given[:10]), UTC))


def _to_the_letter(given: str) -> When | None:
    said = _TO_THE_LETTER.fullmatch(given)
    if said is None:
        return None
    day, month, year, hour, minute, second, offset = said.groups()
    try:
        zone = _offset(offset) if offset else UTC
        return moment_of(
            datetime(int(year), _MONTHS[month.lower()], int(day), int(hour), int(minute), int(second), tzinfo=zone)
        )
    except (ValueError, OverflowError):
        return None


def _written(given: str, zone: ZoneInfo) -> When | None:
    try:
        return parse_when(given, zone)
    except InvalidInput:
        return None


def _mail_date(given: str, zone: ZoneInfo) -> When | None:
    if _YEAR_ONE.search(given):  # an unset date, as some programs print it; RFC 5322 readers take it for 2001
        return None
    try:
        moment = parsedate_to_datetime(given)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=zone)
        return moment_of(aware.astimezone(UTC))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def moment_of(moment: datetime) -> When | None:
    """An aware moment in whole seconds UTC; None outside 1900 to 2199, and for the first day of 1970, which programs
    write that have no date."""
    if not _EARLIEST <= moment.year <= _LATEST or moment.astimezone(UTC).date() == _UNSET:
        return None
    return When(moment=moment.astimezone(UTC).replace(microsecond=0))
