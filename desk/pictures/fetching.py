"""Fetching what items show from elsewhere, so that it is kept here: by the worker, after the commit, with patience.

An item that names a picture on the web leaves a row in the outbox. Until our copy is there, its own address is shown;
so it is when we give up. A copy is no change of the item: its version, its ``updated`` and its history stay.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace

from desk.context import Desk
from desk.http_client import client_for
from desk.pictures.darkroom import develop
from desk.pictures.quota import within_quota
from desk.pictures.uploads import keep
from desk.recording import PICTURE, announce
from net.messages import Limits, Request, Response
from news.errors import DepecheError, FetchFailed, InvalidInput, TooMany
from news.items import Item
from news.pictures import File, fetched
from news.push import next_try
from storage.contract import Reader
from storage.records import OutboxRow

AT_ONCE = 20
GIVE_UP_AFTER = 6
_PASSING = {408, 425, 429}
_NEVER = {"source.fetch.refused_address", "source.fetch.too_big", "source.fetch.address"}
_LOG = logging.getLogger("depeche.pictures")


def fetch_pictures(desk: Desk, *, stop: threading.Event | None = None, limits: Limits | None = None) -> int:
    """Fetch the pictures that are due and keep a copy of each; of how many items. What an address answers serves all
    the items that name it. ``stop``: once set, the rest stays due."""
    with desk.storage.read() as reader:
        rows = reader.outbox(desk.now(), limit=AT_ONCE, topics=(PICTURE,))
    by_url: dict[str, list[OutboxRow]] = {}
    for row in rows:
        by_url.setdefault(str(row.payload["url"]), []).append(row)
    if not by_url:
        return 0
    by_url, payers = within_quota(desk, by_url)
    most = desk.settings.picture_max_bytes
    usual = Limits(total=30.0, wire=most, decoded=most)
    done = 0
    with closing(client_for(desk.settings, limits=limits or usual, stop=stop)) as client:
        for request, outcome in client.fetch_many([Request(url) for url in by_url if fetched(url)]):
            done += _take(desk, by_url[request.url], outcome, payers.get(request.url))
    return done


def _take(desk: Desk, rows: Sequence[OutboxRow], outcome: Response | FetchFailed, payer: str | None) -> int:
    try:
        if isinstance(outcome, FetchFailed):
            raise outcome
        return _store(desk, rows, develop(outcome.body), payer)
    except (FetchFailed, InvalidInput, TooMany) as error:
        _put_off(desk, rows, error, payer if isinstance(error, InvalidInput) else None)
        return 0


def _store(desk: Desk, rows: Sequence[OutboxRow], files: tuple[File, ...], payer: str | None) -> int:
    now = desk.now()
    with desk.storage.transaction() as tx:
        if payer:
            tx.put_picture_taken(payer, now.date(), sum(len(file.body) for file in files))
        waiting = [item for row in rows if (item := _still_wanted(tx, row))]
        picture = keep(desk, tx, files) if waiting else None
        for item in waiting:
            assert item.image is not None
            after = replace(item, image=replace(item.image, kept=picture))
            tx.put_item(after, now)
            announce(tx, item, after, now)
        for row in rows:
            tx.drop_outbox(row.id)
    return len(waiting)


def _still_wanted(reader: Reader, row: OutboxRow) -> Item | None:
    """The item, if it still shows that picture and has no copy of it."""
    item = reader.item(str(row.payload["item"]))
    wanted = item and item.image and item.image.wanted and item.image.url == row.payload["url"]
    return item if wanted else None


def _put_off(desk: Desk, rows: Sequence[OutboxRow], error: DepecheError, payer: str | None) -> None:
    with desk.storage.transaction() as tx:
        if payer:
            tx.put_picture_taken(payer, desk.now().date(), 0)
        for row in rows:
            attempts = row.attempts + 1
            if attempts >= GIVE_UP_AFTER or _final(error):
                _LOG.warning("no copy of %s: %s", row.payload["url"], error)
                tx.drop_outbox(row.id)
                continue
            asked = error.message_args.get("retry_after")
            due = next_try(desk.now(), attempts, asked if isinstance(asked, int) else None)
            tx.put_outbox(replace(row, due=due, attempts=attempts))


def _final(error: DepecheError) -> bool:
    """Whether the same would be said the next time."""
    status = error.message_args.get("status")
    refused = isinstance(status, int) and 400 <= status < 500 and status not in _PASSING
    return refused or error.key in _NEVER or isinstance(error, InvalidInput)
