"""The line under a title: "Doctorat, Masters — 16/09/2024", "3 mars 2024 | par Anne Roche", "Posted on …"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sources.dates import days_in

_LONGEST = 300
_LONGEST_TERM = 80
_EDGE = ' \t\u00a0\u202f,;:.|/·•—–-()[]"«»→>'
_STRONG = re.compile(r"\s*[|·•—–;]\s*|\s+[-/]\s+|\s*,\s*")
_LEAD = re.compile(
    r"(?:publiée?|parue?|posté|mise? en ligne|actualisé|mise? à jour|posted|published|updated|date|le|on|the|du|in|"
    r"dans|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b[\s:.,]*",
    re.IGNORECASE,
)
_TIME = re.compile(r"(?:à|at)?\s*\d{1,2}\s?[h:]\s?\d{0,2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?(?=$|\W)", re.IGNORECASE)
_BY = re.compile(r"(?:par|by|auteur|author)\s*:?\s+(?P<name>\w.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Meta:
    """What such a line says. ``tidy``: the date stands apart from the rest, so it is no date in a sentence."""

    day: date
    terms: tuple[str, ...]
    author: str | None
    tidy: bool


def meta_of(text: str) -> Meta | None:
    """``text`` as such a line, or None when there is no date in it."""
    found = next(days_in(text[:_LONGEST]), None)
    if found is None:
        return None
    left, right = _bare(text[: found.start]), _bare(_TIME.sub("", text[found.end : _LONGEST], count=1))
    pieces = [piece for side in (left, right) for piece in _STRONG.split(side) if piece.strip(_EDGE)]
    apart = _apart(text[: found.start], left, -1) and _apart(text[found.end :], right, 0)
    tidy = apart and all(_is_label(piece) for piece in pieces)
    authors = [by["name"].strip(_EDGE) for piece in pieces if (by := _BY.match(piece))]
    terms = [_bare(piece) for piece in pieces if not _BY.match(piece)]
    return Meta(found.day, tuple(term for term in terms if term) if tidy else (), next(iter(authors), None), tidy)


def _bare(text: str) -> str:
    bare = text.strip(_EDGE)
    while (lead := _LEAD.match(bare)) and lead.end() > 0:
        bare = bare[lead.end() :].strip(_EDGE)
    trailing = re.search(r"(?:^|\s)(?:le|on|du|the|publié|posted|published)$", bare, re.IGNORECASE)
    return bare[: trailing.start()].strip(_EDGE) if trailing else bare


def _apart(side: str, words: str, end: int) -> bool:
    """Whether nothing but a separator, or the edge of the line, stands between the date and the ``words`` beside it."""
    if not words:
        return True
    beside = side.strip(" \t\u00a0\u202f")
    return bool(beside) and (beside[end] in "|·•—–-:;/()[]" or (end == -1 and beside[end] == ",") or _led(beside, end))


def _led(beside: str, end: int) -> bool:
    return end == -1 and re.search(r"(?:le|on|publié|posted|published)\s*:?$", beside, re.IGNORECASE) is not None


def _is_label(piece: str) -> bool:
    return len(piece) <= _LONGEST_TERM and not piece.endswith((".", "!", "?"))
