"""What the address of a block asks for after its ``?``: ``limit``, ``layout``, ``heading``, and the page's colours.

Parameters nobody knows are ignored; those of the block are taken as they are written or refused with one sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlencode

from desk.publishing.block import FEWEST, MOST, USUAL
from news.errors import InvalidInput
from news.text import one_line

LAYOUTS = ("list", "cards", "headlines")
COLOURS = ("ink", "paper", "accent")
HEEDED = ("limit", "layout", "heading", *COLOURS)
HEADINGS = range(2, 7)
USUAL_HEADING = 3
_LIMIT = re.compile(r"[0-9]{1,2}", re.ASCII)
_HEADING = re.compile(r"[2-6]", re.ASCII)
_COLOUR = re.compile(r"#?([0-9a-f]{6})", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """``limit``: items at most. ``layout``: of ``LAYOUTS``. ``heading``: the level of the items' titles in a fragment.
    ``colours``: of the page, in the order of ``COLOURS``; each ``rrggbb``, or "" for the newsroom's own."""

    limit: int = USUAL
    layout: str = LAYOUTS[0]
    heading: int = USUAL_HEADING
    colours: tuple[str, str, str] = ("", "", "")

    @property
    def query(self) -> str:
        """What is not as usual, as an address has it, in one order; "" when everything is."""
        said = {
            "limit": self.limit if self.limit != USUAL else "",
            "layout": self.layout if self.layout != LAYOUTS[0] else "",
            "heading": self.heading if self.heading != USUAL_HEADING else "",
        } | dict(zip(COLOURS, self.colours, strict=True))
        return urlencode({name: value for name, value in said.items() if value})


USUALLY = Wanted()


def wanted(query: str, heeded: Iterable[str] = HEEDED) -> Wanted:
    """What ``query`` (percent-encoded) asks for. ``heeded``: the names that are looked at. Raises InvalidInput."""
    if not query:
        return USUALLY
    given = {name: values[0] for name, values in parse_qs(query, keep_blank_values=True).items() if name in heeded}
    ink, paper, accent = (_colour(given.get(name, "")) for name in COLOURS)
    return Wanted(_limit(given.get("limit")), _layout(given.get("layout")), _heading(given.get("heading")),
                  (ink, paper, accent))  # fmt: skip


def _limit(given: str | None) -> int:
    """1 to 20; 5 when it is not said."""
    if given is None:
        return USUAL
    if not _LIMIT.fullmatch(given) or not FEWEST <= int(given) <= MOST:
        raise InvalidInput("embed.limit", given=one_line(given)[:20], fewest=FEWEST, most=MOST)
    return int(given)


def _layout(given: str | None) -> str:
    if given and given not in LAYOUTS:
        raise InvalidInput("embed.layout", given=one_line(given)[:20], known=", ".join(LAYOUTS))
    return given or LAYOUTS[0]


def _heading(given: str | None) -> int:
    if given and not _HEADING.fullmatch(given):
        raise InvalidInput("embed.heading", given=one_line(given)[:20])
    return int(given) if given else USUAL_HEADING


def _colour(given: str) -> str:
    """A colour is nothing but six digits: nobody writes other rules into the page's style."""
    found = _COLOUR.fullmatch(given)
    if given and not found:
        raise InvalidInput("embed.colour", given=one_line(given)[:20])
    return found[1].lower() if found else ""
