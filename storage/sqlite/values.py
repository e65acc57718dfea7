"""Columns and values: moments as whole seconds since 1970 (UTC), collections as JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any, overload

from news.pictures import Picture, Rendition

Row = dict[str, Any]
_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


@overload
def seconds(moment: datetime) -> int: ...
@overload
def seconds(moment: None) -> None: ...
@overload
def seconds(moment: datetime | None) -> int | None: ...
def seconds(moment: datetime | None) -> int | None:
    """A moment as a column holds it."""
    return None if moment is None else int(moment.timestamp())


@overload
def moment(value: int) -> datetime: ...
@overload
def moment(value: None) -> None: ...
@overload
def moment(value: int | None) -> datetime | None: ...
def moment(value: int | None) -> datetime | None:
    """A column's seconds as an aware UTC datetime."""
    return None if value is None else datetime.fromtimestamp(value, UTC)


def day(value: str | None) -> date | None:
    """A column's ``YYYY-MM-DD`` as a date."""
    return date.fromisoformat(value) if value else None


def as_json(value: object) -> str:
    """``value`` as the JSON a column holds: sets and tuples as sorted or plain lists."""
    if isinstance(value, (set, frozenset)):
        value = sorted(value)
    if value == []:
        return "[]"
    return _JSON.encode(value)


def marks(values: Iterable[object]) -> str:
    """As many ``?`` as there are values, for an IN list."""
    return ",".join("?" for _ in values)


def picture_of(picture_id: str, renditions: str) -> Picture:
    """A picture, its renditions as their column holds them."""
    return Picture(picture_id, tuple(Rendition(*each) for each in json.loads(renditions)))


def renditions_json(picture: Picture) -> str:
    """The renditions of a picture as their column holds them."""
    return as_json([[each.width, each.height, each.kind, each.length, each.tag] for each in picture.renditions])
