"""What the API says of itself, to everybody: the OpenAPI document, and what its problems are called."""

from __future__ import annotations

from http import HTTPStatus

from web.api.openapi import document
from web.api.routes import BASE, ROUTES, Answer, Asked, call

_PROBLEMS = (400, 401, 403, 404, 405, 409, 410, 412, 413, 415, 422, 428, 429, 500, 502, 503)


@call("GET", "/openapi.json", None, "api", "This document", answer="OpenApi")
def openapi(asked: Asked) -> Answer:
    """The OpenAPI document."""
    return Answer(document(ROUTES, asked.desk.settings.title, asked.desk.settings.base_url))


@call("GET", "/problems", None, "api", "What problems are called", answer="Problems")
def problems(asked: Asked) -> Answer:
    """The types of problem documents (RFC 9457 §3.1.1)."""
    base = f"{asked.desk.settings.base_url}{BASE}/problems"
    return Answer([{"status": n, "title": HTTPStatus(n).phrase, "type": f"{base}#{n}"} for n in _PROBLEMS])
