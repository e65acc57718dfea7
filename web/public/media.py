"""The pictures we keep, as everybody gets them: only those that something public shows, and for as long as it does.

They live in caches no longer than feeds do, so that a retracted item's picture is gone when the item is.
"""

from __future__ import annotations

from flask import Blueprint, Flask, Response, request
from werkzeug.wrappers import Response as AnyResponse

from desk.context import Desk
from desk.pictures.uploads import MediaFile, public_file
from web.answers.reply import CACHED, CROSS_ORIGIN
from web.context import current_desk

media = Blueprint("media", __name__)
# Whatever a browser takes the bytes for, nothing in them runs, loads or asks.
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Content-Disposition": "inline",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def install(app: Flask, desk: Desk) -> None:
    """The pictures of what is public."""
    app.register_blueprint(media)


@media.get("/media/<picture_id>/<name>")
def picture(picture_id: str, name: str) -> AnyResponse:
    """One rendition: 404 before something public shows it, 410 once that was taken back."""
    answer = sent(public_file(current_desk(), picture_id, name))
    answer.headers["Cache-Control"] = CACHED
    answer.headers[CROSS_ORIGIN[0]] = CROSS_ORIGIN[1]
    return answer.make_conditional(request)


def sent(file: MediaFile) -> Response:
    """``file`` as an answer that nothing but a picture can be made of, with a strong ETag."""
    answer = Response(file.body, mimetype=file.rendition.media_type, headers=_HEADERS)
    answer.set_etag(file.rendition.tag)
    return answer
