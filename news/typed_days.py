"""Dates as people type them into a form, and as the form shows them again.

*24 novembre 2026 à 8 h*, *demain 8 h*, *lundi*, *4 October 2026 at 9:30 am* become what ``days.parse_when`` reads; what
is no such thing stays as it was typed, for ``parse_when`` to take or to refuse. Days are written day first.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time, timedelta

from news.days import MONTHS_EN, MONTHS_FR

_WEEKDAYS = (
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
)
_NEAR = {"aujourd'hui": 0, "demain": 1, "apres-demain": 2, "today": 0, "tomorrow": 1}
_CLOCK = re.compile(r"(?:(?:a|at|,) ?)?(\d{1,2}) ?(?:(?::|h) ?(\d{2})?)? ?(am|pm)?", re.ASCII)
_NUMBERS = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?:[t ] ?|$)(.*)", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[t ] ?|$)(.*)", re.ASCII)
_WRITTEN = re.compile(r"(?:le )?(\d{1,2})(?:er|st|nd|rd|th)? ([a-z]+)\.?,? (\d{4})\b,? ?(.*)", re.ASCII)
_WORD = re.compile(r"(?:le )?([a-z][a-z'-]*?)(?: prochain)?(?:,? (.*))?", re.ASCII)
_SHOWN = re.compile(r"(\d{4}-\d{2}-\d{2})(?:T(\d{2}):(\d{2}))?", re.ASCII)
_SHORTEST_MONTH = 3


def iso_text(text: str, today: date) -> str:
    """What was typed as ``2026-11-24`` or ``2026-11-24T08:00`` (the newsroom's time) where that is what it says, or as
    it is. ``today``: the newsroom's day; a day of the week is the next one after it."""
    plain = _plain(text)
    try:
        if found := _NUMBERS.fullmatch(plain):
            return _joined(date(int(found[3]), int(found[2]), int(found[1])), found[4]) or text
        if found := _ISO.fullmatch(plain):
            return _joined(date(int(found[1]), int(found[2]), int(found[3])), found[4]) or text
        if (found := _WRITTEN.fullmatch(plain)) and (month := _month(found[2])):
            return _joined(date(int(found[3]), month, int(found[1])), found[4]) or text
        if (found := _WORD.fullmatch(plain)) and (day := _near(found[1], today)):
            return _joined(day, found[2] or "") or text
    except (ValueError, OverflowError):
        pass
    return text


def shown_text(text: str, language: str) -> str:
    """What a form's date field shows of ``iso_text``: ``24/11/2026 8 h`` in French, ``2026-11-24 08:00`` in English.
    Anything else as it is. ``iso_text`` reads it back."""
    found = _SHOWN.fullmatch(text)
    if not found:
        return text
    if language != "fr":
        return text.replace("T", " ")
    year, month, day = found[1].split("-")
    clock = f" {int(found[2])} h" + (f" {found[3]}" if found[3] != "00" else "") if found[2] else ""
    return f"{day}/{month}/{year}{clock}"


def _plain(text: str) -> str:
    """Small letters without accents, true apostrophes as typed ones, one blank between words."""
    apart = unicodedata.normalize("NFD", " ".join(text[:80].lower().replace("’", "'").split()))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def _joined(day: date, clock: str) -> str:
    """The day and the time as ISO, or "" when ``clock`` is none."""
    if not clock:
        return day.isoformat()
    found = _CLOCK.fullmatch(clock)
    if not found or not (":" in clock or "h" in clock or found[3]):
        return ""
    hour = int(found[1])
    if found[3]:
        if not 1 <= hour <= 12:
            return ""
        hour = hour % 12 + (12 if found[3] == "pm" else 0)
    return f"{day.isoformat()}T{time(hour, int(found[2] or 0)):%H:%M}"


def _month(word: str) -> int:
    """The month of that name, or of that beginning of a single one; 0 for none."""
    for names in (MONTHS_FR, MONTHS_EN):
        begun = [number for number, name in enumerate(names, 1) if len(word) >= _SHORTEST_MONTH
                 and _plain(name).startswith(word)]  # fmt: skip
        if len(begun) == 1:
            return begun[0]
    return 0


def _near(word: str, today: date) -> date | None:
    if word in _NEAR:
        return today + timedelta(days=_NEAR[word])
    for names in _WEEKDAYS:
        if word in names:
            return today + timedelta(days=(names.index(word) - today.weekday() - 1) % 7 + 1)
    return None
