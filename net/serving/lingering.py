"""Lingering close: hanging up on somebody who is still sending, but not before what they send is read, or they would
never read our answer.

A connection closed with bytes in it that nobody read is reset, and what was answered may be lost on its way
(RFC 9112 §9.6).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


class LingeringClose:
    """What an answer is written to while a body may still be arriving. ``hang_up``: called in place of closing."""

    def __init__(self, transport: Any, hang_up: Callable[[], None]) -> None:
        self.write = transport.write
        self.is_closing = transport.is_closing
        self.close = hang_up
