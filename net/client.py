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
from collections.abc import Iterable, Iterator
from typing import Any

import pycurl

from net.guard import Guard
from net.messages import Limits, Request, Response
from net.transfer import Transfer, wire_url
from net.turns import Turns
from news.errors import FetchFailed
from news.links import host_of
from news.text import one_line

PER_HOST = 2
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, text/html;q=0.8, application/xhtml+xml;q=0.8, application/json;q=0.8, */*;q=0.1"
)
_WEB = pycurl.PROTO_HTTP | pycurl.PROTO_HTTPS
_LONGEST_WAIT = 0.2
# Of the time a fetch may take; a tenth is less than the shortest of the usual limits.
_LONG_REST = 0.1

Outcome = tuple[Request, Response | FetchFailed]


class Client:
    """Fetches for one thread at a time, keeping connections between calls. ``user_agent``: who we honestly are, with an
    address to complain to. ``ca_file``: certificates to trust (PEM), the system's unless given. ``stop``: once set,
    running fetches end within a moment."""

    def __init__(
        self,
        guard: Guard,
        *,
        user_agent: str,
        limits: Limits = Limits(),  # noqa: B008  (frozen)
        ca_file: str | None = None,
        stop: threading.Event | None = None,
    ) -> None:
        self._guard = guard
        self._limits = limits
        self._user_agent = one_line(user_agent).encode("ascii", "replace")
        self._ca_file = ca_file
        self._stop = stop or threading.Event()
        self._multi = pycurl.CurlMulti()
        self._idle: list[Any] = []

    def fetch(self, request: Request) -> Response:
        """The answer to ``request``. Raises FetchFailed."""
        for _, outcome in self.fetch_many([request]):
            if isinstance(outcome, FetchFailed):
                raise outcome
            return outcome
        raise FetchFailed("source.fetch.stopped", host=host_of(request.url)[:200])

    def fetch_many(self, requests: Iterable[Request], in_flight: int = 8) -> Iterator[Outcome]:
        """Each request with its answer or failure, as they finish: ``in_flight`` at once, at most two per host.

        When stopped, what has not finished is not yielded. Leaving the iteration early ends what is running.
        One iteration at a time. Transfers rest while the caller works on an answer; where that took so long that it
        would count against them, they begin again.
        """
        turns, running = Turns(requests, PER_HOST), dict[Any, Transfer]()
        try:
            while not self._stop.is_set():
                yield from self._start(turns, running, in_flight)
                if not running:
                    return
                self._turn()
                began = time.monotonic()
                yield from self._finished(turns, running)
                if time.monotonic() - began > self._limits.total * _LONG_REST:
                    self._begin_again(running)
        finally:
            for transfer in running.values():
                self._end(transfer)

    def close(self) -> None:
        """Close every connection."""
        for handle in self._idle:
            handle.close()
        self._idle.clear()
        self._multi.close()

    def _start(self, turns: Turns, running: dict[Any, Transfer], in_flight: int) -> Iterator[Outcome]:
        while len(running) < in_flight and (request := turns.take()):
            try:
                transfer = self._begin(request)
            except FetchFailed as failure:
                turns.done(request)
                yield request, failure
            else:
                running[transfer.handle] = transfer

    def _begin(self, request: Request) -> Transfer:
        url = wire_url(request.url)
        handle = self._idle.pop() if self._idle else self._new_handle()
        transfer = Transfer(request, handle, self._guard, self._limits)
        transfer.prepare(url, _fields(request))
        self._multi.add_handle(handle)
        return transfer

    def _begin_again(self, running: dict[Any, Transfer]) -> None:
        for transfer in list(running.values()):
            del running[transfer.handle]
            self._end(transfer)
            again = self._begin(transfer.request)
            running[again.handle] = again

    def _turn(self) -> None:
        while True:
            code, active = self._multi.perform()
            if code != pycurl.E_CALL_MULTI_PERFORM:
                break
        if active:
            self._multi.select(_LONGEST_WAIT)

    def _finished(self, turns: Turns, running: dict[Any, Transfer]) -> Iterator[Outcome]:
        _, done, failed = self._multi.info_read()
        ended = [(handle, 0) for handle in done] + [(handle, code) for handle, code, _ in failed]
        for handle, code in ended:
            transfer = running.pop(handle)
            outcome = transfer.outcome(code)
            self._end(transfer)
            turns.done(transfer.request)
            yield transfer.request, outcome

    def _end(self, transfer: Transfer) -> None:
        self._multi.remove_handle(transfer.handle)
        transfer.release()
        self._idle.append(transfer.handle)

    def _new_handle(self) -> Any:
        limits, trusted = self._limits, ssl.get_default_verify_paths()
        handle = pycurl.Curl()
        options: dict[int, Any] = {
            pycurl.USERAGENT: self._user_agent,
            pycurl.PROTOCOLS: _WEB,
            pycurl.REDIR_PROTOCOLS: _WEB,
            pycurl.MAXREDIRS: limits.redirects,
            pycurl.FAILONERROR: True,
            pycurl.PROXY: "",
            pycurl.NETRC: pycurl.NETRC_IGNORED,
            pycurl.ACCEPT_ENCODING: "",
            pycurl.NOSIGNAL: True,
            pycurl.NOPROGRESS: False,
            pycurl.CONNECTTIMEOUT_MS: int(limits.connect * 1000),
            pycurl.TIMEOUT_MS: int(limits.total * 1000),
            pycurl.LOW_SPEED_LIMIT: 1,
            pycurl.LOW_SPEED_TIME: limits.idle,
            pycurl.CAINFO: self._ca_file or trusted.cafile,
            pycurl.CAPATH: None if self._ca_file else trusted.capath,
        }
        for option, value in options.items():
            if value is not None:
                handle.setopt(option, value)
        return handle


def _fields(request: Request) -> list[str]:
    if not request.posts:
        return [f"Accept: {_ACCEPT}"]
    kind = ["Content-Type: application/json"] if request.json is not None else []
    return ["Accept: */*", "Expect:", *kind, *request.fields]
