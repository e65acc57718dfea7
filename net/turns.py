"""Whose turn it is: requests wait per host, so that no server gets more than its share at once."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable

from net.messages import Request
from news.links import host_of


class Turns:
    """Requests in order, at most ``per_host`` of a host out at once; a busy host holds nobody else up."""

    def __init__(self, requests: Iterable[Request], per_host: int) -> None:
        self._per_host = per_host
        self._out: Counter[str] = Counter()
        self._waiting: dict[str, deque[Request]] = {}
        for request in requests:
            self._waiting.setdefault(host_of(request.url), deque()).append(request)
        self._ready = deque(self._waiting)

    def take(self) -> Request | None:
        """The next request that may start now, or None."""
        if not self._ready:
            return None
        host = self._ready.popleft()
        request = self._waiting[host].popleft()
        self._out[host] += 1
        if self._may_start(host):
            self._ready.append(host)
        return request

    def done(self, request: Request) -> None:
        """``request`` has ended: another of its host may start."""
        host = host_of(request.url)
        was_full = self._out[host] >= self._per_host
        self._out[host] -= 1
        if was_full and self._waiting[host]:
            self._ready.append(host)

    def _may_start(self, host: str) -> bool:
        return bool(self._waiting[host]) and self._out[host] < self._per_host
