"""Plain text that every format can carry."""

from __future__ import annotations

import re

# XML 1.0 (Fifth Edition) §2.2, production [2] Char: everything else may not stand in a document, escaped or not.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Unicode Standard Annex #9 §2: embeddings, overrides and isolates.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


def xml_safe(text: str) -> str:
    """``text`` without the characters XML 1.0 forbids (control characters, lone surrogates, U+FFFE, U+FFFF)."""
    # Printable as Python has it leaves out all of those, and is told at a glance.
    return text if text.isprintable() else _NOT_XML.sub("", text)


def unturned(text: str) -> str:
    """``text`` without the marks that turn around what stands behind them, be it somebody else's. In plain text a
    language that is read from the right needs none: its letters say so."""
    return text if text.isprintable() else _TURNING.sub("", text)


def one_line(text: str) -> str:
    """``text`` XML-safe, on one line, trimmed. No-break spaces stay: they are typography."""
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _BLANKS.sub(" ", xml_safe(text)).strip()


def paragraphs(text: str) -> str:
    """``text`` XML-safe with single line ends, trimmed; blank lines still part paragraphs."""
    lines = [
        _BLANKS.sub(" ", line).strip() for line in xml_safe(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    ]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
