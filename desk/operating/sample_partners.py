"""The sample's partners, and what the newsroom would have seen of them by now."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from desk.context import Desk
from desk.partners.registry import new_key
from news.links import host_of
from news.partners import Partner
from sample import SamplePartner
from storage.contract import Transaction
from storage.records_audience import BLOCK, Batch, Carried, Document, Tally

DAYS = 14
# A week as schools have it: many on Mondays, few on Sundays; in hundredths.
_WEEK = (120, 115, 110, 110, 95, 30, 25)


def add_partners(desk: Desk, tx: Transaction, partners: Iterable[SamplePartner], now: datetime) -> None:
    """Add ``partners`` as if they had been added some days before ``now`` (aware UTC), and seen since."""
    feeds = {feed.slug: feed.id for feed in tx.named_feeds()}
    for told in partners:
        created, origins = now - timedelta(days=told.days), (told.origin,) if told.origin else ()
        made = Partner(
            desk.mint(), new_key(tx), told.name, created, told.contact, feeds[told.feed], origins,
        )  # fmt: skip
        tx.put_partner(made)
        if told.asked_a_day:
            _see(desk, tx, made, told, now)


def _see(desk: Desk, tx: Transaction, partner: Partner, told: SamplePartner, now: datetime) -> None:
    document = Document(BLOCK, told.feed, "json")
    carried = Carried(host_of(told.origin), partner.id, document)
    for ago in reversed(range(DAYS)):
        at = now - timedelta(days=ago)
        day = at.astimezone(desk.settings.timezone).date()
        times = told.asked_a_day * _WEEK[day.weekday()] // 100
        tx.put_audience(Batch("sample", {document: Tally(times)}, {}, {carried: times}), day, at)
