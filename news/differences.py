"""What differs between two texts, by word, for people to look at side by side."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\s+|[^\s\w]|\w+")
# Word by word costs the square of the length; longer texts are compared line by line.
_MOST_WORDS = 4_000


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of a text. ``differs``: whether the other text does not have it there."""

    text: str
    differs: bool


def side_by_side(before: str, after: str) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    """Both texts in runs that the other has too, and runs that it has not; put together they are the texts again."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    if len(old) + len(new) > _MOST_WORDS:
        old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    if len(old) + len(new) > _MOST_WORDS:
        return (Run(before, before != after),), (Run(after, before != after),)
    left: list[Run] = []
    right: list[Run] = []
    for kind, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        _add(left, "".join(old[i:j]), kind != "equal")
        _add(right, "".join(new[k:m]), kind != "equal")
    return tuple(left), tuple(right)


def _add(runs: list[Run], text: str, differs: bool) -> None:
    if text:
        runs.append(Run(text, differs))
