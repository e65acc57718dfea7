"""A request as the API takes it: who asks, in which language, with which body and query. Cookies are not looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import NoReturn

from flask import request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import BadRequest, RequestEntityTooLarge, Unauthorized, UnsupportedMediaType

from desk.accounts.audit import note_access
from desk.accounts.throttling import place, refuse_too_many
from desk.accounts.tokens import person_of_token
from desk.context import Desk
from news.errors import BadQuery, InvalidFields, InvalidInput
from news.users import User
from web.api.resources import SHAPES
from web.api.routes import Route
from web.api.shapes import check, typed

LARGEST_BODY = 4_000_000
_FAILURES_PER_ADDRESS = 30
_DEEPEST = 20


def person(desk: Desk) -> User:
    """Whom the token of this request acts for. A good token is always served; who shows bad ones is slowed.

    Raises Unauthorized (RFC 6750 §3), TooMany.
    """
    secret = shown_secret()
    shown, user = bool(secret), person_of_token(desk, secret) if secret else None
    if user is None:
        if shown:
            _count_failure(desk, request.remote_addr or "")
        _refuse("invalid_token" if shown else None)
    return user


def shown_secret() -> str:
    """The token that the request shows, or "" (RFC 6750 §2.1)."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


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


def body_of(route: Route) -> Mapping[str, object]:
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
    """RFC 8259: UTF-8, no NaN; nested no deeper than anything we take."""
    try:
        value = json.loads(text.decode("utf-8"), parse_constant=_no_number, parse_float=float)
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


def _no_number(text: str) -> NoReturn:
    raise ValueError(text)


def _count_failure(desk: Desk, address: str) -> None:
    subject = f"token {place(address)}"
    with desk.storage.read() as reader:
        refuse_too_many(desk, reader, {subject: _FAILURES_PER_ADDRESS})
    with desk.storage.transaction() as tx:
        tx.add_failure(subject, desk.now())
        note_access(tx, desk, "token refused", None, address)


def _refuse(error: str | None) -> NoReturn:
    # With a space in it the realm is sent in quotes, as RFC 9110 §11.5 asks.
    said: dict[str, str | None] = {"realm": "Depeche API"}
    if error:
        said["error"] = error
    raise Unauthorized(www_authenticate=WWWAuthenticate("bearer", said))
