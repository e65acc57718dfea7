"""What happened (history), what is still to be told (outbox), and remembered moments (marks)."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from news.items import Change
from storage.records import OutboxRow, Written
from storage.sqlite.part import Part
from storage.sqlite.values import as_json, marks, moment, seconds


class JournalReads(Part):
    """Reading the journal."""

    def history(self, object_kind: str, object_id: str, limit: int = 200) -> tuple[Change, ...]:
        """What happened to one object, newest first."""
        rows = self.rows(
            "SELECT * FROM history WHERE object_kind = ? AND object_id = ? ORDER BY key DESC LIMIT ?",
            [object_kind, object_id, limit],
        )
        return tuple(
            Change(
                row["object_kind"], row["object_id"], moment(row["at"]), row["actor"], row["action"], row["version"],
                json.loads(row["data"]),
            )
            for row in rows
        )  # fmt: skip

    def outbox(self, now: datetime, limit: int = 100, topics: Collection[str] | None = None) -> tuple[OutboxRow, ...]:
        """What is due to be told, oldest first."""
        chosen = f"AND topic IN ({marks(topics)})" if topics is not None else ""
        rows = self.rows(
            f"SELECT * FROM outbox WHERE due <= ? {chosen} ORDER BY due, id LIMIT ?",
            [seconds(now), *(topics or ()), limit],
        )
        return tuple(
            OutboxRow(row["id"], row["topic"], json.loads(row["payload"]), moment(row["due"]), row["attempts"])
            for row in rows
        )

    def mark(self, name: str) -> datetime | None:
        """A remembered moment."""
        row = self.row("SELECT at FROM mark WHERE name = ?", [name])
        return moment(row["at"]) if row else None


class JournalWrites(Part):
    """Writing the journal."""

    def add_change(self, change: Change) -> None:
        """Write one line of history."""
        self.add_changes([change])

    def add_changes(self, changes: Iterable[Change | Written]) -> None:
        """Write lines of history."""
        self.write_all(
            "INSERT INTO history (object_kind, object_id, version, at, actor, action, data)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (
                    change.object_kind, change.object_id, change.version, seconds(change.at), change.actor,
                    change.action, change.data if isinstance(change, Written) else as_json(change.data),
                )
                for change in changes
            ),
        )  # fmt: skip

    def enqueue(self, topic: str, payload: Mapping[str, object], due: datetime) -> None:
        """Put something in the outbox."""
        self.enqueue_all([(topic, payload)], due)

    def enqueue_all(self, told: Iterable[tuple[str, Mapping[str, object]]], due: datetime) -> None:
        """Put things in the outbox."""
        at = seconds(due)
        self.write_all(
            "INSERT INTO outbox (topic, payload, created, due) VALUES (?, ?, ?, ?)",
            ((topic, as_json(dict(payload)), at, at) for topic, payload in told),
        )

    def enqueue_once(self, topic: str, payload: Mapping[str, object], due: datetime) -> None:
        """Put something in the outbox that is not there, or make it due."""
        same = [seconds(due), topic, as_json(dict(payload))]
        if not self.write("UPDATE outbox SET due = ?, attempts = 0 WHERE topic = ? AND payload = ?", same):
            self.enqueue(topic, payload, due)

    def put_outbox(self, row: OutboxRow) -> None:
        """Remember another try."""
        self.write("UPDATE outbox SET due = ?, attempts = ? WHERE id = ?", [seconds(row.due), row.attempts, row.id])

    def drop_outbox(self, row_id: int) -> None:
        """It has been told."""
        self.write("DELETE FROM outbox WHERE id = ?", [row_id])

    def put_mark(self, name: str, at: datetime) -> None:
        """Remember a moment."""
        self.write(
            "INSERT INTO mark (name, at) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET at = excluded.at",
            [name, seconds(at)],
        )
