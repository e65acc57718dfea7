"""Identities: minted once, never derived from a title or an address (RFC 9562 §5.7, UUIDv7)."""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime, timedelta

_UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)
_FEEDS = uuid.UUID("9d9b5a0e-5b0b-4c8e-9a57-6f1c2f1d7a11")


def uuid7(at: datetime, sequence: int, randomness: int) -> str:
    """A UUIDv7 as 36 lower-case characters.

    ``at``: aware moment (millisecond precision is kept); ``sequence``: 0 to 4095, orders ids of one
    millisecond (RFC 9562 §6.2, method 1); ``randomness``: at least 62 random bits.
    """
    milliseconds = (at - _EPOCH) // _MILLISECOND & (1 << 48) - 1
    value = milliseconds << 80 | 0x7 << 76 | (sequence & 0xFFF) << 64 | 0b10 << 62 | randomness & (1 << 62) - 1
    digits = f"{value:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def is_id(text: str) -> bool:
    """Whether ``text`` is written as one of our ids (lower case, with hyphens)."""
    return _UUID.fullmatch(text) is not None


def urn(identity: str) -> str:
    """The IRI of an id, as feeds carry it (RFC 9562 §4)."""
    return f"urn:uuid:{identity}"


def derived(*parts: str) -> str:
    """An id that follows from other ids (a combination of categories): stable as long as they are (RFC 9562 §5.5)."""
    return str(uuid.uuid5(_FEEDS, "\n".join(parts)))
