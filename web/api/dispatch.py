"""A call from its request to its answer: language, person, role, query, body, then the handler, in one turn to write
where it writes; so that a precondition still holds when the change is made, and the kept answer is stored with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from urllib.parse import urlencode

from flask import Response, request
from werkzeug.exceptions import PreconditionFailed, PreconditionRequired

from desk.context import Desk
from desk.idempotency import answer_before, checked_key, fingerprint
from desk.unit_of_work import as_if, unit_of_work
from news.users import User, require
from storage.records import KeptAnswer
from web.answers.negotiation import names
from web.api.bearer import person
from web.api.entity_tags import body_of, has_the_latest, tag_of
from web.api.request_values import document_of, json_of, query_of, raw_body
from web.api.routes import BASE, Answer, Asked, Route
from web.context import current_desk
from web.problems import choose_language

_KEPT_HEADERS = ("ETag", "Location")


def view_of(route: Route) -> Callable[..., Response]:
    """The Flask view of a declared call."""

    def view(**path: str) -> Response:
        desk = current_desk()
        choose_language(desk.settings.language)
        if route.action is None:
            return _sent(route, route.handler(Asked(desk, _NOBODY, path, {}, {})))
        user = person(desk)
        require(user, route.action)
        query = query_of(route)
        body, raw = json_of(route), document_of(route, desk)
        return _answered(route, Asked(desk, user, path, query, body, raw, request.content_type or ""))

    return view


# Calls that are for everybody look at no person.
_NOBODY: User = None  # type: ignore[assignment]


def _answered(route: Route, asked: Asked) -> Response:
    if not route.writes:
        return _sent(route, route.handler(asked))
    key = _key(route)
    if key and (before := _told_before(asked.desk, asked, key)):
        return before
    if route.before:
        asked = route.before(asked)
    if route.tries and asked.dry:
        return _tried(route, asked)
    return _in_one_turn(route, asked, key)


def _tried(route: Route, asked: Asked) -> Response:
    """What carrying it out would answer; nothing of it stays. No tag: what it would be has none yet."""

    def act(desk: Desk) -> Answer:
        joined = replace(asked, desk=desk)
        if "If-Match" in request.headers:
            _must_be_latest(route, joined)
        return route.handler(joined)

    answer = as_if(asked.desk, act)
    assert isinstance(answer.value, Mapping)
    return _response(body_of({**answer.value, "dry_run": True}), route.status, {})


def _in_one_turn(route: Route, asked: Asked, key: str | None) -> Response:
    with unit_of_work(asked.desk) as (desk, tx):
        if key and (before := _told_before(desk, asked, key)):
            return before
        joined = replace(asked, desk=desk)
        _must_be_latest(route, joined)
        answer = route.handler(joined)
        response = _sent(route, answer)
        if key:
            said = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
            tx.put_answer(KeptAnswer(
                asked.user.id, key, _fingerprint(asked), response.status_code, said, _to_keep(answer, response),
                desk.now(),
            ))  # fmt: skip
    return response


def _to_keep(answer: Answer, response: Response) -> str:
    return body_of(answer.again).decode() if answer.again is not None else response.get_data(as_text=True)


def _must_be_latest(route: Route, asked: Asked) -> None:
    if route.current is None:
        return
    if route.guarded and "If-Match" not in request.headers:
        raise PreconditionRequired
    if has_the_latest(route.current(asked)) is False:
        raise PreconditionFailed


def _key(route: Route) -> str | None:
    given = request.headers.get("Idempotency-Key")
    return checked_key(given) if given is not None and route.method == "POST" else None


def _told_before(desk: Desk, asked: Asked, key: str) -> Response | None:
    with desk.storage.read() as reader:
        kept = answer_before(desk, reader, asked.user, key, _fingerprint(asked))
    if kept is None:
        return None
    return _response(kept.body.encode(), kept.status, {**kept.headers, "Idempotent-Replayed": "true"})


def _fingerprint(asked: Asked) -> str:
    return fingerprint(request.method, request.full_path, asked.raw or raw_body())


def _sent(route: Route, answer: Answer) -> Response:
    if answer.value is None:
        return _response(b"", 204, {})
    headers = {"ETag": f'"{tag_of(answer)}"'} if isinstance(answer.value, Mapping) else {}
    if answer.location:
        headers["Location"] = f"{current_desk().settings.base_url}{BASE}{answer.location}"
    if answer.following:
        headers["Link"] = f'<{_next_page(answer.following)}>; rel="next"'
    known = request.headers.get("If-None-Match")
    if request.method in ("GET", "HEAD") and known and "ETag" in headers and names(known, headers["ETag"]):
        return _response(b"", 304, headers)
    return _response(body_of(answer.value), route.status, headers)


def _next_page(cursor: str) -> str:
    said = {**request.args.to_dict(), "cursor": cursor}
    return f"{current_desk().settings.base_url}{request.path}?{urlencode(said)}"


def _response(body: bytes, status: int, headers: Mapping[str, str]) -> Response:
    """An answer to one person: kept by no shared cache (RFC 9111 §3.5)."""
    response = Response(body, status, content_type="application/json" if body else None)
    if not body:
        del response.headers["Content-Type"]
    response.headers.update({"Cache-Control": "private, no-cache", **headers})
    response.vary.update(("Authorization", "Accept-Language"))
    return response
