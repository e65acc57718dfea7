"""Throttling: what slows those down who guess. Failures count per account and per place, in the store.

A subject is a line of text that failures are counted for. Whether an account exists changes nothing here.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from ipaddress import IPv6Address, IPv6Network

from desk.context import Desk
from news.errors import TooMany
from storage.contract import Reader

WINDOW = timedelta(minutes=15)


def place(address: str) -> str:
    """What of ``address`` one sender cannot change at will: all of it, or an IPv6 address's network (RFC 6177 §2)."""
    try:
        found = IPv6Address(address)
    except ValueError:
        return address
    return str(found.ipv4_mapped or IPv6Network((found.packed[:8] + bytes(8), 64)))


def refuse_too_many(desk: Desk, reader: Reader, subjects: Mapping[str, int]) -> None:
    """Raise TooMany (``seconds`` to wait) when one of ``subjects`` has failed as often as it may in fifteen minutes."""
    now = desk.now()
    for subject, most in subjects.items():
        tries, last = reader.failures_since(subject, now - WINDOW)
        if tries >= most and last is not None:
            seconds = max(1, int((last + WINDOW - now).total_seconds()))
            raise TooMany("signin.too_many", seconds=seconds, minutes=-(-seconds // 60))
