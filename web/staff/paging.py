"""Pages of a long list, by number in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar
from urllib.parse import urlencode

from flask import request

from news.errors import InvalidInput

T = TypeVar("T")
_LAST = 100_000


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of a list: ``entries``, its ``number`` (from 1), and whether more follow."""

    entries: Sequence[T]
    number: int
    has_more: bool

    @property
    def newer(self) -> str | None:
        """The address of the page before this one."""
        return _address(self.number - 1) if self.number > 1 else None

    @property
    def older(self) -> str | None:
        """The address of the page after this one."""
        return _address(self.number + 1) if self.has_more else None


def page_number() -> int:
    """The page asked for. Raises InvalidInput when it is no number of a page."""
    given = request.args.get("page", "1")
    if not (given.isascii() and given.isdigit() and len(given) < 7 and 0 < int(given) <= _LAST):
        raise InvalidInput("staff.page.malformed", given=given[:20])
    return int(given)


def cut(found: Sequence[T], number: int, per_page: int) -> Page[T]:
    """The page ``number`` of which ``found`` holds the entries and, when there are more, one too many."""
    return Page(found[:per_page], number, len(found) > per_page)


def _address(number: int) -> str:
    return f"{request.path}?{urlencode({**request.args.to_dict(), 'page': str(number)})}"
