"""Addresses for formats that know URIs only, where people write IRIs."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

# RFC 3986 §2.2, §2.3: all else is encoded, and a percent sign that begins no escape.
_ALLOWED = ":/?#[]@!$&'()*+,;=-._~%"
_URI = re.compile(r"(?:[A-Za-z0-9:/?#\[\]@!$&'()*+,;=\-._~]|%[0-9A-Fa-f]{2})*")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")


def as_uri(iri: str) -> str:
    """``iri`` as a URI: its host in ASCII, everything else that a URI may not have percent-encoded as UTF-8
    (RFC 3987 §3.1)."""
    if _URI.fullmatch(iri):
        return iri
    host_in_ascii = iri if iri.isascii() else _ascii_host(iri)
    return _LONE_PERCENT.sub("%25", quote(host_in_ascii, safe=_ALLOWED))


def _ascii_host(iri: str) -> str:
    try:
        netloc = urlsplit(iri).netloc
        user, at, address = netloc.rpartition("@")
        host, colon, port = address.partition(":")
        return iri.replace(netloc, user + at + host.encode("idna").decode("ascii") + colon + port, 1)
    except (ValueError, UnicodeError):
        return iri
