"""What a request's headers ask for: a coding it can read, and whether it has the document already. Pure."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from desk.publishing.ready_bytes import BROTLI, GZIP, IDENTITY

# Of codings wanted equally the smallest comes first.
_SMALLEST_FIRST = (BROTLI, GZIP, IDENTITY)
_ASCTIME = re.compile(r"[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}", re.ASCII)
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.ASCII)
_TAG = re.compile(r'"([^"]*)"')
# Servers in front that compress by themselves mark the tag with the coding they added.
_ADDED_CODING = re.compile(r"(?:--?|;)(?:gzip|br|deflate|zstd)$")


@lru_cache(maxsize=128)
def acceptable(accept_encoding: str | None) -> tuple[str, ...]:
    """The codings a client takes, the one it likes best first (RFC 9110 §12.5.3); empty when it takes none of ours.

    Without the header only the identity is sure to be understood. What cannot be read in it is passed over.
    """
    if accept_encoding is None:
        return (IDENTITY,)
    wanted = _qualities(accept_encoding)
    qualities = {coding: wanted.get(coding, wanted.get("*", 0.0)) for coding in (BROTLI, GZIP)}
    # Taken unless refused, but only as a last resort when it is not asked for.
    qualities[IDENTITY] = wanted.get(IDENTITY, wanted.get("*", 0.0001))
    taken = [coding for coding in _SMALLEST_FIRST if qualities[coding] > 0]
    return tuple(sorted(taken, key=lambda coding: -qualities[coding]))


def _qualities(accept_encoding: str) -> dict[str, float]:
    wanted = {}
    for member in accept_encoding.lower().split(","):
        coding, weighed, weight = member.partition(";")
        quality = _QUALITY.fullmatch(weight.strip()) if weighed else None
        if quality or not weighed:
            wanted[coding.strip().removeprefix("x-")] = float(quality[1]) if quality else 1.0
    return wanted


def names(if_none_match: str, etag: str) -> bool:
    """Whether ``If-None-Match`` names ``etag`` by weak comparison (RFC 9110 §13.1.2), ``*`` naming every tag.

    A tag with the mark of a coding added on the way (``"…-gzip"``, ``"…;br"``) names the tag without it.
    """
    if if_none_match == etag or if_none_match.strip() == "*":
        return True
    opaque = etag.strip('"')
    return any(opaque in (tag, _ADDED_CODING.sub("", tag)) for tag in _TAG.findall(if_none_match))


@lru_cache(maxsize=128)
def moment_of(http_date: str) -> datetime | None:
    """The moment of an HTTP date in any of its three forms (RFC 9110 §5.6.7), aware; None when it is none.

    ``; length=…``, which very old clients write behind it, is passed over.
    """
    said = http_date.partition(";")[0].strip()
    try:
        moment = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if moment.tzinfo:
        return moment
    # The form of C's asctime() names no zone, and is UTC all the same; of the others, one without a zone says nothing.
    return moment.replace(tzinfo=UTC) if _ASCTIME.fullmatch(said) else None
