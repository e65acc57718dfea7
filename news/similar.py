"""Whether two items announce the same: near-equal titles, or other titles over the same text.

Titles are compared as sets of the words that matter (no articles, no accents, no case), texts as sets of three words in
a row. What is formulaic in titles (a thesis defence, a yearly call) differs in names and numbers, so these weigh most:
two titles with different numbers are never one announcement.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache

from news.categories import fold

LEAST_WORDS = 3
# Twice the days within which two items are compared, and much more: a clock may have been wrong when it came.
_COMPARED_FOR = timedelta(days=30)
_BANDS = 5
_LONGEST_TEXT = 8_000
_SAME_TITLE = 0.8
_NEAR_TITLE = 0.4
_SAME_TEXT = 0.6
_NEAR_TEXT = 0.3
_LEAST_SHINGLES = 12
_WORD = re.compile(r"[^\W_]+")
_SALTS = tuple((0x9E3779B1 * (2 * number + 1)) & 0xFFFFFFFF for number in range(2 * _BANDS))
_PAIR = (1 << 56) - 1
_EMPTY = frozenset(
    _WORD.findall(
        "a an and are as at au aux avec by ce ces cette d dans de des du elle en entre est et for from has his il ils"
        " in is its l la le les leur leurs lui mais n ne nos notre of on or ou our par pas pour qu que qui s sa se ses"
        " son sont sous sur t that the their this to un une vers vos votre we was will with y you your"
    )
)


def words_of(title: str) -> frozenset[str]:
    """The words of ``title`` that matter, without accents and case; an English plural ``s`` or a French one aside."""
    found = [word for word in _WORD.findall(fold(title)) if word not in _EMPTY]
    return frozenset([word[:-1] if len(word) > 3 and word[-1] == "s" and word.isalpha() else word for word in found])


def is_comparable(at: datetime, now: datetime) -> bool:
    """Whether anything that comes from ``now`` on may be compared with an item dated ``at``: what a first look at a
    source brings is mostly older."""
    return at > now - _COMPARED_FOR


@lru_cache(maxsize=2048)
def title_keys(title: str) -> tuple[int, ...]:
    """Keys by which a title like ``title`` is found without reading all: of two titles that share four words in five
    some key is the same 98 times in 100, of unrelated ones hardly ever (min-wise hashing, five bands of two). None for
    a title that is too short to tell anything."""
    hashes = [zlib.crc32(word.encode("utf-8", "surrogatepass")) for word in words_of(title)]
    if len(hashes) < LEAST_WORDS:
        return ()
    least = [min([((one ^ salt) * salt) & 0xFFFFFFFF for one in hashes]) for salt in _SALTS]
    pairs = zip(least[::2], least[1::2], strict=True)
    return tuple(band << 56 | ((one << 24) ^ other) & _PAIR for band, (one, other) in enumerate(pairs))


def title_likeness(one: str, other: str) -> float:
    """From 0 (no word in common, or other numbers) to 1 (the same words)."""
    first, second = words_of(one), words_of(other)
    if min(len(first), len(second)) < LEAST_WORDS or _numbers(first) ^ _numbers(second):
        return 0.0
    return len(first & second) / len(first | second)


def text_likeness(one: str, other: str) -> float:
    """How much of the shorter of two plain texts stands in the other, from 0 to 1; 0 when it is too short to tell."""
    first, second = set(_shingles(one)), set(_shingles(other))
    shorter = min(len(first), len(second))
    return len(first & second) / shorter if shorter >= _LEAST_SHINGLES else 0.0


def same_announcement(title: str, text: str, other_title: str, other_text: str) -> bool:
    """Whether two items, told within days of each other in one language, are worth being put before a person as one.
    Texts are plain."""
    titles = title_likeness(title, other_title)
    if titles >= _SAME_TITLE:
        return True
    if titles < _NEAR_TITLE:
        return False
    return text_likeness(text, other_text) >= (_NEAR_TEXT if titles >= _SAME_TEXT else _SAME_TEXT)


def _numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0].isdigit())


def _shingles(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(fold(text[:_LONGEST_TEXT]))
    return zip(words, words[1:], words[2:], strict=False)
