"""From draft to withdrawn: what an item becomes when a person or the clock says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from news.days import due, published_moment
from news.items import Item, Status, When
from news.significance import counts, shows_otherwise


class Standing(NamedTuple):
    """The state of an item, and what goes with it: the fields of ``Item`` of the same names."""

    status: Status
    day: date | None
    published: datetime | None
    due: datetime | None = None
    first_published: datetime | None = None


def placed(item: Item, asked: Status, when: When | None, now: datetime, zone: ZoneInfo) -> Item:
    """``item`` in the state ``asked``, dated ``when`` (None: as it is, or now if it is to be seen).

    Published and scheduled are one wish: what is due later is scheduled, what is due already is published.
    """
    seen = item.first_published if item.status is Status.PUBLISHED else None
    return _put(item, standing(asked, when or when_of(item), now, zone, seen))


def standing(asked: Status, when: When | None, now: datetime, zone: ZoneInfo, seen: datetime | None = None) -> Standing:
    """What ``placed`` gives an item dated ``when`` that was first ``seen`` in public then, or never."""
    if asked in (Status.DRAFT, Status.REVIEW):
        return Standing(asked, when.day if when else None, published_moment(when, None, zone) if when else None)
    when = when or When(moment=now)
    if (comes := due(when, zone)) > now:
        return Standing(Status.SCHEDULED, when.day, published_moment(when, None, zone), comes)
    return _shown(when, seen or now, zone)


def released(item: Item, now: datetime, zone: ZoneInfo) -> Item:
    """A scheduled ``item`` whose time has come, published."""
    when = when_of(item)
    assert when is not None
    return _put(item, _shown(when, now, zone))


def withdrawn(item: Item, now: datetime) -> Item:
    """``item`` taken back: gone from everywhere, its address answers that it was here."""
    return replace(item, status=Status.WITHDRAWN, withdrawn=now, due=None)


def when_of(item: Item) -> When | None:
    """The date of ``item`` as it was given."""
    if item.day is not None:
        return When(day=item.day)
    return When(moment=item.published) if item.published else None


def no_later(when: When | None, now: datetime, zone: ZoneInfo) -> When:
    """A source's date, which cannot lie ahead of ``now``: an item that is there has been published."""
    if when is None or due(when, zone) > now:
        return When(moment=now)
    return when


def touched(before: Item, after: Item, now: datetime, *, significant: bool | None = None) -> Item:
    """``after`` with ``updated`` set: a first publication counts as of its own date; later, a significant change of
    what readers see does, also after it was taken back, and it never lies before the date shown.

    ``significant``: what somebody said of the change; None: what ``news.significance`` finds."""
    if after.status is Status.PUBLISHED and before.status not in (Status.PUBLISHED, Status.WITHDRAWN):
        assert after.published is not None
        return replace(after, updated=after.published)
    if counts(before, after) if significant is None else significant and shows_otherwise(before, after):
        # One that follows another within its second, or the second an item was given as its own, is told all the same.
        return replace(after, updated=max(now, before.updated + timedelta(seconds=before.visible)))
    if after.status is Status.PUBLISHED and after.published:
        return replace(after, updated=max(after.published, before.updated))
    return after


def _shown(when: When, first: datetime, zone: ZoneInfo) -> Standing:
    published = published_moment(when, first, zone)
    return Standing(Status.PUBLISHED, when.day, published, first_published=first)


def _put(item: Item, there: Standing) -> Item:
    return replace(
        item, status=there.status, day=there.day, published=there.published, due=there.due,
        first_published=there.first_published, withdrawn=None,
    )  # fmt: skip
