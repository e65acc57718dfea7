"""Errors as programs read them: ``application/problem+json`` (RFC 9457)."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Response, request

from news.errors import DepecheError, InvalidFields
from translations import LANGUAGES
from web.context import current_desk, words
from web.language import speak

TYPE = "application/problem+json"
_LONGEST_INSTANCE = 500


def is_api_path(path: str) -> bool:
    """Whether programs are answered at ``path``."""
    return path == "/api" or path.startswith("/api/")


def choose_language(newsroom: str) -> None:
    """Speak the language the program likes best (RFC 9110 §12.5.4); ``newsroom``: the one it gets otherwise."""
    speak(request.accept_languages.best_match(LANGUAGES) or newsroom)


def problem(status: int, detail: str, code: str = "", **more: object) -> Response:
    """The problem document: ``detail`` is a sentence in the language asked for, ``code`` what it is called for programs
    (a message key, or ``http.<status>``), ``more`` further members. No cache keeps it (RFC 9111 §5.2.2.5)."""
    code = code or f"http.{status}"
    said: dict[str, object] = {
        "type": f"{current_desk().settings.base_url}/api/v1/problems#{status}",
        "title": _title(status),
        "status": status,
        "detail": detail,
        "instance": request.path[:_LONGEST_INSTANCE],
        "code": code,
    }
    response = Response(json.dumps(said | more, ensure_ascii=True), status, content_type=TYPE)
    response.headers.update({"Cache-Control": "no-store", "Content-Language": words().language})
    response.vary.add("Accept-Language")
    return response


def fields_of(error: DepecheError) -> dict[str, object]:
    """The member ``errors`` of an error of several fields: each with JSON Pointer (RFC 6901), sentence and code."""
    if not isinstance(error, InvalidFields):
        return {}
    wrong = [
        {"pointer": "/" + name, "detail": words()(each.key, **each.message_args), "code": each.key}
        for name, each in error.fields.items()
    ]
    return {"errors": wrong}


def _title(status: int) -> str:
    key = f"api.title.{status}"
    return words()(key) if words().has(key) else HTTPStatus(status).phrase
