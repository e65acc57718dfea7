"""Sources as rows, with their schedule and their lease."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from dataclasses import asdict
from datetime import datetime
from functools import lru_cache
from typing import Any

from news.errors import Conflict
from news.rhythm import Hints
from news.sources import Check, Kind, Selectors, Source, Trust
from storage.sqlite.feeds import FeedWrites
from storage.sqlite.part import Part
from storage.sqlite.rules import rules_json, rules_of
from storage.sqlite.values import Row, as_json, marks, moment, seconds

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
        last_modified = :last_modified, body_hash = :body_hash, hints = :hints, rhythm = :rhythm, moved_to = :moved_to,
        moved_since = :moved_since, said = :said, longest = :longest, took = :took, slow = :slow, same = :same,
        lease_until = NULL
    WHERE id = :id
"""
# A last look, or a lease, further ahead than any lease reaches was written before the machine's clock went back. Two
# walks, each along its own index: what is due costs what is due, however many sources there are.
_FREE = """removed IS NULL AND paused = 0
    AND (lease_until IS NULL OR lease_until <= :now OR lease_until > 2 * :until - :now)"""
DUE = f"""
    SELECT key FROM (
        SELECT key, next_at FROM (
            SELECT key, next_at FROM source WHERE next_at <= :now AND {_FREE} ORDER BY next_at LIMIT :limit)
        UNION SELECT key, next_at FROM (
            SELECT key, next_at FROM source WHERE checked > :until AND {_FREE} LIMIT :limit)
    ) ORDER BY next_at LIMIT :limit
"""
_LEASE = f"UPDATE source SET lease_until = :until WHERE key IN ({DUE}) RETURNING *"
_AT_ONCE = 300


def _source(row: Row) -> Source:
    check = Check(
        moment(row["next_at"]), moment(row["checked"]), moment(row["succeeded"]), moment(row["changed"]),
        row["failures"], row["error_key"], _loaded(row["error_args"]), row["etag"], row["last_modified"],
        row["body_hash"], _hints(row["hints"]), row["rhythm"], row["moved_to"], moment(row["moved_since"]),
        moment(row["said"]), row["longest"], row["took"], row["slow"], row["same"],
    )  # fmt: skip
    return Source(
        row["id"], row["url"], Kind(row["kind"]), row["name"], Trust(row["trust"]), moment(row["created"]), check,
        row["language"], rules_of(row["rules"]), _selectors(row["selectors"]), bool(row["paused"]),
        moment(row["removed"]),
    )  # fmt: skip


def _loaded(text: str) -> dict[str, Any]:
    """What a column holds; most hold nothing."""
    return {} if text == "{}" else json.loads(text)


@lru_cache(maxsize=256)
def _selectors(text: str) -> Selectors:
    """Most sources have none."""
    return Selectors(**_loaded(text))


@lru_cache(maxsize=256)
def _hints(text: str) -> Hints:
    said = _loaded(text)
    return Hints(said.get("every"), frozenset(said["hours"]), frozenset(said["days"])) if said else Hints()


def _said(hints: Hints) -> str:
    if hints == Hints():
        return "{}"
    return as_json({"every": hints.every, "hours": sorted(hints.skip_hours), "days": sorted(hints.skip_days)})


def _columns(source_id: str, check: Check) -> Row:
    return {
        "id": source_id, "next_at": seconds(check.next_at), "checked": seconds(check.checked),
        "succeeded": seconds(check.succeeded), "changed": seconds(check.changed), "failures": check.failures,
        "error_key": check.error_key, "error_args": as_json(check.error_args), "etag": check.etag,
        "last_modified": check.last_modified, "body_hash": check.body_hash, "hints": _said(check.hints),
        "rhythm": check.rhythm, "moved_to": check.moved_to, "moved_since": seconds(check.moved_since),
        "said": seconds(check.said), "longest": check.longest, "took": check.took, "slow": check.slow,
        "same": check.same,
    }  # fmt: skip


class SourceReads(Part):
    """Reading sources."""

    def sources(self) -> tuple[Source, ...]:
        """Sources that have not been removed, by name."""
        return tuple(_source(row) for row in self.rows("SELECT * FROM source WHERE removed IS NULL ORDER BY name, key"))

    def source(self, source_id: str) -> Source | None:
        """The source of that id."""
        row = self.row("SELECT * FROM source WHERE id = ?", [source_id])
        return _source(row) if row else None

    def sources_named(self, ids: Collection[str]) -> dict[str, Source]:
        """The sources of these ids, also removed ones, by id."""
        wanted, found = list(ids), dict[str, Source]()
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            for row in self.rows(f"SELECT * FROM source WHERE id IN ({marks(some)})", some):
                found[row["id"]] = _source(row)
        return found

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
        self.put_checks({source_id: check})

    def put_checks(self, checks: Mapping[str, Check]) -> None:
        """Remember the last look at each source, by id, and end their leases."""
        self.db.conn.executemany(_PUT_CHECK, [_columns(source_id, check) for source_id, check in checks.items()])

    def lease_sources(self, now: datetime, until: datetime, limit: int) -> tuple[Source, ...]:
        """Lease what is due, most overdue first."""
        given = {"until": seconds(until), "now": seconds(now), "limit": limit}
        found = map(_source, list(self.db.query(_LEASE, given)))
        return tuple(sorted(found, key=lambda source: (source.check.next_at, source.id)))

    def extend_leases(self, source_ids: Collection[str], until: datetime) -> None:
        """Lease those that are still leased till then."""
        self.db.conn.executemany(
            "UPDATE source SET lease_until = ? WHERE id = ? AND lease_until IS NOT NULL",
            [(seconds(until), source_id) for source_id in source_ids],
        )

    def end_leases(self, source_ids: Collection[str]) -> None:
        """Others may look at them."""
        self.db.conn.executemany("UPDATE source SET lease_until = NULL WHERE id = ?", [(each,) for each in source_ids])
