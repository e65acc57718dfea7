"""Sending ready bytes: the same headers, the same 304, whether or not Flask is asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from http import HTTPStatus

from desk.answer import IDENTITY, Answer, Coded
from web.negotiation import acceptable, moment_of, names

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
    """What goes over the wire; ``body`` is empty for a 304, and whole for a HEAD: whoever sends it leaves it out."""

    status: HTTPStatus
    headers: list[tuple[str, str]]
    body: bytes


def reply(ready: Answer, environ: Mapping[str, object], now: datetime, policy: Headers) -> Reply | None:
    """``ready`` as an answer to the GET or HEAD of a WSGI ``environ``; None when it takes no coding we have (a 406).

    ``now``: aware UTC. ``policy``: headers of this kind of document, sent with the whole of it.
    """
    taken = acceptable(_header(environ, "HTTP_ACCEPT_ENCODING"))
    if not taken:
        return None
    known = _known(ready, taken, environ, now)
    sent = known or ready.codings[taken[0]]
    headers = [("ETag", sent.etag), *_ON_EVERY]
    if known:
        return Reply(HTTPStatus.NOT_MODIFIED, headers, b"")
    return Reply(HTTPStatus.OK, headers + _of_content(ready, sent, now) + list(policy), sent.body)


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


def _known(ready: Answer, taken: tuple[str, ...], environ: Mapping[str, object], now: datetime) -> Coded | None:
    """The document in the coding the client has it in, when it says so; only codings it still takes are its own.

    ``If-None-Match`` overrides ``If-Modified-Since`` (RFC 9110 §13.1.3), of which a date in the future says nothing.
    """
    if (tags := _header(environ, "HTTP_IF_NONE_MATCH")) is not None:
        return next((ready.codings[coding] for coding in taken if names(tags, ready.codings[coding].etag)), None)
    since = moment_of(_header(environ, "HTTP_IF_MODIFIED_SINCE") or "")
    return ready.codings[taken[0]] if since and ready.changed_at and ready.changed_at <= since <= now else None


def _header(environ: Mapping[str, object], name: str) -> str | None:
    value = environ.get(name)
    return value if isinstance(value, str) else None
