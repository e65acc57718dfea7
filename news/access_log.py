"""Lines of a web server's access log in the combined format, as nginx and Apache write it. Strangers write most of what
stands in one: whatever is not as it should be is no hit, and nothing of it is believed beyond its place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import unquote

LONGEST_LINE = 8192
_TEXT = r'"((?:[^"\\]|\\.)*)"'
# Addresses of requesters, identity, user, [time], "request", status, bytes, "referrer", "agent".
_LINE = re.compile(rf"(\S+) \S+ \S+ \[([^\]]{{20,40}})\] {_TEXT} ([0-9]{{3}}) \S+ {_TEXT} {_TEXT}(?: .*)?", re.ASCII)
_REQUEST = re.compile(r"GET (/\S*) HTTP/[0-9.]+", re.ASCII)
_ESCAPED = re.compile(r'\\(?:x([0-9A-Fa-f]{2})|(["\\]))', re.ASCII)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIME = re.compile(r"(\d{2})/([A-Z][a-z]{2})/(\d{4}):(\d{2}:\d{2}:\d{2}) ([+-]\d{4})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Hit:
    """A GET that was answered with a document, or as unchanged. ``at``: aware. ``requester``: its address, or "" where
    the log names none. ``path``: decoded; ``query``: percent-encoded. ``referrer``, ``agent``: "" for none."""

    at: datetime
    requester: str
    path: str
    query: str
    referrer: str
    agent: str


def hit_in(line: str) -> Hit | None:
    """What ``line`` tells of; None for anything else than a GET answered with 200 or 304."""
    found = _LINE.fullmatch(line.rstrip("\r\n")) if len(line) <= LONGEST_LINE else None
    if found is None or found[4] not in ("200", "304"):
        return None
    request, at = _REQUEST.fullmatch(_plain(found[3])), _moment(found[2])
    if request is None or at is None:
        return None
    path, _, query = request[1].partition("?")
    requester, referrer, agent = (_said(each) for each in (found[1], found[5], found[6]))
    return Hit(at, requester, unquote(path), query, referrer, agent)


def _said(text: str) -> str:
    plain = _plain(text)
    return "" if plain == "-" else plain


def _plain(text: str) -> str:
    """``text`` without the escapes of the log (nginx: ``\\xHH``; Apache: also ``\\"``)."""
    return _ESCAPED.sub(lambda one: chr(int(one[1], 16)) if one[1] else one[2], text)


def _moment(text: str) -> datetime | None:
    """``23/Nov/2026:08:00:00 +0100``. Months are English in every locale, so ``strptime`` is no help."""
    found = _TIME.fullmatch(text)
    if found is None or found[2] not in _MONTHS:
        return None
    month = _MONTHS.index(found[2]) + 1
    try:
        return datetime.fromisoformat(f"{found[3]}-{month:02}-{found[1]}T{found[4]}{found[5]}")
    except ValueError:
        return None
