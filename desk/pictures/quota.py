"""Each source's share of a day's pictures: what goes beyond it waits for the next day, and is given up in the end."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import replace

from desk.context import Desk
from news.picture_quota import Taken, next_day
from storage.records import OutboxRow

MOST_DAYS = 6
_LOG = logging.getLogger("depeche.pictures")
ByUrl = dict[str, list[OutboxRow]]


def within_quota(desk: Desk, by_url: Mapping[str, list[OutboxRow]]) -> tuple[ByUrl, dict[str, str]]:
    """Of the pictures that are due, by address, those that may be fetched now, and whose share each counts in (a
    source's id; what staff chose themselves counts in none). The others are put off."""
    today = desk.now().date()
    with desk.storage.read() as reader:
        named = {str(row.payload["item"]) for rows in by_url.values() for row in rows}
        items = reader.items_named(named)
        origins = {item_id: item.origin.source_id for item_id, item in items.items() if item.origin}
        taken = reader.pictures_taken(set(origins.values()), today)
    allowed: ByUrl = {}
    payers: dict[str, str] = {}
    for url, rows in by_url.items():
        sources = [origins.get(str(row.payload["item"])) for row in rows]
        payer = next((each for each in sources if each and not taken.get(each, Taken()).full), None)
        if payer is None and None not in sources:
            _until_tomorrow(desk, rows)
            continue
        allowed[url] = rows
        if payer and None not in sources:
            payers[url] = payer
            taken[payer] = taken.get(payer, Taken()).and_one()
    return allowed, payers


def _until_tomorrow(desk: Desk, rows: Sequence[OutboxRow]) -> None:
    with desk.storage.transaction() as tx:
        for row in rows:
            if row.attempts + 1 >= MOST_DAYS:
                _LOG.warning("no copy of %s: its source brings more pictures than are kept", row.payload["url"])
                tx.drop_outbox(row.id)
            else:
                tx.put_outbox(replace(row, due=next_day(desk.now()), attempts=row.attempts + 1))
