"""The outbox: what happened is told outside after the commit, so that no crash loses it and no request waits for it.

A change of an item, the end of a category, or a change of what a named feed shows leaves a row. The worker turns such
rows into one ping for each feed they touch, which is told by ``desk.notifying.pings``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from desk.context import Desk
from feeds.formats import FORMATS
from news.push import Topic, topics, topics_of_named
from news.selections import LANGUAGES
from storage.contract import Transaction
from storage.records import OutboxRow

SHOWN, HIDDEN, ENDED, NAMED, PING = "item.shown", "item.hidden", "category.changed", "feed.changed", "push"
AT_ONCE = 1000
# Every process answers with the new bytes within a second of the commit; the hub comes for them afterwards.
SETTLED_AFTER = timedelta(seconds=2)
WHENEVER = datetime(9999, 1, 1, tzinfo=UTC)


def tell(desk: Desk) -> int:
    """Turn what happened to items into what is to be told of it; how many rows are done.

    With a hub, one ping for each feed that changed, however many items changed in it: due in two seconds. Without one
    there is nobody to tell. A thousand rows are one transaction; when the clock went back, what was written before
    waits no longer for it.
    """
    changes = (SHOWN, HIDDEN, ENDED, NAMED)
    happened = changes if desk.settings.websub_hub else (*changes, PING)
    done = 0
    while _any(desk, happened):
        with desk.storage.transaction() as tx:
            rows = tx.outbox(WHENEVER, limit=AT_ONCE, topics=happened)
            if desk.settings.websub_hub:
                _enqueue_pings(tx, rows, desk.now() + SETTLED_AFTER)
            for row in rows:
                tx.drop_outbox(row.id)
        done += len(rows)
    return done


def _any(desk: Desk, happened: tuple[str, ...]) -> bool:
    """Asked in a snapshot: a tick with nothing to tell waits for no turn to write."""
    with desk.storage.read() as reader:
        return bool(reader.outbox(WHENEVER, limit=1, topics=happened))


def _enqueue_pings(tx: Transaction, rows: Iterable[OutboxRow], due: datetime) -> None:
    touched: set[Topic] = set()
    named = {feed.id: feed for feed in tx.named_feeds()}
    for row in rows:
        spoken = _texts(row, "languages") if row.topic in (SHOWN, HIDDEN) else LANGUAGES
        feeds = [named[each] for each in _texts(row, "feeds") if each in named]
        touched |= topics_of_named(feeds, spoken, FORMATS)
        if row.topic != NAMED:
            touched |= topics(_texts(row, "categories"), spoken, FORMATS)
    for topic in sorted(touched):
        said = {"category": topic.category, "language": topic.language, "format": topic.format}
        tx.enqueue_once(PING, said, due)


def _texts(row: OutboxRow, name: str) -> tuple[str, ...]:
    found = row.payload.get(name)
    return tuple(map(str, found)) if isinstance(found, list) else ()
