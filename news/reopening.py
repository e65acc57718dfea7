"""How much more than it is a parser can make of markup, told from its tags before anything is parsed.

A formatting tag that is left open is opened again in every block that follows (HTML Standard §13.2.4.3), and an end tag
may take some that were opened after it along: so each tag can make, at most, all that is open at it once more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

REOPENED = {"a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"}
SIMPLE_TAG = r"""</?([a-zA-Z][a-zA-Z0-9]*)(?:\s+[\w:-]+(?:\s*=\s*(?:"[^"<>]*"|'[^'<>]*'|[^\s"'<>=`]+))?)*\s*/?>"""
# In characters: ten million of them take a parser some hundred megabytes for a moment.
MOST_AT_ONCE = 10_000_000
# What an element costs a parser beyond what is written of it.
_EACH = 20
_SIMPLE = re.compile(SIMPLE_TAG, re.ASCII)
# A tag goes on to its first ">" at least; one that has none is not read at all.
_ANY = re.compile(r"</?([a-zA-Z][^\s/>]*)[^>]*")
# An end tag ends what it names, also across some blocks, but not across eight of them (§13.2.6.4.7, the adoption
# agency), nor out of a cell (§13.2.4.2, scopes); and in others (a script) it is no tag at all.
_MOST_BLOCKS = 6
_COMMENT = re.compile(r"<!-- [^<>-]*(?:-[^<>-]+)*-->")
_WALLS = {"caption", "table", "td", "th"}
_TRANSPARENT = REOPENED | {
    "abbr", "br", "cite", "del", "dfn", "img", "ins", "kbd", "mark", "q", "samp", "span", "sub", "sup", "time", "var",
}  # fmt: skip
_BLOCKS = {
    "article", "aside", "blockquote", "center", "dd", "div", "dl", "dt", "figcaption", "figure", "footer",
    "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "tbody",
    "tfoot", "thead", "tr", "ul",
}  # fmt: skip


def ends_to_look_at(markup: str, longer: int = 0) -> Iterator[int]:
    """Where to end longer and longer beginnings of ``markup``, so that a parser can make at most ``MOST_AT_ONCE``
    characters more of each than of the one before, and of the whole than of the last; none where it can make no more
    of the whole. ``longer``: characters by which each link may become longer."""
    made, open_ = 0, _Open(_is_plain(markup), longer)
    for found in (_SIMPLE if open_.plain else _ANY).finditer(markup):
        open_.take(found[0], found[1].lower())
        made += open_.length + _EACH
        if made > MOST_AT_ONCE:
            yield found.end()
            made = 0


def _is_plain(markup: str) -> bool:
    """Whether every tag of ``markup`` is what it looks like."""
    names = [name.lower() for name in _SIMPLE.findall(markup)]
    written = markup.count("<") - len(_COMMENT.findall(markup))
    return len(names) == written and set(names) <= _TRANSPARENT | _BLOCKS | _WALLS


class _Open:
    """At least what is open after the tags it was told. ``length``: in characters; ``plain``: whether end tags may be
    believed."""

    def __init__(self, plain: bool, longer: int) -> None:
        self.plain = plain
        self.length = 0
        self._longer = longer
        self._blocks = 0
        # By name, innermost last: how long it is, and how many blocks there were before it.
        self._here: dict[str, list[tuple[int, int]]] = {}

    def take(self, tag: str, name: str) -> None:
        """The next tag."""
        if tag.startswith("</"):
            self._end(name)
        elif name in REOPENED:
            length = len(tag) + _EACH + (self._longer if name == "a" else 0)
            self._here.setdefault(name, []).append((length, self._blocks))
            self.length += length
        elif name in _WALLS:
            self._here.clear()
        elif name not in _TRANSPARENT:
            self._blocks += 1

    def _end(self, name: str) -> None:
        opened = self._here.get(name)
        if self.plain and opened and self._blocks - opened[-1][1] <= _MOST_BLOCKS:
            self.length -= opened.pop()[0]
