"""Minting ids: UUIDv7 in the order they are asked for, also within one millisecond and when the clock steps back."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from news.ids import uuid7

_MOST = 4095


class Mint:
    """Hands out ids. ``clock`` gives aware UTC moments. Safe from any thread."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._last = datetime.min.replace(tzinfo=UTC)
        self._sequence = 0

    def __call__(self) -> str:
        """A new id, later than every id minted here before."""
        with self._lock:
            now = self._clock()
            at = now.replace(microsecond=now.microsecond // 1000 * 1000)
            if at > self._last:
                self._last, self._sequence = at, 0
            elif self._sequence < _MOST:
                self._sequence += 1
            else:
                self._last, self._sequence = self._last + timedelta(milliseconds=1), 0
            return uuid7(self._last, self._sequence, int.from_bytes(os.urandom(8), "big") >> 2)
