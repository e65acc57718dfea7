"""What a named feed shows, chosen by boxes: the selection as its address writes it need not be known."""

from __future__ import annotations

from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from news.errors import InvalidInput
from news.selections import LANGUAGES, PREFERENCES, parse, tongue_of

TONGUES = ("", *LANGUAGES, *PREFERENCES)
# The form has the boxes: none of them ticked is all news, and not a selection that was forgotten.
_BY_BOXES = "boxes"


@dataclass(frozen=True, slots=True)
class Chosen:
    """The boxes as they are ticked: slugs ``within`` and ``without``, whether an item has to be in ``both`` (all) of
    them, and the language, as addresses end. ``written``: the selection that was typed instead, or ""."""

    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    both: bool = False
    tongue: str = ""
    written: str = ""

    @property
    def selection(self) -> str:
        """As an address writes it, to be looked at as if it had been typed."""
        named = ("+" if self.both else ",").join(self.within) or "all"
        without = "".join(f"!{slug}" for slug in self.without if slug not in self.within)
        return self.written or named + without + (f".{self.tongue}" if self.tongue else "")


def sent(form: MultiDict[str, str]) -> Chosen:
    """What a form says; of one that has no boxes only what is written."""
    written = form.get("selection", "").strip()
    if _BY_BOXES not in form:
        return Chosen(written=written)
    within, without = dict.fromkeys(form.getlist("in")), dict.fromkeys(form.getlist("not"))
    return Chosen(tuple(within), tuple(without), form.get("how") == "both", form.get("language", ""), written)


def asked(form: MultiDict[str, str]) -> bool:
    """Whether a form chooses anything at all."""
    return _BY_BOXES in form or bool(form.get("selection", "").strip())


def stored(selection: str) -> Chosen:
    """The boxes that say ``selection``; none of them where it cannot be read any more."""
    try:
        words = parse(selection)
    except InvalidInput:
        return Chosen()
    return Chosen(words.members, words.excluded, words.sign == "+", tongue_of(words.language, words.prefer))
