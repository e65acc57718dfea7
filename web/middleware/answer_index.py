"""Which ready answer was last found at which address, so that it need not be looked for until something changes."""

from __future__ import annotations

import threading
import weakref
from typing import NamedTuple

from desk.publishing.ready_bytes import Answer
from web.answers.reply import Headers

MOST = 8192
LONGEST = 500


class Known(NamedTuple):
    """``answer`` gives it for as long as whoever made it keeps it: nothing is held in memory by being remembered."""

    answer: weakref.ref[Answer]
    policy: Headers
    path: str
    query: str


class Remembered:
    """Answers by target (path and query as they were sent), all found in one epoch. Usable from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        # Replaced as one: readers take no lock.
        self._kept: tuple[int, dict[bytes, Known]] = (-1, {})

    def has(self, target: bytes) -> bool:
        """Whether something was found there in the last epoch that anything was found in."""
        return target in self._kept[1]

    def at(self, target: bytes, epoch: int) -> Known | None:
        """What was found there in ``epoch``."""
        kept_in, kept = self._kept
        return kept.get(target) if kept_in == epoch else None

    def put(self, target: bytes, epoch: int, answer: Answer, policy: Headers, path: str, query: str) -> None:
        """``answer`` was found at ``target`` in ``epoch``; what was found in earlier ones is forgotten, and so is
        everything when there is too much of it."""
        if len(target) > LONGEST:
            return
        with self._lock:
            kept_in, kept = self._kept
            if epoch > kept_in or len(kept) >= MOST:
                kept_in, kept = max(epoch, kept_in), {}
                self._kept = kept_in, kept
            if epoch == kept_in:
                kept[target] = Known(weakref.ref(answer), policy, path, query)
