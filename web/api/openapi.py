"""The OpenAPI 3.1 document, written from the declarations of the calls and from the shapes alone."""

from __future__ import annotations

from collections.abc import Iterable

from web.api.resources import SHAPES
from web.api.routes import BASE, Route, Shape
from web.api.schema import TEXT, of

_JSON, _PROBLEM = "application/json", "application/problem+json"
_HELD: dict[str, Shape] = {
    "ETag": {"schema": TEXT, "description": "What If-Match and If-None-Match take."},
    "Link": {"schema": TEXT, "description": "rel=next leads to the next page."},
    "Location": {"schema": TEXT},
}


def document(routes: Iterable[Route], title: str, base_url: str) -> dict[str, object]:
    """The description of ``routes`` as JSON values."""
    paths: dict[str, dict[str, object]] = {}
    for route in routes:
        paths.setdefault(BASE + route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": f"{title}: API", "version": "1", "license": {"name": "MIT", "identifier": "MIT"}},
        "servers": [{"url": base_url}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": dict(SHAPES),
        },
    }


def _operation(route: Route) -> dict[str, object]:
    said: dict[str, object] = {
        "operationId": route.name, "summary": route.summary, "tags": [route.tag], "parameters": _parameters(route),
        "responses": _responses(route),
    }  # fmt: skip
    if route.body:
        said["requestBody"] = {"required": True, "content": {_JSON: {"schema": of(route.body)}}}
    if route.binary:
        said["requestBody"] = {"required": True, "content": {kind: {"schema": {}} for kind in route.binary}}
    if route.action is None:
        said["security"] = []
    else:
        said["description"] = f"For roles that may: {route.action.value}."
    return said


def _parameters(route: Route) -> list[Shape]:
    found: list[Shape] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in route.variables
    ]
    found += [{"name": name, "in": "query", "schema": shape} for name, shape in route.query.items()]
    if route.current:
        found.append({"name": "If-Match", "in": "header", "required": route.guarded, "schema": TEXT})
    if route.method == "POST" and route.writes:
        key = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"}
        found.append({"name": "Idempotency-Key", "in": "header", "schema": key})
    return found


def _responses(route: Route) -> dict[str, object]:
    done: dict[str, object] = {"description": "Done."}
    if route.answer:
        done["content"] = {_JSON: {"schema": of(route.answer)}}
        named = (["ETag"] if not route.answer.endswith("List") else []) + (["Link"] if route.paged else [])
        named += ["Location"] if route.makes else []
        done["headers"] = {name: _HELD[name] for name in named}
    found: dict[str, object] = {str(route.status): done}
    if route.method == "GET" and route.action is not None:
        found["304"] = {"description": "What you have is the latest."}
    return found | {str(status): _problem() for status in _failures(route)}


def _failures(route: Route) -> list[int]:
    found = {500, 503}
    if route.action is not None:
        found |= {400, 401, 403, 429}
    if route.variables:
        found |= {404, 410}
    if route.query:
        found |= {404, 410, 422}
    if route.writes:
        found |= {404, 409, 410, 422}
    if route.body or route.binary:
        found |= {413, 415, 422}
    if route.current:
        found |= {412} | ({428} if route.guarded else set())
    if route.fetches:
        found.add(502)
    return sorted(found)


def _problem() -> dict[str, object]:
    return {"description": "What is wrong.", "content": {_PROBLEM: {"schema": of("Problem")}}}
