"""Addresses for formats that know URIs only, where people write IRIs."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

_ASCII = "".join(map(chr, range(0x21, 0x7F)))


def as_uri(iri: str) -> str:
    """``iri`` as a URI: its host in ASCII, everything else beyond ASCII percent-encoded as UTF-8 (RFC 3987 §3.1)."""
    if iri.isascii():
        return iri
    return quote(_ascii_host(iri), safe=_ASCII)


def _ascii_host(iri: str) -> str:
    try:
        netloc = urlsplit(iri).netloc
        user, at, address = netloc.rpartition("@")
        host, colon, port = address.partition(":")
        return iri.replace(netloc, user + at + host.encode("idna").decode("ascii") + colon + port, 1)
    except (ValueError, UnicodeError):
        return iri
