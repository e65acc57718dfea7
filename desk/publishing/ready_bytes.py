"""Ready bytes: one document in every coding it is served in, each with its own strong validator."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field
from datetime import datetime

import brotli

IDENTITY, GZIP, BROTLI = "identity", "gzip", "br"
_GZIP_LEVEL = 6
_BROTLI_QUALITY = 5
_ASKED = "asked"
# For what is made once and asked for by everybody.
_GZIP_MOST, _BROTLI_MOST = 9, 11


@dataclass(frozen=True, slots=True)
class Coded:
    """The document in one coding. ``etag``: a strong entity tag, quotes included (RFC 9110 §8.8.3)."""

    coding: str
    body: bytes
    etag: str


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Answer:
    """A document ready to be sent. ``codings``: identity, gzip and br by name. ``links``: the value of its ``Link``
    header (RFC 8288), or "". ``changed_at``: aware UTC in whole seconds, or None when nobody keeps it.
    ``prepared``: what whoever sends it has made of it and need not make again, kept for as long as the answer is."""

    content_type: str
    codings: dict[str, Coded]
    links: str = ""
    changed_at: datetime | None = None
    prepared: dict[object, object] = field(default_factory=dict, compare=False, repr=False)

    def note_asked(self) -> None:
        """Somebody was given it past whoever keeps it."""
        self.prepared[_ASKED] = True

    def was_asked(self) -> bool:
        """Whether that was noted since this was last looked at."""
        return self.prepared.pop(_ASKED, None) is not None

    @property
    def body(self) -> bytes:
        """The document itself, not compressed."""
        return self.codings[IDENTITY].body

    @property
    def size(self) -> int:
        """Bytes held in memory by all codings together."""
        return sum(len(coded.body) for coded in self.codings.values())


def answer(
    body: bytes, content_type: str, *, links: str = "", changed_at: datetime | None = None, lasting: bool = False
) -> Answer:
    """``body`` in every coding. The same body gives the same bytes: no clock, no file name in any of them.
    ``lasting``: made once, so that the time it takes to make it as small as can be is well spent."""
    made = {coding: _coded(coding, encoded(body, coding, lasting=lasting)) for coding in (IDENTITY, GZIP, BROTLI)}
    return Answer(content_type, made, links, changed_at)


def encoded(body: bytes, coding: str, *, lasting: bool = False) -> bytes:
    """``body`` in one of the three codings."""
    if coding == GZIP:
        return gzip.compress(body, _GZIP_MOST if lasting else _GZIP_LEVEL, mtime=0)
    if coding == BROTLI:
        quality = _BROTLI_MOST if lasting else _BROTLI_QUALITY
        return bytes(brotli.compress(body, mode=brotli.MODE_TEXT, quality=quality))
    return body


def _coded(coding: str, body: bytes) -> Coded:
    return Coded(coding, body, f'"{hashlib.sha256(body).hexdigest()[:32]}"')
