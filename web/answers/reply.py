"""Sending ready bytes: the same headers, the same 304, whether or not Flask is asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus
from typing import Any, NamedTuple

from desk.publishing.ready_bytes import IDENTITY, Answer, Coded
from web.answers.negotiation import acceptable, moment_of, names

Headers = tuple[tuple[str, str], ...]

CACHED = "public, max-age=300, stale-while-revalidate=60, stale-if-error=3600"
CROSS_ORIGIN = ("Access-Control-Allow-Origin", "*")
ALLOWED = "GET, HEAD, OPTIONS"
NO_ACTIVE_CONTENT: Headers = (
    ("Content-Security-Policy", "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
)
_ON_EVERY: Headers = (
    ("Cache-Control", CACHED),
    ("Vary", "Accept-Encoding"),
    CROSS_ORIGIN,
    ("Access-Control-Expose-Headers", "ETag, Link"),
    ("X-Content-Type-Options", "nosniff"),
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What goes over the wire; ``body`` is empty for a 304, and whole for a HEAD: whoever sends it leaves it out.
    ``line``: the status as WSGI has it. ``head``: the headers as HTTP/1.1 has them, empty line included."""

    status: HTTPStatus
    line: str
    headers: Headers
    body: bytes
    head: bytes


class _Coding(NamedTuple):
    """Both replies that a document in one coding has, made once and not for each request."""

    whole: Reply
    unchanged: Reply


def reply(ready: Answer, environ: Mapping[str, Any], now: Callable[[], datetime], policy: Headers) -> Reply | None:
    """``ready`` as an answer to the GET or HEAD of a WSGI ``environ``; None when it takes no coding we have (a 406).

    ``now``: a clock, aware UTC. ``policy``: headers of this kind of document, sent with the whole of it.
    """
    taken = acceptable(environ.get("HTTP_ACCEPT_ENCODING"))
    if not taken:
        return None
    known = _known(ready, taken, environ, now)
    if known:
        return _in_coding(ready, known, now, policy).unchanged
    return _in_coding(ready, taken[0], now, policy).whole


def _in_coding(ready: Answer, coding: str, now: Callable[[], datetime], policy: Headers) -> _Coding:
    kept = ready.prepared.get((coding, policy))
    if isinstance(kept, _Coding):
        return kept
    sent, moment = ready.codings[coding], now()
    always = (("ETag", sent.etag), *_ON_EVERY)
    content = _of_content(ready, sent, moment)
    # What may change while the bytes stay is told again to those who have them (RFC 9111 §3.2).
    again = () if policy is NO_ACTIVE_CONTENT else policy
    made = _Coding(
        _reply(HTTPStatus.OK, (*always, *content, *policy), sent.body),
        _reply(HTTPStatus.NOT_MODIFIED, (*always, *again), b""),
    )
    if ready.changed_at is None or ready.changed_at <= moment:
        ready.prepared[coding, policy] = made
    return made


def _reply(status: HTTPStatus, headers: Headers, body: bytes) -> Reply:
    head = "".join(f"{name.lower()}: {value}\r\n" for name, value in headers) + "\r\n"
    return Reply(status, f"{status.value} {status.phrase}", headers, body, head.encode("latin-1"))


def _of_content(ready: Answer, sent: Coded, now: datetime) -> list[tuple[str, str]]:
    """What a 304 leaves out: with an ``ETag`` it needs no other validator (RFC 9110 §15.4.5)."""
    said = [("Content-Type", ready.content_type), ("Content-Length", str(len(sent.body)))]
    if sent.coding != IDENTITY:
        said.append(("Content-Encoding", sent.coding))
    if ready.changed_at:
        said.append(("Last-Modified", _last_modified(ready.changed_at, now)))
    return said + ([("Link", ready.links)] if ready.links else [])


def _last_modified(changed_at: datetime, now: datetime) -> str:
    """A moment that lies ahead (several changes in one second) is given as now, and so never earns a 304 by itself
    before it has come (RFC 9110 §8.8.2.1)."""
    return format_datetime(min(changed_at, now), usegmt=True)


def _known(
    ready: Answer, taken: tuple[str, ...], environ: Mapping[str, Any], now: Callable[[], datetime]
) -> str | None:
    """The coding the client has the document in, when it says so; only codings it still takes are its own.

    ``If-None-Match`` overrides ``If-Modified-Since`` (RFC 9110 §13.1.3), of which a date in the future says nothing.
    """
    if (tags := environ.get("HTTP_IF_NONE_MATCH")) is not None:
        for coding in taken:
            if names(tags, ready.codings[coding].etag):
                return coding
        return None
    since = moment_of(environ.get("HTTP_IF_MODIFIED_SINCE", ""))
    return taken[0] if since and ready.changed_at and ready.changed_at <= since <= now() else None
