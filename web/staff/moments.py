"""Days and moments in words, in the newsroom's zone: *4 octobre 2026 à 9 h*, *4 October 2026 at 9:00*."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from news.days import long_date
from news.items import Item, Status, When
from translations import Translator


def moment_words(moment: datetime, zone: ZoneInfo, t: Translator) -> str:
    """``moment`` (aware) as the newsroom's day and time."""
    local = moment.astimezone(zone)
    return t("staff.moment", day=long_date(local.date(), t.language), time=clock_words(local, t.language))


def near_words(moment: datetime, now: datetime, zone: ZoneInfo, t: Translator) -> str:
    """``moment`` as *aujourd'hui à 9 h* when it falls on the newsroom's day at ``now``, else as day and time."""
    local = moment.astimezone(zone)
    if local.date() == now.astimezone(zone).date():
        return t("staff.moment.today", time=clock_words(local, t.language))
    return moment_words(moment, zone, t)


def clock_words(local: datetime, language: str) -> str:
    """The time of ``local``: ``9 h``, ``9 h 30`` in French (no-break spaces), ``9:00`` in English."""
    if language == "en":
        return f"{local.hour}:{local.minute:02}"
    return f"{local.hour}\u00a0h" + (f"\u00a0{local.minute:02}" if local.minute else "")


def when_words(when: When, zone: ZoneInfo, t: Translator) -> str:
    """A day, or a day and a time, as staff read it."""
    if when.day is not None:
        return long_date(when.day, t.language)
    assert when.moment is not None
    return moment_words(when.moment, zone, t)


def table_day(day: date, language: str) -> str:
    """``day`` as narrow as a column of dates wants it: ``04/10/2026``, ``4 Oct 2026``."""
    if language != "en":
        return f"{day:%d/%m/%Y}"
    number, month, year = long_date(day, "en").split(" ")
    return f"{number}\u00a0{month[:3]}\u00a0{year}"


def item_day(item: Item, zone: ZoneInfo) -> date:
    """The newsroom's day under which staff find ``item``: that of its date, or else of its making."""
    return item.day or (item.published or item.created).astimezone(zone).date()


def saved_words(item: Item, was: Status | None, zone: ZoneInfo, t: Translator) -> str:
    """What saving ``item`` did, which ``was`` in some status before (None for a new one): *Programmée : elle paraîtra
    le 4 octobre 2026 à 9 h.* A change of what is public already is said as one."""
    if item.status is Status.SCHEDULED:
        when = When(day=item.day) if item.day else When(moment=item.due)
        return t("staff.saved.scheduled", when=when_words(when, zone, t))
    if item.status is Status.PUBLISHED is was:
        return t("staff.saved.updated")
    return t(f"staff.saved.{item.status.value}")
