"""Whether anything public has changed, asked of the store seldom enough to cost nothing and often enough to be right
within a second."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from news.errors import StoreFailed
from storage.contract import Storage

_AT_ONCE = float("-inf")

LOOK_EVERY = 0.2
# How long one goes on with what was last seen, when it is time to look again and that is being done.
PATIENCE = 0.3


class Freshness:
    """Counts epochs: a new one begins whenever the store's change number is seen to be another.

    An epoch and not the number itself, which goes backwards when a backup is restored. ``beat``: a monotonic clock in
    seconds. Usable from any thread.
    """

    def __init__(self, storage: Storage, beat: Callable[[], float]) -> None:
        self._storage = storage
        self._beat = beat
        self._looking = threading.Lock()
        self._next_look = _AT_ONCE
        self._sent = _AT_ONCE
        # Its own thread: it looks also while all those that answer requests are busy. Made when first needed, after
        # processes part.
        self._lookout: ThreadPoolExecutor | None = None
        self._number: int | None = None
        self._epoch = 0

    def epoch(self) -> int:
        """The present epoch; looks at the store when the last look is ``LOOK_EVERY`` seconds old.

        While one thread looks, the others go on with what was last seen; so does everybody while the store cannot
        answer, since nothing can be changed in it then. Raises StoreFailed when it never could.
        """
        never_looked = self._number is None
        if (never_looked or self._is_due()) and self._looking.acquire(blocking=never_looked):
            try:
                if self._number is None or self._is_due():
                    self._look()
            finally:
                self._looking.release()
        return self._epoch

    def expire(self) -> None:
        """Something has just been changed here: look at once when next asked."""
        self._next_look = _AT_ONCE

    def recent(self) -> int | None:
        """The present epoch where it is known without waiting; None: the caller is to call ``epoch``, from where it may
        wait. When it is time to look again that is seen to aside, and what was last seen is given meanwhile, until
        ``PATIENCE`` seconds after that time and unless something was changed here."""
        now, next_look = self._beat(), self._next_look
        if now < next_look:
            return self._epoch
        if now >= next_look + PATIENCE:
            return None
        if self._sent != next_look:
            self._sent = next_look
            self._lookout = self._lookout or ThreadPoolExecutor(1, thread_name_prefix="lookout")
            self._lookout.submit(self.epoch)
        return self._epoch

    def _is_due(self) -> bool:
        return self._beat() >= self._next_look

    def _look(self) -> None:
        self._next_look = self._beat() + LOOK_EVERY
        try:
            number = self._storage.change_number()
        except StoreFailed:
            if self._number is None:
                raise
            return
        if number != self._number:
            self._epoch += 1
            self._number = number
