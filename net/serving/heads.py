"""What the head of a request says about where it goes and what follows it. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from httptools import parse_url

Fields = Sequence[tuple[bytes, bytes]]
# The fields that say there is a body (RFC 9112 §6.3).
FRAMING = (b"content-length", b"transfer-encoding")
# RFC 3986 §3.2.2 and §3.2.3: a name, an address, or nothing; a port.
_HOST = re.compile(rb"(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._~!$&'()*+,;=%-]*)(?::[0-9]*)?")
_OF_OLD = ("0.9", "1.0")


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
    return all(map(is_host, hosts)) and (len(hosts) == 1 or (not hosts and version in _OF_OLD))


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
