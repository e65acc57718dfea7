"""Whose turn it is: fetches wait per host, so that no server gets more than its share at once, nor in a row."""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
_MOST_REMEMBERED = 10_000


class Pauses:
    """When each host may be asked again: ``seconds`` after the last time it was. ``clock``: monotonic, in seconds."""

    def __init__(self, seconds: float = 0.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds = seconds
        self._clock = clock
        self._until: dict[str, float] = {}

    def begin(self, host: str) -> None:
        """``host`` has just been asked, or has just answered."""
        if self._seconds:
            if len(self._until) >= _MOST_REMEMBERED:
                now = self._clock()
                self._until = {name: until for name, until in self._until.items() if until > now}
            self._until[host] = self._clock() + self._seconds

    def over(self, host: str) -> bool:
        """Whether ``host`` may be asked."""
        return self._until.get(host, float("-inf")) <= self._clock()


class Turns(Generic[T]):
    """Things to fetch, in order: at most ``per_host`` of a host out at once, and only when its pause is over; a busy
    host holds nobody else up. ``waiting``: how many have not been taken yet."""

    def __init__(self, host: Callable[[T], str], per_host: int, pauses: Pauses | None = None) -> None:
        self._host = host
        self._per_host = per_host
        self._pauses = pauses or Pauses()
        self._out: Counter[str] = Counter()
        self._queues: dict[str, deque[T]] = {}
        self._ready: deque[str] = deque()
        self.waiting = 0

    def add(self, thing: T, *, first: bool = False) -> None:
        """Let ``thing`` wait for its turn, ``first`` of its host."""
        host = self._host(thing)
        queue = self._queues.setdefault(host, deque())
        if not queue and self._out[host] < self._per_host:
            self._ready.append(host)
        queue.appendleft(thing) if first else queue.append(thing)
        self.waiting += 1

    def take(self) -> T | None:
        """The next that may start now, or None."""
        for _ in range(len(self._ready)):
            host = self._ready.popleft()
            if self._pauses.over(host):
                return self._taken(host)
            self._ready.append(host)
        return None

    def done(self, host: str) -> None:
        """One of ``host`` has ended: another may start."""
        self._pauses.begin(host)
        was_full = self._out[host] >= self._per_host
        self._out[host] -= 1
        if was_full and self._queues.get(host):
            self._ready.append(host)
        self._forget(host)

    def _taken(self, host: str) -> T:
        queue = self._queues[host]
        thing = queue.popleft()
        self.waiting -= 1
        self._out[host] += 1
        self._pauses.begin(host)
        if queue and self._out[host] < self._per_host:
            self._ready.append(host)
        return thing

    def _forget(self, host: str) -> None:
        if not self._out[host] and not self._queues.get(host):
            del self._out[host]
            self._queues.pop(host, None)
