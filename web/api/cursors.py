"""Cursors: where a list of items goes on. Opaque to programs: the moment and the id of the last item they were given,
so that nothing is skipped or told twice when items come in between."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Sequence
from datetime import UTC, datetime

from news.errors import BadQuery, InvalidInput
from news.ids import is_id
from news.items import Item
from storage.records import Place
from web.api.routes import Asked, Shape

MOST = 100
USUAL = 50
PAGED: dict[str, Shape] = {
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": USUAL},
    "cursor": {"type": "string", "minLength": 1, "maxLength": 200},
}
_LAST_SECOND = 253402300799


def place_of(asked: Asked) -> Place | None:
    """Where the list goes on. Raises BadQuery for what we never gave."""
    given = asked.asked("cursor")
    if given is None:
        return None
    match read_cursor(given):
        case [int(at), str(item_id)] if type(at) is int and is_id(item_id) and 0 <= at <= _LAST_SECOND:
            return Place(datetime.fromtimestamp(at, UTC), item_id)
    raise BadQuery({"cursor": InvalidInput("api.cursor")})


def read_cursor(given: str) -> object:
    """What a cursor holds; None for what we never gave."""
    try:
        return json.loads(base64.urlsafe_b64decode(given.encode("ascii") + b"=="))
    except (ValueError, TypeError, binascii.Error, RecursionError):
        return None


def written_cursor(value: object) -> str:
    """A cursor that holds ``value`` (JSON)."""
    said = json.dumps(value, separators=(",", ":"))
    return base64.urlsafe_b64encode(said.encode()).decode().rstrip("=")


def limit_of(asked: Asked) -> int:
    """How many were asked for."""
    return int(str(asked.query.get("limit", USUAL)))


def cut(found: Sequence[Item], limit: int) -> tuple[Sequence[Item], str | None]:
    """The page of ``limit`` items, of which ``found`` holds one more where there are more; and the next cursor."""
    if len(found) <= limit:
        return found, None
    last = found[limit - 1]
    return found[:limit], written_cursor([int((last.published or last.created).timestamp()), last.id])
