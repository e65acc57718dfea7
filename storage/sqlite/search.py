"""The search index, and a person's words as an FTS5 query (SQLite's FTS5 manual, §3): every word must be found, the
last may go on."""

from __future__ import annotations

import re
import unicodedata

from storage.sqlite.part import Part

_WORD = re.compile(r"[\w\u0300-\u036f]+")
_MOST_WORDS = 12
_LONGEST_WORD = 60
_INDEX = (
    "INSERT INTO item_fts (rowid, title, summary, body_text, author)"
    " SELECT key, title, summary, body_text, author FROM item WHERE key BETWEEN ? AND ? ORDER BY key"
)


class SearchWrites(Part):
    """Writing the search index: what comes, many items with one statement; triggers follow what changes or goes."""

    def make_searchable(self, first: int, last: int) -> None:
        """The items of these row keys, which were just inserted, can be found by their words."""
        self.write(_INDEX, [first, last])


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
