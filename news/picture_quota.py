"""How many of one source's pictures are fetched in a day, so that none fills the disk or the worker's time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

MOST_PICTURES = 400
MOST_BYTES = 150_000_000


@dataclass(frozen=True, slots=True)
class Taken:
    """What was fetched for a source on a day (UTC): answers with a body, and the bytes of what is kept of them."""

    pictures: int = 0
    bytes: int = 0

    @property
    def full(self) -> bool:
        """Whether the rest has to wait for the next day."""
        return self.pictures >= MOST_PICTURES or self.bytes >= MOST_BYTES

    def and_one(self, size: int = 0) -> Taken:
        """With one picture more, of which ``size`` bytes are kept."""
        return Taken(self.pictures + 1, self.bytes + size)


def next_day(now: datetime) -> datetime:
    """When counting begins anew (aware, UTC)."""
    return datetime.combine(now.astimezone(UTC).date() + timedelta(days=1), time(), UTC)
