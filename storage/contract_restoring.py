"""What storage promises for a newsroom brought back from a copy. Part of ``storage.contract``."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class RestoringTransaction(Protocol):
    """Writing down that what was told since the copy was made is not known."""

    def tell_feeds_anew(self, now: datetime) -> None:
        """Every feed has changed: its revision and ``changed_at`` grow, the latter to ``now`` at least. No number of
        its log that may have been told since the copy was made is given again: the last thing that happened in each is
        told once more, under a number that follows from ``now``, and the log goes on from there."""
