"""Until when an item is shown, and until when it stands first: as a form says it, and whether it can be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from desk.context import Actor
from news.days import rfc3339
from news.drafts import Fields
from news.errors import InvalidFields, InvalidInput
from news.items import Item, Status
from news.users import Action, User

_SHOWN = (Status.PUBLISHED, Status.SCHEDULED)


def begins_text(moment: datetime | None, zone: ZoneInfo) -> str:
    """``moment`` as the form shows it: the day that it begins, or else a local time."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    if local.fold:
        return rfc3339(moment)
    if (local.hour, local.minute, local.second) == (0, 0, 0):
        return local.date().isoformat()
    return local.strftime("%Y-%m-%dT%H:%M:%S" if local.second else "%Y-%m-%dT%H:%M")


def ends_text(moment: datetime | None, zone: ZoneInfo) -> str:
    """``moment`` as the form shows it: the day that it ends, or else a local time."""
    text = begins_text(moment, zone)
    if moment is None or len(text) != len("2026-03-02"):
        return text
    return (moment.astimezone(zone).date() - timedelta(days=1)).isoformat()


def with_times(item: Item, fields: Fields, changed: frozenset[str], actor: Actor) -> Item:
    """``item`` with the moments a form gives. Raises InvalidFields when somebody pins who does not choose what the
    newsroom shows first."""
    if "withdraw" in changed:
        item = replace(item, withdraw_at=fields.withdraw_at)
    if "pin" in changed and fields.pinned_until != item.pinned_until:
        if isinstance(actor, User) and not actor.may(Action.REVIEW):
            raise InvalidFields({"pin": InvalidInput("item.pin.not_yours")})
        item = replace(item, pinned_until=fields.pinned_until)
    return item


def in_time(before: Item, after: Item, now: datetime) -> Item:
    """``after``, about to be stored. What comes back from where it was taken because its time was over has no such
    time any more. Raises InvalidFields when it would be gone before it is seen."""
    if after.status not in _SHOWN or after.withdraw_at is None:
        return after
    if before.status is Status.WITHDRAWN and before.withdraw_at == after.withdraw_at and after.withdraw_at <= now:
        return replace(after, withdraw_at=None)
    if (before.withdraw_at, before.status) == (after.withdraw_at, after.status) and after.due is None:
        return after
    if after.withdraw_at <= max(now, after.due or now):
        raise InvalidFields({"withdraw": InvalidInput("item.withdraw.early")})
    return after
