"""The promises about programs that talk with the newsroom: webhooks, what they are told, answers told again."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from news.webhooks import Delivery, Webhook
from storage.records import KeptAnswer


class ProgramReader(Protocol):
    """Reading what belongs to programs."""

    def webhooks(self) -> tuple[Webhook, ...]:
        """All webhooks, newest first."""

    def webhook(self, webhook_id: str) -> Webhook | None:
        """The webhook of that id."""

    def due_deliveries(self, now: datetime, limit: int, beyond: datetime | None = None) -> tuple[Delivery, ...]:
        """What webhooks are to be told by ``now``, earliest first; and what is due later than ``beyond``, where a clock
        that was wrong has put it."""

    def deliveries(self, webhook_id: str, limit: int) -> tuple[Delivery, ...]:
        """What a webhook was or is to be told, newest first."""

    def delivery(self, delivery_id: str) -> Delivery | None:
        """The delivery of that id."""

    def kept_answer(self, user_id: str, name: str) -> KeptAnswer | None:
        """What a person's program was answered under that name."""


class ProgramWriter(Protocol):
    """Writing what belongs to programs."""

    def put_webhook(self, webhook: Webhook) -> None:
        """Store ``webhook``, new or changed."""

    def drop_webhook(self, webhook_id: str) -> None:
        """Forget a webhook and what it was told."""

    def put_delivery(self, delivery: Delivery) -> None:
        """Store ``delivery``, new or tried again; nothing when its webhook is gone."""

    def forget_deliveries(self, before: datetime) -> int:
        """Forget what was told, or given up, and made before that; how many."""

    def put_answer(self, answer: KeptAnswer) -> None:
        """Keep an answer in the place of the one under the same name."""

    def drop_kept_answers(self, user_id: str) -> None:
        """Forget all that a person's programs were answered."""

    def forget_answers(self, before: datetime) -> int:
        """Forget answers given before that; how many."""
