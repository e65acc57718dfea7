"""Being told to stop by a signal, whenever it comes."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterable
from queue import Empty, SimpleQueue


class Stop(threading.Event):
    """An event that may be set from a signal handler. ``threading.Event`` may not: its lock is not reentrant, so a
    signal that comes while the main thread is inside ``wait`` could hang both. ``SimpleQueue.put`` is reentrant."""

    def __init__(self) -> None:
        super().__init__()
        self._set = False
        self._waiting: SimpleQueue[None] = SimpleQueue()

    def set(self) -> None:
        """Set it, for good."""
        self._set = True
        self._waiting.put(None)

    def is_set(self) -> bool:
        """Whether it was set."""
        return self._set

    def wait(self, timeout: float | None = None) -> bool:
        """Wait until it is set, for ``timeout`` seconds at most: whether it is."""
        if self._set:
            return True
        try:
            self._waiting.get(timeout=None if timeout is None else max(0.0, timeout))
        except Empty:
            return self._set
        # For whoever else waits.
        self._waiting.put(None)
        return True

    def on_signals(self, numbers: Iterable[int]) -> None:
        """Be set by these signals, SIGINT also where whoever started this process held it back
        (``cli.serving.supervisor``)."""
        for number in numbers:
            signal.signal(number, lambda *_: self.set())
        signal.pthread_sigmask(signal.SIG_UNBLOCK, (signal.SIGINT,))
