"""A person's words as an FTS5 query (SQLite's FTS5 manual, §3): every word must be found, the last may go on."""

from __future__ import annotations

import re
import unicodedata

_WORD = re.compile(r"[\w\u0300-\u036f]+")
_MOST_WORDS = 12
_LONGEST_WORD = 60


def match(text: str) -> str:
    """``text`` for ``MATCH``: each word quoted, so that nothing in it is read as an operator.

    Without any word, a query that finds nothing.
    """
    words = [word[:_LONGEST_WORD] for word in _WORD.findall(unicodedata.normalize("NFC", text))][:_MOST_WORDS]
    words = [word for word in words if word.encode("utf-8", "ignore").decode() == word and word.strip("_")]
    if not words:
        return '""'
    quoted = [f'"{word}"' for word in words]
    return " ".join([*quoted[:-1], f"{quoted[-1]}*"])
