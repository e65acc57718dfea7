"""The guarded HTTP client, on libcurl: the newsroom's only way to other people's servers.

Every address is checked when the socket is opened, after the name was resolved and after each redirect; only http and
https; no cookies, no netrc, no proxy (a proxy would hide the target from the guard). Failures are
``FetchFailed("source.fetch.<what>", host=…)``, <what> being one of ``address`` (no web address, or a redirect to
none), ``unknown_host``, ``unreachable``, ``refused_address``, ``timeout``, ``too_big``, ``status`` (with ``status`` and
``retry_after``, seconds or None), ``redirects``, ``tls``, ``broken`` (cut short or garbled) and ``stopped``.
"""

from __future__ import annotations

import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pycurl

from net.guard import Guard
from net.messages import Limits, Request, Response
from net.politeness import Pauses, Turns
from net.transfer import Transfer
from news.errors import FetchFailed
from news.links import host_of
from news.text import one_line

PER_HOST = 2
_WEB = pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS
_LONGEST_WAIT = 0.2
_SHORT_WAIT = 0.02
_QUEUE = 4
# Of the time a fetch may take; a tenth is less than the shortest of the usual limits.
_LONG_REST = 0.1

Outcome = tuple[Request, Response | FetchFailed]
Between = Callable[[], None]


class Client:
    """Fetches for one thread at a time, keeping connections between calls. ``user_agent``: who we honestly are, with an
    address to complain to. ``ca_file``: certificates to trust (PEM), the system's unless given. ``stop``: once set,
    running fetches end within a moment. ``pause``: seconds to leave every host alone between two requests, for a
    machine that asks by itself; also from one call to the next."""

    def __init__(
        self,
        guard: Guard,
        *,
        user_agent: str,
        limits: Limits = Limits(),  # noqa: B008  (frozen)
        ca_file: str | None = None,
        stop: threading.Event | None = None,
        pause: float = 0.0,
    ) -> None:
        self._guard = guard
        self._limits = limits
        self._user_agent = one_line(user_agent).encode("ascii", "replace")
        self._ca_file = ca_file
        self._stop = stop or threading.Event()
        self._pauses = Pauses(pause)
        self._multi = pycurl.CurlMulti()
        self._idle: list[Any] = []

    def fetch(self, request: Request) -> Response:
        """The answer to ``request``. Raises FetchFailed."""
        for _, outcome in self.fetch_many([request]):
            if isinstance(outcome, FetchFailed):
                raise outcome
            return outcome
        raise FetchFailed("source.fetch.stopped", host=host_of(request.url)[:200])

    def fetch_many(
        self, requests: Iterable[Request | None], in_flight: int = 8, between: Between | None = None
    ) -> Iterator[Outcome]:
        """Each request with its answer or failure, as they finish: ``in_flight`` at once, at most two per host; where
        a redirect leads counts as that host's. ``requests`` are asked for as there is room for more; a None among them
        means that there may be others later. ``between`` is called every fifth of a second at least.

        When stopped, what has not finished is not yielded. Leaving the iteration early ends what is running.
        One iteration at a time. Transfers rest while the caller works on an answer; where that took so long that it
        would count against them, they begin again.
        """
        supply = _Supply(requests)
        turns, running = Turns[Transfer](lambda transfer: transfer.host, PER_HOST, self._pauses), dict[Any, Transfer]()
        try:
            while not self._stop.is_set():
                began = time.monotonic()
                for request in supply.some(_QUEUE * in_flight - turns.waiting):
                    turns.add(Transfer(request, self._guard, self._limits))
                yield from self._start(turns, running, in_flight)
                if not running and not turns.waiting and supply.ended:
                    return
                if between:
                    between()
                self._rest_or_restart(running, began)
                self._turn(running)
                began = time.monotonic()
                yield from self._finished(turns, running)
                self._rest_or_restart(running, began)
        finally:
            for transfer in running.values():
                self._end(transfer)

    def close(self) -> None:
        """Close every connection."""
        for handle in self._idle:
            handle.close()
        self._idle.clear()
        self._multi.close()

    def _start(self, turns: Turns[Transfer], running: dict[Any, Transfer], in_flight: int) -> Iterator[Outcome]:
        while len(running) < in_flight and (transfer := turns.take()):
            try:
                self._begin(transfer)
            except FetchFailed as failure:
                turns.done(transfer.host)
                yield transfer.request, failure
            else:
                running[transfer.handle] = transfer

    def _begin(self, transfer: Transfer) -> None:
        handle = self._idle.pop() if self._idle else self._new_handle()
        try:
            transfer.prepare(handle)
        except FetchFailed:
            self._idle.append(handle)
            raise
        self._multi.add_handle(handle)

    def _rest_or_restart(self, running: dict[Any, Transfer], began: float) -> None:
        if time.monotonic() - began <= self._limits.total * _LONG_REST:
            return
        for transfer in list(running.values()):
            del running[transfer.handle]
            self._end(transfer)
            self._begin(transfer)
            running[transfer.handle] = transfer

    def _turn(self, running: dict[Any, Transfer]) -> None:
        if not running:
            self._stop.wait(_SHORT_WAIT)
            return
        while True:
            code, active = self._multi.perform()
            if code != pycurl.E_CALL_MULTI_PERFORM:
                break
        if active == len(running):
            self._multi.select(_LONGEST_WAIT)

    def _finished(self, turns: Turns[Transfer], running: dict[Any, Transfer]) -> Iterator[Outcome]:
        _, done, failed = self._multi.info_read()
        ended = [(handle, 0) for handle in done] + [(handle, code) for handle, code, _ in failed]
        for handle, code in ended:
            transfer = running.pop(handle)
            host = transfer.host
            outcome = transfer.outcome(code)
            self._end(transfer)
            turns.done(host)
            if outcome is None:
                turns.add(transfer, first=True)
            else:
                yield transfer.request, outcome

    def _end(self, transfer: Transfer) -> None:
        handle = transfer.handle
        self._multi.remove_handle(handle)
        transfer.release()
        self._idle.append(handle)

    def _new_handle(self) -> Any:
        limits, trusted = self._limits, ssl.get_default_verify_paths()
        handle = pycurl.Curl()
        options: dict[int, Any] = {
            pycurl.USERAGENT: self._user_agent,
            pycurl.PROTOCOLS: _WEB,
            pycurl.FOLLOWLOCATION: False,
            pycurl.FAILONERROR: True,
            pycurl.PROXY: "",
            pycurl.NETRC: pycurl.NETRC_IGNORED,
            pycurl.ACCEPT_ENCODING: "",
            pycurl.NOSIGNAL: True,
            pycurl.NOPROGRESS: False,
            pycurl.CONNECTTIMEOUT_MS: int(limits.connect * 1000),
            pycurl.LOW_SPEED_LIMIT: 1,
            pycurl.LOW_SPEED_TIME: limits.idle,
            pycurl.CAINFO: self._ca_file or trusted.cafile,
            pycurl.CAPATH: None if self._ca_file else trusted.capath,
        }
        for option, value in options.items():
            if value is not None:
                handle.setopt(option, value)
        return handle


class _Supply:
    """Requests, taken as there is room; ``ended`` once there will be no more."""

    def __init__(self, requests: Iterable[Request | None]) -> None:
        self._left = iter(requests)
        self.ended = False

    def some(self, most: int) -> Iterator[Request]:
        """At most so many of those that are there now."""
        for _ in range(most if not self.ended else 0):
            request = next(self._left, self)
            if isinstance(request, _Supply):
                self.ended = True
                return
            if request is None:
                return
            yield request
