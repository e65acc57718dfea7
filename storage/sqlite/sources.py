"""Sources as rows, with their schedule and their lease."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import asdict
from datetime import datetime

from news.errors import Conflict
from news.sources import Check, Kind, Selectors, Source, Trust
from storage.sqlite.feeds import FeedWrites
from storage.sqlite.part import Part
from storage.sqlite.rules import rules_json, rules_of
from storage.sqlite.values import Row, as_json, moment, seconds

_PUT = """
    INSERT INTO source (id, url, kind, name, trust, language, rules, selectors, paused, created, removed, next_at)
    VALUES (:id, :url, :kind, :name, :trust, :language, :rules, :selectors, :paused, :created, :removed, :next_at)
    ON CONFLICT (id) DO UPDATE SET url = excluded.url, kind = excluded.kind, name = excluded.name,
        trust = excluded.trust, language = excluded.language, rules = excluded.rules, selectors = excluded.selectors,
        paused = excluded.paused, removed = excluded.removed, next_at = excluded.next_at
"""
_PUT_CHECK = """
    UPDATE source SET next_at = :next_at, checked = :checked, succeeded = :succeeded, changed = :changed,
        failures = :failures, error_key = :error_key, error_args = :error_args, etag = :etag,
        last_modified = :last_modified, body_hash = :body_hash, lease_until = NULL
    WHERE id = :id
"""
# A last look, or a lease, further ahead than any lease reaches was written before the machine's clock went back.
_LEASE = """
    UPDATE source SET lease_until = :until WHERE key IN (
        SELECT key FROM source WHERE removed IS NULL AND paused = 0 AND (next_at <= :now OR checked > :until)
            AND (lease_until IS NULL OR lease_until <= :now OR lease_until > 2 * :until - :now)
        ORDER BY next_at LIMIT :limit
    ) RETURNING id
"""


def _source(row: Row) -> Source:
    check = Check(
        moment(row["next_at"]), moment(row["checked"]), moment(row["succeeded"]), moment(row["changed"]),
        row["failures"], row["error_key"], json.loads(row["error_args"]), row["etag"], row["last_modified"],
        row["body_hash"],
    )  # fmt: skip
    return Source(
        row["id"], row["url"], Kind(row["kind"]), row["name"], Trust(row["trust"]), moment(row["created"]), check,
        row["language"], rules_of(row["rules"]),
        Selectors(**json.loads(row["selectors"])), bool(row["paused"]), moment(row["removed"]),
    )  # fmt: skip


class SourceReads(Part):
    """Reading sources."""

    def sources(self) -> tuple[Source, ...]:
        """Sources that have not been removed, by name."""
        return tuple(_source(row) for row in self.rows("SELECT * FROM source WHERE removed IS NULL ORDER BY name, key"))

    def source(self, source_id: str) -> Source | None:
        """The source of that id."""
        row = self.row("SELECT * FROM source WHERE id = ?", [source_id])
        return _source(row) if row else None

    def source_of_url(self, url: str) -> Source | None:
        """The source of that address."""
        row = self.row("SELECT * FROM source WHERE url = ? AND removed IS NULL", [url])
        return _source(row) if row else None

    def source_item_counts(self) -> dict[str, int]:
        """How many items came from each source."""
        counted = self.rows(
            "SELECT source.id AS id, count(*) AS n FROM item JOIN source ON source.key = source_key GROUP BY source.id"
        )
        return {row["id"]: row["n"] for row in counted}


class SourceWrites(SourceReads, FeedWrites):
    """Writing sources."""

    def put_source(self, source: Source, now: datetime) -> None:
        """Store ``source``; a new name bumps what shows its items."""
        before = self.source(source.id)
        values = {
            "id": source.id, "url": source.url, "kind": source.kind.value, "name": source.name,
            "trust": source.trust.value, "language": source.language, "rules": rules_json(source.rules),
            "selectors": as_json(asdict(source.selectors)),
            "paused": int(source.paused), "created": seconds(source.created), "removed": seconds(source.removed),
            "next_at": seconds(source.check.next_at),
        }  # fmt: skip
        try:
            self.write(_PUT, values)
        except sqlite3.IntegrityError as error:
            raise Conflict("source.url.taken", url=source.url) from error
        if before and before.name != source.name:
            self.bump_shown_with(
                "item_key IN (SELECT item.key FROM item JOIN source ON source.key = source_key WHERE source.id = ?)",
                [source.id],
                now,
            )

    def put_check(self, source_id: str, check: Check) -> None:
        """Remember the last look at a source, and end its lease."""
        self.write(
            _PUT_CHECK,
            {
                "id": source_id, "next_at": seconds(check.next_at), "checked": seconds(check.checked),
                "succeeded": seconds(check.succeeded), "changed": seconds(check.changed), "failures": check.failures,
                "error_key": check.error_key, "error_args": as_json(check.error_args), "etag": check.etag,
                "last_modified": check.last_modified, "body_hash": check.body_hash,
            },
        )  # fmt: skip

    def lease_sources(self, now: datetime, until: datetime, limit: int) -> tuple[Source, ...]:
        """Lease what is due, most overdue first."""
        given = {"until": seconds(until), "now": seconds(now), "limit": limit}
        leased = self.db.execute(_LEASE, given).fetchall()
        found = [source for row in leased if (source := self.source(row[0]))]
        return tuple(sorted(found, key=lambda source: (source.check.next_at, source.id)))
