"""Publishing what is due: the only way something scheduled becomes visible."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from desk.context import Desk
from desk.recording import record
from news.lifecycle import released, touched, withdrawn


def publish_due(desk: Desk) -> int:
    """Publish every scheduled item whose time has come; how many."""
    now, published = desk.now(), 0
    while _any_due(desk, now):
        with desk.storage.transaction() as tx:
            due = tx.due_items(now)
            for item in due:
                after = touched(item, released(item, now, desk.settings.timezone), now)
                record(tx, item, replace(after, version=item.version + 1), actor="worker", action="published", now=now)
        published += len(due)
    return published


def withdraw_due(desk: Desk) -> int:
    """Take back every item whose time is over, as if somebody had; and off the top what stood there long enough. How
    many were withdrawn."""
    now, gone = desk.now(), 0
    with desk.storage.read() as reader:
        if not reader.leaving_items(now, 1) and not reader.loose_items(now, 1):
            return 0
    with desk.storage.transaction() as tx:
        for item in tx.leaving_items(now):
            after = replace(withdrawn(item, now), version=item.version + 1)
            record(tx, item, after, actor="worker", action="withdrawn: time over", now=now)
            gone += 1
        for item in tx.loose_items(now):
            after = replace(item, pinned_until=None, version=item.version + 1)
            record(tx, item, after, actor="worker", action="unpinned", now=now)
    return gone


def _any_due(desk: Desk, now: datetime) -> bool:
    """Asked in a snapshot: a tick with nothing to do waits for no turn to write."""
    with desk.storage.read() as reader:
        return bool(reader.due_items(now, limit=1))


def next_due(desk: Desk) -> datetime | None:
    """When the next scheduled item is due (aware UTC); None when there is none."""
    with desk.storage.read() as reader:
        return reader.next_due()
