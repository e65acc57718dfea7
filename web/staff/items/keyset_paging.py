"""A long list walked from place to place: each page's address says which item it goes on from, so that page 900 costs
what page 1 does and nothing is skipped or shown twice when something is added meanwhile."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

from flask import request

from news.errors import InvalidInput
from news.items import Item
from storage.records import Place

_PLACE = re.compile(r"(-?\d{1,12})\.([0-9a-f-]{36})", re.ASCII)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a page of a list begins: ``after`` a place, just ``before`` one, or (neither) at the start."""

    after: Place | None = None
    before: Place | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One page: its ``entries``, and the addresses of the pages beside it."""

    entries: Sequence[Item]
    newer: str | None
    older: str | None
    number: None = None


def walk() -> Walk:
    """What the address asks for. Raises InvalidInput when it names no place."""
    after, before = request.args.get("after", ""), request.args.get("before", "")
    if after and before:
        raise InvalidInput("staff.page.malformed", given=f"{after[:10]}… {before[:10]}…")
    return Walk(_place(after) if after else None, _place(before) if before else None)


def stretch(found: Sequence[Item], where: Walk, per_page: int) -> Stretch:
    """The page at ``where``, of which ``found`` holds the entries and, when there are more that way, one too many."""
    more = len(found) > per_page
    if where.before:
        entries = found[-per_page:]
        newer, older = more, True
    else:
        entries = found[:per_page]
        newer, older = where.after is not None, more
    if not entries:
        return Stretch((), _address() if where.after or where.before else None, None)
    return Stretch(
        entries,
        _address(before=_named(entries[0])) if newer else None,
        _address(after=_named(entries[-1])) if older else None,
    )


def _place(text: str) -> Place:
    found = _PLACE.fullmatch(text)
    try:
        if found:
            return Place(_EPOCH + timedelta(seconds=int(found[1])), found[2])
    except OverflowError:
        pass
    raise InvalidInput("staff.page.malformed", given=text[:40])


def _named(item: Item) -> str:
    return f"{int(((item.published or item.created) - _EPOCH).total_seconds())}.{item.id}"


def _address(**place: str) -> str:
    kept = {name: value for name, value in request.args.to_dict().items() if name not in ("after", "before", "page")}
    query = urlencode(kept | place)
    return f"{request.path}?{query}" if query else request.path
