"""Character references that no XML may have (XML 1.0 §4.1, "Legal Character"). One would lose the whole document:
programs that count in UTF-16 write an emoji as two halves, others pass control characters on."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ONE = re.compile(r"&(?:amp;)?#(?:([0-9]+)|[xX]([0-9a-fA-F]+));")
_SEVERAL = re.compile(r"(?:&(?:amp;)?#(?:[0-9]+|[xX][0-9a-fA-F]+);)+")
# Below 32, a half, or a large number, which may be none.
_SUSPECT = re.compile(
    r"&(?:amp;)?#(?:0*(?:[0-9]|[12][0-9]|3[01])|[0-9]{5,}|"
    r"[xX]0*(?:[01]?[0-9a-fA-F]|[dD][89a-fA-F][0-9a-fA-F]{2}|[fF]{3}[eEfF]|[0-9a-fA-F]{5,}));"
)
_LONGEST_NUMBER = 7


def legal_references(text: str) -> str:
    """``text`` (XML) with halves of a sign put together, and without references to what is no character. Also where
    they are escaped once more, in HTML."""
    return _SEVERAL.sub(lambda found: "".join(_legal(found[0])), text) if _SUSPECT.search(text) else text


def _legal(written: str) -> Iterator[str]:
    half = 0
    for found in _ONE.finditer(written):
        number = _number(found[1], found[2])
        if half and 0xDC00 <= number < 0xE000:
            yield chr(0x10000 + (half - 0xD800) * 0x400 + number - 0xDC00)
        elif _is_character(number):
            yield found[0]
        half = number if 0xD800 <= number < 0xDC00 else 0


def _number(decimal: str | None, hexadecimal: str | None) -> int:
    digits = (decimal or hexadecimal or "").lstrip("0")
    return int(digits or "0", 10 if decimal else 16) if len(digits) <= _LONGEST_NUMBER else -1


def _is_character(number: int) -> bool:
    """XML 1.0 §2.2, production [2] Char."""
    whole = 0x20 <= number < 0xD800 or 0xE000 <= number < 0xFFFE or 0x10000 <= number < 0x110000
    return whole or number in (0x9, 0xA, 0xD)
