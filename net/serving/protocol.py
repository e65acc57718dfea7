"""One connection: uvicorn's, with two things of our own.

A GET or HEAD for which an answer is ready is answered as soon as its head is read, before uvicorn makes a task of it.
And no connection takes more, or longer, than ``Limits`` allows, which uvicorn leaves to a proxy in front. All parsing
is llhttp's, strict; whatever is unusual in a request goes uvicorn's way.
"""

from __future__ import annotations

import sys
from http import HTTPStatus
from typing import Any

from httptools import HttpParserCallbackError, HttpParserError, HttpParserUpgrade, HttpRequestParser
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from net.serving.limits import Limits, refusal
from net.serving.lingering import LingeringClose
from net.serving.ready_answers import AtOnce, FirstLines, Made
from net.serving.request_heads import has_body, is_host, origin_form, rightly_addressed, without_upgrade, wrong_with
from net.serving.slow_readers import Uptake

# With one of these there may be more to a request than its head, or the answer depends on more than we look at.
_UNUSUAL = frozenset((b"content-length", b"transfer-encoding", b"expect", b"upgrade"))
_HANG_UP = b"connection: close\r\n\r\n"


class _Forgotten(list[tuple[bytes, bytes]]):
    """Keeps nothing."""

    def append(self, _field: tuple[bytes, bytes]) -> None:
        """Not even this."""


class Connection(HttpToolsProtocol):
    """``ready`` and ``limits`` are the class's: see ``connection_class``."""

    ready: AtOnce
    limits: Limits

    def __init__(self, *args: Any, **known: Any) -> None:
        super().__init__(*args, **known)
        self._answered = False
        self._running: RequestResponseCycle | None = None
        self._in_head = self._in_body = False
        # Bytes received after the first piece of a head, or after the last of a body.
        self._unused = 0
        # ``_deaf``: nothing more is read. ``_leaving``: it ends with the body that is still arriving.
        self._large = self._deaf = self._leaving = False
        self._since = self._began = self.loop.time()
        # What is being read; the head of a request that is read again.
        self._received = self._unread_head = b""
        # Bytes of a body received after its answer.
        self._left_over = 0
        self._uptake, self._first_lines = Uptake(), FirstLines()

    def connection_made(self, transport: Any) -> None:
        """Somebody is there; one more than there may be is let go at once."""
        super().connection_made(transport)
        if len(self.connections) > self.limits.connections:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """They have gone: what is being answered is not to write any more, also when other questions came after it."""
        if self._running is not None:
            self._running.disconnected = True
            self._running.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what came. A head that does not end is not read for ever, nor what follows a body."""
        if self._deaf:
            return
        continued = self._in_head or self._in_body
        self._unused = self._unused + len(data) if continued else 0
        self._large = (continued and self._large) or len(data) + self._unused > self.limits.head
        self._received = data
        super().data_received(data)
        self._received = b""
        if continued and (self._in_head or self._in_body) and self._unused > self.limits.head:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)

    def eof_received(self) -> bool:  # type: ignore[override]
        """They ask nothing more, and may still listen: what was asked is answered (RFC 9112 §9.6)."""
        if not self._busy() or self._in_head or self._in_body or self.transport.is_closing():
            return False
        self._listen_no_more()
        return True

    def send_400_response(self, msg: str) -> None:
        """What came is no HTTP; or we failed over it, which is told apart."""
        error = sys.exc_info()[1]
        failure = error.__context__ if isinstance(error, HttpParserCallbackError) else None
        if failure is None or isinstance(failure, HttpParserError):
            self._refuse(HTTPStatus.BAD_REQUEST)
            return
        self.logger.error("a request could not be read", exc_info=failure)
        self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR)

    def _unsupported_upgrade_warning(self) -> None:
        """The parser leaves the body of who would rather speak another protocol to that: it is read as if they had not
        asked (RFC 9110 §7.8)."""
        error, head = sys.exc_info()[1], self._unread_head
        if head and isinstance(error, HttpParserUpgrade):
            self._unread_head = b""
            self.parser = HttpRequestParser(self)
            self.parser.set_dangerous_leniencies(lenient_data_after_close=True)
            self.data_received(head + self._received[error.args[0] :])

    def _request_line(self) -> bytes:
        version = self.parser.get_http_version().encode()
        return b"%s %s HTTP/%s\r\n" % (self.parser.get_method(), self.url, version)

    def on_message_begin(self) -> None:
        """A request begins."""
        super().on_message_begin()
        self._in_head, self._since = True, self.loop.time()

    def on_headers_complete(self) -> None:
        """Answer at once, or leave it to the application."""
        self._in_head = False
        if self.parser.should_upgrade() and has_body(self.headers) and self.parser.get_method() != b"CONNECT":
            self._answered, self._unread_head = True, without_upgrade(self._request_line(), self.headers)
            return
        self._answered = self._deaf or self.transport.is_closing() or self._too_large() or self._answer()
        self._answered = self._answered or self._too_many() or self._misaddressed()
        if self._answered:
            return
        self._in_body, self._since = True, self.loop.time()
        self._began, self._left_over = self._since, 0
        super().on_headers_complete()
        if has_body(self.headers) and not self.expect_100_continue:
            self.cycle.transport = LingeringClose(self.transport, self._hang_up)  # type: ignore[assignment]
        # Fields after a body (trailers) are none of the request's, which has its list already.
        self.headers = _Forgotten()
        if self.parser.should_upgrade():
            # What follows might be meant for the other protocol, which we do not speak.
            self.cycle.keep_alive = False

    def on_body(self, body: bytes) -> None:
        """A piece of a body."""
        self._since, self._unused = self.loop.time(), 0
        if self._answered:
            return
        super().on_body(body)
        if not self._busy():
            self._left_over += len(body)
            if self._left_over > self.limits.left_over:
                self.transport.close()

    def on_message_complete(self) -> None:
        """A request is whole."""
        self._in_body, self._since = False, self.loop.time()
        if not self._answered:
            super().on_message_complete()
        if self._leaving:
            self.transport.close()

    def on_response_complete(self) -> None:
        """The application has answered; what is still to come of the body is read, and dropped."""
        self._since = self._began = self.loop.time()
        super().on_response_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        super()._start_asgi_task(cycle, app)

    def look(self, *, crowded: bool) -> None:
        """End what has taken too long. ``crowded``: there is hardly room for others."""
        now, limits, busy = self.loop.time(), self.limits, self._busy()
        waited = now - self._since
        if self.transport.is_closing() or self.flow.write_paused:
            if self._uptake.is_too_slow(self.transport.get_write_buffer_size(), now, limits):
                self.transport.abort()
            return
        self._uptake.nothing_waits()
        if self._in_body:
            if waited > limits.sending or now - self._began > (limits.whole_body if busy else limits.draining):
                self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        elif not busy and self._in_head:
            if waited > limits.asking:
                self._refuse(HTTPStatus.REQUEST_TIMEOUT)
        elif not busy and waited > (min(1.0, limits.idle) if crowded else limits.idle):
            self.transport.close()

    def _busy(self) -> bool:
        return self.cycle is not None and not self.cycle.response_complete

    def _too_large(self) -> bool:
        if len(self.url) > self.limits.target:
            self._refuse(HTTPStatus.REQUEST_URI_TOO_LONG)
            return True
        # Looked at closely only where it can be: what was received since is most often less than is allowed.
        if self._large and len(self.url) + sum(len(a) + len(b) + 4 for a, b in self.headers) > self.limits.head:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
            return True
        return False

    def _too_many(self) -> bool:
        """Whether more is asked together than is kept waiting: it is left to be asked again (RFC 9112 §9.3.2)."""
        if len(self.pipeline) >= self.limits.waiting:
            self._listen_no_more()
        return self._deaf

    def _misaddressed(self) -> bool:
        """Whether it names no host or several (RFC 9112 §3.2), or no path, or is of a kind we do not read."""
        url, version = origin_form(self.url, self.parser.get_method()), self.parser.get_http_version()
        wrong = wrong_with(self.headers, version)
        if wrong is None and (url is None or not rightly_addressed(self.headers, version)):
            wrong = HTTPStatus.BAD_REQUEST
        if wrong or url is None:
            self._refuse(wrong or HTTPStatus.BAD_REQUEST)
            return True
        self.url = url
        return False

    def _hang_up(self) -> None:
        if self._in_body and not self._leaving:
            self._leaving = True
            self.transport.write_eof()
        elif not self._in_body:
            self.transport.close()

    def _listen_no_more(self) -> None:
        """Answer what was asked so far, then hang up."""
        self._deaf, self.cycle.keep_alive = True, False

    def _refuse(self, status: HTTPStatus) -> None:
        """Say ``status`` where an answer may stand now, after those to earlier questions or not at all, and hang up."""
        if self.transport.is_closing() or self._deaf:
            return
        if self._busy() and not self._in_body:
            self._listen_no_more()
            return
        if not self._in_body or (self._busy() and not self.pipeline and not self.cycle.response_started):
            fields, body = refusal(status)
            head = b"".join(b"%s: %s\r\n" % field for field in (*self.server_state.default_headers, *fields))
            self.transport.write(STATUS_LINE[status] + head + _HANG_UP + body)
        self.transport.close()

    def _answer(self) -> bool:
        """Whether an answer was ready, and has been sent."""
        parser, told = self.parser, dict(self.headers)
        method = parser.get_method()
        whole = method == b"GET"
        if not (whole or method == b"HEAD") or len(told) != len(self.headers) or not _UNUSUAL.isdisjoint(told):
            return False
        # Answers leave in the order of their questions, and to those who take them.
        if self._busy() or self.flow.write_paused or parser.get_http_version() != "1.1":
            return False
        if not is_host(told.get(b"host")):
            return False
        made = self.ready.at_once(self.url, told, self.client[0] if self.client else "", counted=whole)
        if made is None:
            return False
        self._send(made, made.body if whole else b"", keep=parser.should_keep_alive())
        return True

    def _send(self, made: Made, body: bytes, *, keep: bool) -> None:
        head = made.head if keep else made.head[:-2] + _HANG_UP
        line = self._first_lines.line(made.status, self.server_state.default_headers)
        if body:
            self.transport.writelines((line, head, body))
        else:
            self.transport.write(line + head)
        if not keep:
            self.transport.close()


def connection_class(ready: AtOnce, limits: Limits) -> type[Connection]:
    """What uvicorn makes one of for each connection."""
    return type("ReadyConnection", (Connection,), {"ready": ready, "limits": limits})
