"""Who asks for feeds and blocks, as rows: numbers by day, and sites."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, datetime

from news.sketches import EMPTY, estimate, merged
from storage.records_audience import Batch, Carried, Carrier, DayOfDocument, DayOfReaders, Document, Tally
from storage.sqlite.part import Part
from storage.sqlite.values import Row, moment, seconds

MOST_SELECTIONS = 500
MOST_AGGREGATORS = 50
MOST_CARRIERS = 2000
_TALLY = """
    INSERT INTO asked_for VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
    SET fetches = fetches + excluded.fetches, bots = bots + excluded.bots
"""
_AGGREGATOR = """
    INSERT INTO aggregator VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO UPDATE SET subscribers = max(subscribers, excluded.subscribers)
"""
_FEWEST_GO = """
    DELETE FROM aggregator WHERE (day, kind, selection, form) = (?, ?, ?, ?) AND name NOT IN (SELECT name
    FROM aggregator WHERE (day, kind, selection, form) = (?, ?, ?, ?) ORDER BY subscribers DESC, name LIMIT ?)
"""
_CARRIER = """
    INSERT INTO carrier VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE
    SET last_seen = max(last_seen, excluded.last_seen), fetches = fetches + excluded.fetches
"""
# Anybody can name any site, but whoever names many asks seldom for each.
_SELDOM_GO = """
    DELETE FROM carrier WHERE partner_id = '' AND rowid NOT IN
    (SELECT rowid FROM carrier WHERE partner_id = '' ORDER BY fetches DESC, last_seen DESC LIMIT ?)
"""
_READERS = (
    "INSERT INTO feed_readers VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET readers = max(readers, excluded.readers)"
)


class AudienceReads(Part):
    """Reading what was counted."""

    def carriers(self) -> tuple[Carrier, ...]:
        """Who carries what, seen last first."""
        rows = self.rows("SELECT * FROM carrier ORDER BY last_seen DESC, fetches DESC, site")
        return tuple(
            Carrier(
                Carried(row["site"], row["partner_id"], _document(row)), moment(row["first_seen"]),
                moment(row["last_seen"]), row["fetches"],
            )
            for row in rows
        )  # fmt: skip

    def asked_for(self, since: date) -> tuple[DayOfDocument, ...]:
        """What was asked for on each day."""
        named: dict[tuple[str, Document], dict[str, int]] = defaultdict(dict)
        for row in self.rows("SELECT * FROM aggregator WHERE day >= ?", [since.isoformat()]):
            named[row["day"], _document(row)][row["name"]] = row["subscribers"]
        rows = self.rows("SELECT * FROM asked_for WHERE day >= ? ORDER BY day, selection, form", [since.isoformat()])
        return tuple(
            DayOfDocument(
                date.fromisoformat(row["day"]), _document(row),
                Tally(row["fetches"], row["bots"], named.get((row["day"], _document(row)), {})),
            )
            for row in rows
        )  # fmt: skip

    def readers_of_feeds(self, since: date) -> tuple[DayOfReaders, ...]:
        """How many different readers there were on each day."""
        found = {
            (row["day"], row["selection"]): int(row["readers"])
            for row in self.rows("SELECT * FROM feed_readers WHERE day >= ?", [since.isoformat()])
        }
        for key, readers in self.sketched(since).items():
            found[key] = max(found.get(key, 0), readers)
        return tuple(DayOfReaders(date.fromisoformat(day), each, n) for (day, each), n in sorted(found.items()))

    def sketched(self, since: date) -> dict[tuple[str, str], int]:
        """What the sketches say by day and selection. Of several runs of the program, whose salts differ, the one that
        saw most counts: never more readers than there were."""
        found: dict[tuple[str, str], int] = {}
        for row in self.rows("SELECT * FROM feed_sketch WHERE day >= ?", [since.isoformat()]):
            key = row["day"], row["selection"]
            found[key] = max(found.get(key, 0), estimate(bytes(row["registers"])))
        return found


class AudienceWrites(AudienceReads):
    """Writing what was counted."""

    def put_audience(self, batch: Batch, day: date, now: datetime) -> None:
        """Add what was seen on ``day``."""
        known = {row["selection"] for row in self.rows("SELECT selection FROM asked_for WHERE day = ?", [f"{day}"])}
        for document, tally in batch.tallies.items():
            self._put_tally(f"{day}", _bounded(document, known), tally)
        for selection, registers in batch.sketches.items():
            self._put_sketch(f"{day}", selection if selection in known else "", batch.run, registers)
        for carried, times in batch.carried.items():
            about, at = carried.document, seconds(now)
            said = [carried.site, carried.partner_id, about.kind, about.selection, about.form, at, at, times]
            self.write(_CARRIER, said)
        self.write(_SELDOM_GO, [MOST_CARRIERS])

    def sweep_audience(self, today: date, before: date) -> None:
        """Turn old sketches into numbers, and forget what is too old."""
        for (day, selection), readers in self.sketched(date.min).items():
            if day < today.isoformat():
                self.write(_READERS, [day, selection, readers])
        self.write("DELETE FROM feed_sketch WHERE day < ?", [today.isoformat()])
        for table in ("asked_for", "aggregator", "feed_readers", "feed_sketch"):
            self.write(f"DELETE FROM {table} WHERE day < ?", [before.isoformat()])
        self.write("DELETE FROM carrier WHERE date(last_seen, 'unixepoch') < ?", [before.isoformat()])

    def _put_tally(self, day: str, document: Document, tally: Tally) -> None:
        about = [day, document.kind, document.selection, document.form]
        self.write(_TALLY, [*about, tally.fetches, tally.bots])
        for name, subscribers in tally.aggregators.items():
            self.write(_AGGREGATOR, [*about, name, subscribers])
        if tally.aggregators:
            self.write(_FEWEST_GO, [*about, *about, MOST_AGGREGATORS])

    def _put_sketch(self, day: str, selection: str, run: str, registers: bytes) -> None:
        about = [day, selection, run]
        row = self.row("SELECT registers FROM feed_sketch WHERE (day, selection, run) = (?, ?, ?)", about)
        both = merged(bytes(row["registers"]) if row else EMPTY, registers)
        self.write("INSERT OR REPLACE INTO feed_sketch VALUES (?, ?, ?, ?)", [*about, both])


def _bounded(document: Document, known: set[str]) -> Document:
    if document.selection in known or len(known) < MOST_SELECTIONS:
        known.add(document.selection)
        return document
    return replace(document, selection="")


def _document(row: Row) -> Document:
    return Document(row["kind"], row["selection"], row["form"])
