"""Excerpts: views of an item's whole text, cut at a word. A mark of truncation is presentation, never content."""

from __future__ import annotations

import re

from news.text import one_line

BLOCK_LENGTH = 95
MARK = " [...]"
_MARK_AT_END = re.compile(r"(?:\[\s?(?:\.{3}|…|&hellip;)\s?\]|\(\s?(?:\.{3}|…)\s?\))\Z")


def without_mark(text: str) -> str:
    """``text`` without a truncation mark at its end: ``[...]``, ``[…]``, ``(...)``, ``(…)``.

    A bare ellipsis stays: it may be the author's own.
    """
    return _MARK_AT_END.sub("", text.rstrip()).rstrip()


def excerpt(text: str, length: int = BLOCK_LENGTH) -> str:
    """``text`` on one line, cut at a word at or before ``length`` characters with ``" [...]"`` after it.

    The mark stands only when something was cut; a first word longer than ``length`` is cut inside.
    """
    line = one_line(text)
    if len(line) <= length:
        return line
    kept = line[: length + 1].rsplit(" ", 1)[0] if " " in line[: length + 1] else line[:length]
    return (kept.rstrip(" ,;:\u00a0\u202f—–-") or kept) + MARK
