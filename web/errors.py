"""Errors as pages that help: the right status, one sentence that says what is wrong, a way on. Never a traceback."""

from __future__ import annotations

from flask import Flask, Response, current_app, render_template, request
from werkzeug.exceptions import HTTPException, InternalServerError
from werkzeug.wrappers import Response as AnyResponse

from desk.context import Desk
from desk.publishing.browse import active_categories
from news import errors
from web.answers.conditional import A_MINUTE
from web.context import current_desk, words
from web.language import message_of
from web.layout import home_in_languages
from web.problems import choose_language, fields_of, is_api_path, problem
from web.sessions import LARGEST_FORM

STATUSES: dict[type[errors.DepecheError], int] = {
    errors.NotFound: 404,
    errors.Gone: 410,
    errors.NotAllowed: 403,
    errors.Conflict: 409,
    errors.TooMany: 429,
    errors.SourceFailed: 502,
    errors.StoreFailed: 503,
    errors.InvalidInput: 400,
    errors.DepecheError: 500,
}
RETRY_STORE = 30
_WITH_SECTIONS = {400, 404, 410}
_PRIVATE = ("/staff/", "/api/")


def install(app: Flask, desk: Desk) -> None:
    """Answer every error on ``app`` with a page in the reader's language."""
    app.register_error_handler(errors.DepecheError, _newsroom_error)
    app.register_error_handler(HTTPException, _http_error)


def status_of(error: errors.DepecheError) -> int:
    """The HTTP status that says what ``error`` says (RFC 9110 §15)."""
    return next(status for kind, status in STATUSES.items() if isinstance(error, kind))


def error_page(status: int, sentence: str | None = None, successor: object = None) -> Response:
    """The page for ``status``; without a ``sentence`` of its own, with the usual one. ``successor``: the path of the
    page that goes on in its place, if there is one."""
    html = render_template(
        "errors/error.html",
        status=status,
        title=_words_for(status, "title"),
        sentence=sentence or _words_for(status, "sentence"),
        successor=successor,
        **_sections(status),
    )
    response = Response(html, status, mimetype="text/html")
    lasting = status in _WITH_SECTIONS and not request.path.startswith(_PRIVATE)
    response.headers["Cache-Control"] = A_MINUTE if lasting else "no-store"
    return response


def _newsroom_error(error: errors.DepecheError) -> Response:
    status = status_of(error)
    if is_api_path(request.path):
        response = _newsroom_problem(error, status)
    else:
        page = error.message_args.get("page") if status == 410 else None
        response = error_page(status, _sentence(error), page)
    response.headers.update(retry_after(error))
    return response


def retry_after(error: errors.DepecheError) -> dict[str, str]:
    """The header that says when to ask again, where that is known (RFC 9110 §10.2.3)."""
    if isinstance(error, errors.TooMany):
        return {"Retry-After": str(error.message_args.get("seconds", 60))}
    return {"Retry-After": str(RETRY_STORE)} if isinstance(error, errors.StoreFailed) else {}


def sentence_for(error: errors.DepecheError, status: int) -> str:
    """What is wrong, in words of this answer's language; the usual ones for ``status`` where it has none of its own."""
    return _sentence(error) or _words_for(status, "sentence")


def _http_error(error: HTTPException) -> AnyResponse:
    if error.code is None or error.response is not None:
        return error.get_response()
    status = InternalServerError.code if error.code >= 600 else error.code
    if is_api_path(request.path):
        choose_language(current_desk().settings.language)
        answer = problem(status, _words_for(status, "sentence"))
    else:
        answer = error_page(status)
    for name, value in error.get_headers():
        if name not in {"Content-Type", "Content-Length"}:
            answer.headers[name] = value
    return answer


def _newsroom_problem(error: errors.DepecheError, status: int) -> Response:
    """The error as programs read it. What a body says wrongly is 422 (RFC 9110 §15.5.21): 400 is for what is no JSON,
    and for what no address can ask."""
    choose_language(current_desk().settings.language)
    if status == 400 and not isinstance(error, errors.BadQuery):
        status = 422
    return problem(status, _sentence(error) or _words_for(status, "sentence"), error.key, **fields_of(error))


def _sentence(error: errors.DepecheError) -> str | None:
    """What is wrong, in words; where the newsroom keeps its files is for its log, not for readers."""
    if isinstance(error, errors.StoreFailed):
        current_app.logger.error("%s", error)
        return None
    return str(message_of(error)) if words().has(error.key) else None


def _words_for(status: int, part: str) -> str:
    key = f"public.error.{status}.{part}"
    # The bound of this very address, where it has one; else that of forms and of what programs send.
    most = (request.max_content_length or LARGEST_FORM) // 1_000_000
    if is_api_path(request.path) and words().has(f"api.error.{status}"):
        return words()(f"api.error.{status}", most=most)
    usual = "public.error.500" if status >= 500 else "public.error.400"
    return words()(key, most=most) if words().has(key) else words()(f"{usual}.{part}")


def _sections(status: int) -> dict[str, object]:
    """The sections to go on to, where the trouble does not come from what stores them."""
    if status not in _WITH_SECTIONS:
        return {}
    try:
        categories = active_categories(current_desk())
    except errors.StoreFailed:
        return {}
    return {"categories": categories, "current": None, "switch": home_in_languages()}
