"""What a request of the API says: its query by the declared shapes, its body as JSON or as bytes, all of it bounded."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import NoReturn

from flask import request
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, UnsupportedMediaType

from desk.context import Desk
from news.errors import BadQuery, InvalidFields, InvalidInput
from web.api.resources import SHAPES
from web.api.routes import Route
from web.api.validation import check, typed

LARGEST_BODY = 4_000_000
_DEEPEST = 20


def query_of(route: Route) -> dict[str, object]:
    """What the query says, by the route's shapes. Raises InvalidFields for unknown names and wrong values."""
    found: dict[str, object] = {}
    wrong: dict[str, InvalidInput] = {}
    for name, texts in request.args.lists():
        shape = route.query.get(name)
        if shape is None or len(texts) > 1:
            wrong[name[:80]] = InvalidInput("api.query.unknown" if shape is None else "api.query.twice")
            continue
        try:
            value = typed(texts[0], shape)
            check(value, shape)
            found[name] = value
        except InvalidFields as error:
            wrong[name] = next(iter(error.fields.values()))
        except InvalidInput as error:
            wrong[name] = error
    if wrong:
        raise BadQuery(wrong)
    return found


def json_of(route: Route) -> Mapping[str, object]:
    """The JSON of the body, in the route's shape. Raises BadRequest, UnsupportedMediaType, RequestEntityTooLarge,
    InvalidFields. A call that takes no body reads none."""
    if route.body is None:
        return {}
    if request.mimetype != "application/json":
        raise UnsupportedMediaType
    value = _json(raw_body())
    check(value, SHAPES[route.body])
    assert isinstance(value, dict)
    return value


def raw_body(most: int = LARGEST_BODY) -> bytes:
    """The bytes of the body. Raises RequestEntityTooLarge."""
    request.max_content_length = most
    if (request.content_length or 0) > most:
        raise RequestEntityTooLarge
    return request.get_data()


def document_of(route: Route, desk: Desk) -> bytes:
    """The bytes of a body that is no JSON of ours; none where the route takes none. Raises UnsupportedMediaType,
    RequestEntityTooLarge."""
    if not route.binary:
        return b""
    if not any(fnmatchcase(request.mimetype, kind) for kind in route.binary):
        raise UnsupportedMediaType
    return raw_body(route.most(desk.settings) if route.most else LARGEST_BODY)


def _json(text: bytes) -> object:
    """RFC 8259: UTF-8, no NaN, no name twice; nested no deeper than anything we take."""
    try:
        value = json.loads(text.decode("utf-8"), parse_constant=_no_number, object_pairs_hook=_once)
        json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise BadRequest from error
    if _depth(value) > _DEEPEST:
        raise BadRequest
    return value


def _depth(value: object) -> int:
    deep, level = 0, [value]
    while level and deep <= _DEEPEST:
        deep += 1
        level = [
            inner for each in level if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]  # fmt: skip
    return deep


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """What says a name twice says two things (RFC 8259 §4), and who looked at it before us may have read the other."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)
