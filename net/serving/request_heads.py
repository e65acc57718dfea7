"""What the head of a request says about where it goes and what follows it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from http import HTTPStatus

from httptools import parse_url

Fields = Sequence[tuple[bytes, bytes]]
# The fields that say there is a body (RFC 9112 §6.3).
FRAMING = (b"content-length", b"transfer-encoding")
# RFC 3986 §3.2.2 and §3.2.3: a name, an address, or nothing; a port.
_HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::[0-9]*)?")
_OF_OLD = "1.0"
_READ = ("1.1", _OF_OLD)


def has_body(fields: Fields) -> bool:
    """Whether a body is announced, be it empty."""
    return any(name in FRAMING for name, _ in fields)


@lru_cache(maxsize=128)
def is_host(value: bytes | None) -> bool:
    """Whether ``Host`` may say so (RFC 9110 §7.2)."""
    return value is not None and _HOST.fullmatch(value) is not None


def rightly_addressed(fields: Fields, version: str) -> bool:
    """Whether there is one ``Host`` and it makes sense (RFC 9112 §3.2); of old there need be none."""
    hosts = [value for name, value in fields if name == b"host"]
    return all(map(is_host, hosts)) and (len(hosts) == 1 or (not hosts and version == _OF_OLD))


def wrong_with(fields: Fields, version: str) -> HTTPStatus | None:
    """What is said to a version that is not ours, and to a body in a coding that is not (RFC 9112 §2.3, §6.1)."""
    if version not in _READ:
        return HTTPStatus.HTTP_VERSION_NOT_SUPPORTED
    coded = [value.strip().lower() for name, value in fields if name == b"transfer-encoding"]
    return HTTPStatus.NOT_IMPLEMENTED if coded not in ([], [b"chunked"]) else None


def without_upgrade(request_line: bytes, fields: Fields) -> bytes:
    """A head as it would be had no other protocol been asked for."""
    kept = [field for field in fields if field[0] != b"upgrade"]
    return request_line + b"".join(b"%s: %s\r\n" % field for field in kept) + b"\r\n"


def origin_form(target: bytes, method: bytes) -> bytes | None:
    """``target`` with the path it leaves out (RFC 9112 §3.2.2, §3.2.4); None when it can have none. Raises
    HttpParserInvalidURLError."""
    if target.startswith(b"/"):
        return target
    if target == b"*":
        return b"/" if method == b"OPTIONS" else None
    url = parse_url(target)
    if url.path is not None:
        return target
    return (b"/?" + url.query if url.query else b"/") if url.host else None
