"""The calendar: one month of what is planned, as a grid and as a list of days, in the newsroom's zone."""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from flask import render_template, request

from desk.items.planned import planned
from news.days import local_day, long_date
from news.errors import InvalidInput
from news.items import Item
from news.users import Action
from web.context import current_desk, words
from web.staff.access import me, needs, staff
from web.staff.moments import clock_words

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
_EARLIEST, _LATEST = 1900, 2199
# So many of a day fit into its square; the list of days shows all.
MOST_IN_A_SQUARE = 4
WEEKDAYS = (
    "calendar.monday", "calendar.tuesday", "calendar.wednesday", "calendar.thursday", "calendar.friday",
    "calendar.saturday", "calendar.sunday",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A planned item. ``time``: ``9 h 30`` in the newsroom's zone, or None for a day (midnight is one); ``machine``:
    for ``<time datetime>``."""

    item: Item
    time: str | None
    machine: str


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the grid. ``inside``: of the month that is shown; ``open``: not over yet, so that something can be
    planned for it."""

    date: date
    inside: bool
    today: bool
    open: bool
    entries: Sequence[Entry]


@staff.get("/calendar")
@needs(Action.WRITE)
def calendar() -> str:
    """A month: ``?month=2026-10``, this one without. ``?view=agenda``: the list of days also where there is room."""
    desk, today = current_desk(), local_day(current_desk().now(), current_desk().settings.timezone)
    year, month = _asked(today)
    weeks = Calendar().monthdatescalendar(year, month)
    owner = None if me().may(Action.EDIT_ANY) else me().id
    by_day: dict[date, list[Entry]] = {}
    for day, item in planned(desk, weeks[0][0], weeks[-1][-1], owner):
        by_day.setdefault(day, []).append(_entry(item))
    grid = [
        [Day(each, each.month == month, each == today, each >= today, by_day.get(each, ())) for each in week]
        for week in weeks
    ]
    return render_template(
        "staff/calendar.html",
        month=date(year, month, 1),
        name=_month_name(date(year, month, 1)),
        grid=grid,
        days=[day for week in grid for day in week if day.inside and day.entries],
        earlier=_beside(year, month, -1),
        later=_beside(year, month, 1),
        agenda=request.args.get("view") == "agenda",
        weekdays=WEEKDAYS,
        most=MOST_IN_A_SQUARE,
        zone=desk.settings.timezone.key,
    )


def _asked(today: date) -> tuple[int, int]:
    given = request.args.get("month", "")
    if not given:
        return today.year, today.month
    found = _MONTH.fullmatch(given)
    if not found or not _EARLIEST <= int(found[1]) <= _LATEST:
        raise InvalidInput("calendar.malformed", given=given[:40])
    return int(found[1]), int(found[2])


def _beside(year: int, month: int, by: int) -> str | None:
    months = year * 12 + month - 1 + by
    found = f"{months // 12:04}-{months % 12 + 1:02}"
    return found if _EARLIEST <= months // 12 <= _LATEST else None


def _month_name(first: date) -> str:
    """``octobre 2026``, ``October 2026``: the long date of its second day, which is a plain number in both."""
    return long_date(first.replace(day=2), words().language).partition(" ")[2]


def _entry(item: Item) -> Entry:
    if item.day is not None or item.published is None:
        return Entry(item, None, item.day.isoformat() if item.day else "")
    local = item.published.astimezone(current_desk().settings.timezone)
    if local.time() == time():
        return Entry(item, None, local.date().isoformat())
    return Entry(item, clock_words(local, words().language), local.isoformat(timespec="minutes"))
