"""The past of a feed, cut into documents: where each begins and ends, and what the live feed says of it.

What happened in a feed is numbered (``storage.contract.Passage``). Document 1 is closed with number 100, document 2
with 200; what is not yet closed is a part of the next one, up to a number, and its address says up to which. So the
numbers an address stands for never change, as RFC 5005 §4 asks of archives: whoever has read one need not read it
again, since whatever happens to one of its items later is told under a new number.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from news.selections import Selection
from storage.contract import Reader
from storage.records import Passage

SIZE = 100
MOST_DEPARTURES = 50
_NAME = re.compile(r"([1-9][0-9]{0,8})(?:-([1-9][0-9]?))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a feed's past: the closed document ``number``, or its first ``filled`` numbers."""

    number: int
    filled: int = SIZE

    @property
    def name(self) -> str:
        """As addresses write it: ``3``, or ``3-47`` for the first 47 numbers of what will be document 3."""
        return str(self.number) if self.filled == SIZE else f"{self.number}-{self.filled}"

    @property
    def first(self) -> int:
        """The number it begins with."""
        return (self.number - 1) * SIZE + 1

    @property
    def last(self) -> int:
        """The number it ends with."""
        return (self.number - 1) * SIZE + self.filled


def part_named(name: str) -> Part | None:
    """The part of that name, or None when no part can have it."""
    found = _NAME.fullmatch(name)
    return Part(int(found[1]), int(found[2] or SIZE)) if found else None


def part_before(reader: Reader, selection: Selection, number: int) -> Part | None:
    """The last closed document with anything below ``number``, which is the first of another one."""
    last = reader.last_passage(selection, before=number)
    return Part(_document(last)) if last else None


def part_after(reader: Reader, selection: Selection, number: int) -> Part | None:
    """The first closed document with anything above ``number``, which is the last of another one."""
    found = _document(reader.next_passage(selection, after=number))
    return Part(found) if found and reader.last_passage(selection) >= Part(found).last else None


def live_history(
    reader: Reader, selection: Selection, shown: Collection[str]
) -> tuple[Part | None, tuple[Passage, ...]]:
    """What the live feed that shows the items ``shown`` (ids) says of its past: the document to go on with, and the
    last entries that left.

    That is the last closed document, when the feed itself tells all that happened since; or else (something came with
    an old date) what happened since.
    """
    if selection.live_only:
        return None, ()
    departures = reader.departures(selection, MOST_DEPARTURES)
    last = reader.last_passage(selection)
    first_open = last // SIZE * SIZE + 1
    told = {*shown, *(passage.item_id for passage in departures)}
    if all(passage.item_id in told for passage in reader.passages(selection, first_open, last)):
        return part_before(reader, selection, first_open), departures
    return Part(_document(last), last % SIZE), departures


def _document(number: int) -> int:
    return -(-number // SIZE)
