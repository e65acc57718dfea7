"""One fetch on its way through libcurl: its bounds are watched while bytes come in, not afterwards."""

from __future__ import annotations

import re
import socket
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote, urldefrag, urlencode, urlsplit, urlunsplit

import pycurl

from net.freshness import fresh_for
from net.guard import Guard
from net.messages import Limits, Request, Response
from net.response_heads import Heads
from news.errors import FetchFailed
from news.links import host_of

_REFUSED, _TOO_BIG = "source.fetch.refused_address", "source.fetch.too_big"
_KEYS = {
    pycurl.E_COULDNT_RESOLVE_HOST: "source.fetch.unknown_host",
    pycurl.E_COULDNT_CONNECT: "source.fetch.unreachable",
    pycurl.E_OPERATION_TIMEDOUT: "source.fetch.timeout",
    pycurl.E_URL_MALFORMAT: "source.fetch.address",
    pycurl.E_FILESIZE_EXCEEDED: _TOO_BIG,
    pycurl.E_SSL_CONNECT_ERROR: "source.fetch.tls",
    pycurl.E_PEER_FAILED_VERIFICATION: "source.fetch.tls",
    pycurl.E_SSL_CACERT_BADFILE: "source.fetch.tls",
    pycurl.E_SSL_CERTPROBLEM: "source.fetch.tls",
    pycurl.E_SSL_CIPHER: "source.fetch.tls",
}
_BROKEN = "source.fetch.broken"
# How feeds and pages begin, in the charsets they come in: XML, HTML or JSON, behind a mark and blanks.
_DOCUMENT = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\0\s]{0,1000}[<{\[]")
# It is stored with each source, and sent back at each look.
_LONGEST_VALIDATOR = 2000
# As most addresses are written: nothing in them needs to be encoded.
_ON_THE_WIRE = re.compile(r"https?://[a-z0-9][a-z0-9.-]*(?::[1-9][0-9]{0,3})?/[a-zA-Z0-9/._~-]*", re.ASCII)
_REDIRECTS = (301, 302, 303, 307, 308)
_ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, application/xml;q=0.9, "
    "text/xml;q=0.9, text/html;q=0.8, application/xhtml+xml;q=0.8, application/json;q=0.8, */*;q=0.1"
)


class Transfer:
    """One ``request`` on its way, redirect by redirect: each hop waits for a turn of its own ``host``, opens its own
    guarded socket, and counts towards the same bounds."""

    def __init__(self, request: Request, guard: Guard, limits: Limits) -> None:
        self.request = request
        self.url = request.url
        self.handle: Any = None
        self._guard = guard
        self._limits = limits
        self._heads = Heads(request.url)
        self._body = bytearray()
        self._sockets: list[socket.socket] = []
        self._stopped_for: str | None = None
        self._refused = False
        self._enough = False
        self._as_it_is = False
        self._hops = 0
        self._spent = 0.0
        self._wire_before = 0
        self._moved_to: str | None = None
        self._permanent = True

    @property
    def host(self) -> str:
        """Whose turn the next hop needs."""
        return host_of(self.url)

    def prepare(self, handle: Any) -> None:
        """Set up ``handle`` (a pycurl.Curl) for the next hop. Raises FetchFailed for what is no web address."""
        url = wire_url(self.url)
        self.handle = handle
        self._heads = Heads(self.url)
        handle.setopt(pycurl.URL, url)
        self._choose_method()
        fields = _fields(self.request)
        fields += _conditions(self.request)
        fields += ["Accept-Encoding: identity"] if self._as_it_is else []
        handle.setopt(pycurl.HTTP_CONTENT_DECODING, not self._as_it_is)
        handle.setopt(pycurl.HTTPHEADER, [line.encode("latin-1") for line in fields])
        handle.setopt(pycurl.TIMEOUT_MS, max(1, int((self._limits.total - self._spent) * 1000)))
        handle.setopt(pycurl.WRITEFUNCTION, self._write)
        handle.setopt(pycurl.HEADERFUNCTION, self._heads.feed)
        handle.setopt(pycurl.OPENSOCKETFUNCTION, self._open_socket)
        handle.setopt(pycurl.XFERINFOFUNCTION, self._progress)

    def _choose_method(self) -> None:
        """Each choice undoes what the handle was used for before."""
        request = self.request
        if request.posts:
            sent = urlencode(request.form or ()) if request.json is None else request.json
            self.handle.setopt(pycurl.POSTFIELDS, sent)
        else:
            self.handle.setopt(pycurl.HTTPGET, True)

    def _open_socket(self, _purpose: int, address: Any) -> socket.socket | int:
        ip, port = address.addr[:2]
        if not self._guard.permits(ip, port):
            self._refused = True
            return int(pycurl.SOCKET_BAD)
        opened = socket.socket(address.family, address.socktype, address.protocol)
        self._sockets.append(opened)  # libcurl works on a duplicate; ours is closed when the fetch ends
        return opened

    def _write(self, data: bytes) -> int:
        most = self.request.head_only
        if most is not None and len(self._body) + len(data) > most:
            self._body += data[: most - len(self._body)]
            self._enough = True
            return 0
        if len(self._body) + len(data) > self._limits.decoded:
            self._stopped_for = _TOO_BIG
            return 0
        self._body += data
        return len(data)

    def _progress(self, _total: int, received: int, _up_total: int, _up: int) -> int:
        if self._wire_before + received <= self._limits.wire:
            return 0
        self._stopped_for = _TOO_BIG
        return 1

    def release(self) -> None:
        """Let go of the handle, the body and the sockets' duplicates. Connections that libcurl keeps stay open."""
        self.handle = None
        self._body.clear()
        while self._sockets:
            with suppress(OSError):
                self._sockets.pop().close()

    def outcome(self, code: int) -> Response | FetchFailed | None:
        """What became of the hop that libcurl ended with ``code`` (0: all well); None: it goes on at ``url``."""
        found = self._found(code)
        if isinstance(found, FetchFailed):
            found.took = self._took()
        return found

    def _found(self, code: int) -> Response | FetchFailed | None:
        status = self._heads.status
        if code == pycurl.E_HTTP_RETURNED_ERROR:
            return self._bad_status(status)
        if code == pycurl.E_BAD_CONTENT_ENCODING and not (self._as_it_is or self.request.posts):
            self._once_more()
            return None
        if code and not (self._enough and 200 <= status < 300):
            return self._failure(code)
        if status in _REDIRECTS and self._heads.fields.get("location") and not self._stays():
            return self._redirected()
        if status == 304 and self.request.conditional:
            return self._response(b"")
        if not 200 <= status < 300:
            return self._bad_status(status)
        body = bytes(self._body)
        return self._response(body) if not self._as_it_is or _DOCUMENT.match(body) else self._failure(code)

    def _stays(self) -> bool:
        """Whether what is sent is for this address alone."""
        return self.request.posts or bool(self.request.fields)

    def _once_more(self) -> None:
        """Ask again, for the bytes as they are: some servers name a coding that they do not use, or a charset instead
        of one ("Content-Encoding: utf-8"), which browsers and feedparser read all the same."""
        self._as_it_is = True
        self._count()

    def _count(self) -> None:
        self._spent += self.handle.getinfo(pycurl.TOTAL_TIME)
        self._wire_before += int(self.handle.getinfo(pycurl.SIZE_DOWNLOAD_T))
        self._enough = False

    def _redirected(self) -> Response | FetchFailed | None:
        """A form never comes here: what a redirect would make of a POST is anybody's guess (RFC 9110 §15.4)."""
        target = self._heads.leads_to
        if target is None:
            return FetchFailed("source.fetch.address", **self._where())
        if self._hops >= self._limits.redirects:
            return FetchFailed("source.fetch.redirects", **self._where())
        if self.request.may_follow and not self.request.may_follow(target):
            return replace(self._response(b""), leads_to=target)
        self._permanent = self._permanent and self._heads.moved_to is not None
        if self._permanent:
            self._moved_to = self._heads.moved_to
        self._hops += 1
        self._as_it_is = False
        self._count()
        self.url = target
        return None

    def _response(self, body: bytes) -> Response:
        fields = self._heads.fields
        return Response(
            status=self._heads.status,
            url=urldefrag(self.url).url if "#" in self.url else self.url,
            headers=fields,
            body=body,
            etag=_validator(fields, "etag"),
            last_modified=_validator(fields, "last-modified"),
            not_modified=self._heads.status == 304,
            moved_to=self._moved_to,
            fresh_for=fresh_for(fields),
            took=self._took(),
        )

    def _took(self) -> int:
        """Milliseconds this hop and those before it took, without the turns they waited for."""
        return int((self._spent + float(self.handle.getinfo(pycurl.TOTAL_TIME))) * 1000)

    def _bad_status(self, status: int) -> FetchFailed:
        return FetchFailed("source.fetch.status", status=status, retry_after=self._heads.retry_after(), **self._where())

    def _failure(self, code: int) -> FetchFailed:
        if self._stopped_for:
            return FetchFailed(self._stopped_for, **self._where())
        if self._refused and code == pycurl.E_COULDNT_CONNECT:
            return FetchFailed(_REFUSED, **self._where())
        return FetchFailed(_KEYS.get(code, _BROKEN), **self._where())

    def _where(self) -> dict[str, object]:
        return {"host": self.host[:200]}


def wire_url(url: str) -> bytes:
    """``url`` for the wire: the host in ASCII (IDNA), the rest percent-encoded UTF-8. Raises FetchFailed."""
    return url.encode("ascii") if _ON_THE_WIRE.fullmatch(url) else encoded(url)


def encoded(url: str) -> bytes:
    """As ``wire_url``, without the short way for what is on the wire as it stands. Raises FetchFailed."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna" if not url.isascii() else "ascii").decode("ascii")
        authority = (f"[{host}]" if ":" in host else host) + (f":{parts.port}" if parts.port is not None else "")
    except (ValueError, UnicodeError):
        host, authority, parts = "", "", urlsplit("")
    if parts.scheme not in ("http", "https") or not host or "@" in parts.netloc:
        raise FetchFailed("source.fetch.address", host=host_of(url)[:200])
    path, query = (quote(part, safe="%/:;,=@!$&'()*+~?[]", errors="replace") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, authority, path or "/", query, "")).encode("ascii")


def _conditions(request: Request) -> list[str]:
    """RFC 9110 §13.1: a validator goes back exactly as it came; one that no header can carry is left out."""
    given = {"If-None-Match": request.etag, "If-Modified-Since": request.last_modified}
    return [f"{name}: {value}" for name, value in given.items() if value and _fits_a_header(value)]


def _validator(fields: dict[str, str], name: str) -> str | None:
    """What the answer can be asked for by again: whole or not at all, since it is opaque (RFC 9110 §8.8)."""
    value = fields.get(name, "")
    return value if 0 < len(value) <= _LONGEST_VALIDATOR else None


def _fits_a_header(value: str) -> bool:
    return all(char == "\t" or (" " <= char <= "\xff" and char != "\x7f") for char in value)


def _fields(request: Request) -> list[str]:
    if not request.posts:
        return [f"Accept: {_ACCEPT}", *request.fields]
    kind = ["Content-Type: application/json"] if request.json is not None else []
    return ["Accept: */*", "Expect:", *kind, *request.fields]
