"""How the one who asked takes the answer: slow readers are waited for, those who take nothing are not. No clock."""

from __future__ import annotations

from net.serving.limits import Limits


class Uptake:
    """What of an answer waits to be taken, as it was seen at moments of a monotonic clock in seconds."""

    def __init__(self) -> None:
        self._unread = -1
        self._since = self._began = 0.0

    def nothing_waits(self) -> None:
        """All that was answered so far is taken."""
        self._unread = -1

    def is_too_slow(self, unread: int, now: float, limits: Limits) -> bool:
        """Whether ``unread`` bytes, which wait to be taken ``now``, are as many as ``limits.reading`` seconds ago, or
        whether something has waited for longer than ``limits.whole_body`` seconds."""
        if self._unread < 0:
            self._began = now
        if unread != self._unread:
            self._unread, self._since = unread, now
        return now - self._since > limits.reading or now - self._began > limits.whole_body
