"""Public pages as answers: cacheable for a minute, and 304 to whoever has them already."""

from __future__ import annotations

from hashlib import sha256

from flask import Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from desk.publishing.ready_bytes import IDENTITY, encoded
from web.answers.negotiation import acceptable

A_MINUTE = "public, max-age=60"


def page(html: str) -> Response:
    """``html`` in the coding the browser likes best, with a strong ETag of its own, or 304 to whoever has it
    (RFC 9110 §13.1.2)."""
    content = html.encode()
    coding = next(iter(acceptable(request.headers.get("Accept-Encoding"))), IDENTITY)
    response = Response(encoded(content, coding), mimetype="text/html")
    response.headers["Cache-Control"] = A_MINUTE
    response.headers["Vary"] = "Accept-Encoding"
    response.set_etag(f"{sha256(content).hexdigest()[:32]}-{coding}")
    if coding != IDENTITY:
        response.headers["Content-Encoding"] = coding
    response.make_conditional(request)
    return response


def moved(address: str) -> AnyResponse:
    """301 to ``address``, for a minute in caches: a name may move again."""
    response = redirect(address, 301)
    response.headers["Cache-Control"] = A_MINUTE
    return response
