"""The promises about partners, and about who asks for feeds and blocks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from news.partners import Partner
from storage.records_audience import Batch, Carrier, DayOfDocument, DayOfReaders


class PartnerReader(Protocol):
    """Partners in a snapshot, and what was counted."""

    def partners(self) -> tuple[Partner, ...]:
        """All partners in the order they were added."""

    def carriers(self) -> tuple[Carrier, ...]:
        """Who carries what, seen last first."""

    def asked_for(self, since: date) -> tuple[DayOfDocument, ...]:
        """What was asked for on each day from ``since``, by day."""

    def readers_of_feeds(self, since: date) -> tuple[DayOfReaders, ...]:
        """About how many different readers the feeds of each selection had on each day from ``since``, by day."""


class PartnerWriter(Protocol):
    """Partners in a turn to write, and what was counted."""

    def put_partner(self, partner: Partner) -> None:
        """Store ``partner``, new or changed; every process learns of it as of a public change. Raises Conflict when
        another has its key."""

    def remove_partner(self, partner_id: str) -> None:
        """Forget a partner and what was seen of it; sites seen without its key stay."""

    def put_audience(self, batch: Batch, day: date, now: datetime) -> None:
        """Add what was seen on ``day``. What strangers make up finds its bounds: so many selections a day, so many
        aggregators a document, so many sites; of these, those that asked least give way."""

    def sweep_audience(self, today: date, before: date) -> None:
        """Turn the sketches of days before ``today`` into numbers, and forget what was counted ``before`` that day
        and sites not seen since."""
