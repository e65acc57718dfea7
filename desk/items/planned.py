"""What is to come: scheduled items, and drafts and items in review that carry a date ahead."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from desk.context import Desk
from news.days import day_begins, local_day
from news.items import Item, Status
from storage.records import ItemQuery, Order

_MOST = 1000
_NOT_READY = frozenset({Status.DRAFT, Status.REVIEW})


def planned(desk: Desk, first: date, last: date, owner: str | None = None) -> tuple[tuple[date, Item], ...]:
    """What is planned from ``first`` to ``last`` (the newsroom's days, both included), each with its day: by day, on
    a day first what has no time, then by time. ``owner``: this person's alone. A date that has passed plans nothing
    but what is scheduled for it. At most a thousand of each."""
    zone, now = desk.settings.timezone, desk.now()
    # A day without a time is stored as 10:30 UTC of it, which is the same day in every zone the promise names.
    begins, ends = day_begins(first, zone), day_begins(last + timedelta(days=1), zone)
    ahead = max(begins, day_begins(local_day(now, zone), zone))
    asked = ((frozenset({Status.SCHEDULED}), begins), (_NOT_READY, ahead))
    with desk.storage.read() as reader:
        found = [
            item
            for statuses, since in asked
            for item in reader.items(
                ItemQuery(
                    statuses=statuses, owner_id=owner, since=since, until=ends, order=Order.OLDEST, copies=False,
                    limit=_MOST,
                )
            )
        ]  # fmt: skip
    dated = [(item.day or local_day(item.published, zone), item) for item in found if item.published]
    return tuple(sorted((each for each in dated if first <= each[0] <= last), key=_order))


def _order(each: tuple[date, Item]) -> tuple[date, bool, datetime, str]:
    day, item = each
    assert item.published is not None
    return day, item.day is None, item.published, item.id
