"""Webhooks, what they are told, and kept answers, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from news.webhooks import Delivery, Event, Webhook
from storage.records import KeptAnswer
from storage.sqlite.part import Part
from storage.sqlite.values import Row, as_json, moment, seconds


def _webhook(row: Row) -> Webhook:
    return Webhook(
        row["id"], row["url"], frozenset(map(Event, json.loads(row["events"]))), row["secret"], moment(row["created"]),
        bool(row["active"]), moment(row["failing"]), moment(row["stopped"]),
    )  # fmt: skip


def _delivery(row: Row) -> Delivery:
    return Delivery(
        row["id"], row["webhook_id"], row["event"], row["body"], moment(row["created"]), moment(row["due"]),
        row["attempts"], moment(row["tried"]), moment(row["delivered"]), row["status"], row["error_key"],
        json.loads(row["error_args"]),
    )  # fmt: skip


class ProgramReads(Part):
    """Reading what belongs to programs."""

    def webhooks(self) -> tuple[Webhook, ...]:
        """All webhooks, newest first."""
        return tuple(map(_webhook, self.rows("SELECT * FROM webhook ORDER BY key DESC")))

    def webhook(self, webhook_id: str) -> Webhook | None:
        """The webhook of that id."""
        row = self.row("SELECT * FROM webhook WHERE id = ?", [webhook_id])
        return _webhook(row) if row else None

    def due_deliveries(self, now: datetime, limit: int, beyond: datetime | None = None) -> tuple[Delivery, ...]:
        """What is to be told by ``now``, or was put off too far."""
        return self._deliveries(
            "(due <= ? OR due > ?) ORDER BY due, key LIMIT ?", [seconds(now), seconds(beyond), limit]
        )

    def deliveries(self, webhook_id: str, limit: int) -> tuple[Delivery, ...]:
        """What a webhook was or is to be told."""
        return self._deliveries("webhook_id = ? ORDER BY key DESC LIMIT ?", [webhook_id, limit])

    def delivery(self, delivery_id: str) -> Delivery | None:
        """The delivery of that id."""
        return next(iter(self._deliveries("id = ?", [delivery_id])), None)

    def _deliveries(self, condition: str, params: Iterable[object]) -> tuple[Delivery, ...]:
        return tuple(map(_delivery, self.rows(f"SELECT * FROM webhook_delivery WHERE {condition}", list(params))))

    def kept_answer(self, user_id: str, name: str) -> KeptAnswer | None:
        """What a person's program was answered under that name."""
        row = self.row("SELECT * FROM kept_answer WHERE user_id = ? AND name = ?", [user_id, name])
        if row is None:
            return None
        said = json.loads(row["headers"])
        return KeptAnswer(user_id, name, row["asked"], row["status"], said, row["body"], moment(row["at"]))


class ProgramWrites(Part):
    """Writing what belongs to programs."""

    def put_webhook(self, webhook: Webhook) -> None:
        """Store ``webhook``."""
        self.write(
            "INSERT INTO webhook (id, url, events, secret, created, active, failing, stopped)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET url = excluded.url,"
            " events = excluded.events, secret = excluded.secret, active = excluded.active,"
            " failing = excluded.failing, stopped = excluded.stopped",
            [
                webhook.id, webhook.url, as_json(webhook.events), webhook.secret, seconds(webhook.created),
                webhook.active, seconds(webhook.failing), seconds(webhook.stopped),
            ],
        )  # fmt: skip

    def drop_webhook(self, webhook_id: str) -> None:
        """Forget a webhook and what it was told."""
        self.write("DELETE FROM webhook_delivery WHERE webhook_id = ?", [webhook_id])
        self.write("DELETE FROM webhook WHERE id = ?", [webhook_id])

    def put_delivery(self, delivery: Delivery) -> None:
        """Store ``delivery``."""
        self.write(
            "INSERT INTO webhook_delivery (id, webhook_id, event, body, created, due, attempts, tried, delivered,"
            " status, error_key, error_args) SELECT ?, id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM webhook WHERE id = ?"
            " ON CONFLICT (id) DO UPDATE SET due = excluded.due, attempts = excluded.attempts, tried = excluded.tried,"
            " delivered = excluded.delivered, status = excluded.status, error_key = excluded.error_key,"
            " error_args = excluded.error_args",
            [
                delivery.id, delivery.event, delivery.body, seconds(delivery.created), seconds(delivery.due),
                delivery.attempts, seconds(delivery.tried), seconds(delivery.delivered), delivery.status,
                delivery.error_key, as_json(delivery.error_args), delivery.webhook_id,
            ],
        )  # fmt: skip

    def forget_deliveries(self, before: datetime) -> int:
        """Forget what was told long ago."""
        return self.write("DELETE FROM webhook_delivery WHERE created < ? AND due IS NULL", [seconds(before)])

    def put_answer(self, answer: KeptAnswer) -> None:
        """Keep an answer."""
        self.write(
            "INSERT INTO kept_answer VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (user_id, name) DO UPDATE SET"
            " asked = excluded.asked, status = excluded.status, headers = excluded.headers, body = excluded.body,"
            " at = excluded.at",
            [
                answer.user_id, answer.name, answer.asked, answer.status, as_json(dict(answer.headers)), answer.body,
                seconds(answer.at),
            ],
        )  # fmt: skip

    def drop_kept_answers(self, user_id: str) -> None:
        """Forget a person's."""
        self.write("DELETE FROM kept_answer WHERE user_id = ?", [user_id])

    def forget_answers(self, before: datetime) -> int:
        """Forget answers given before that."""
        return self.write("DELETE FROM kept_answer WHERE at < ?", [seconds(before)])
