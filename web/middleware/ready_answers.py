"""A thin layer in front of Flask that answers feeds and blocks from ready bytes.

Feed readers and partner sites ask for the same few documents again and again; routing each of these requests through
the application would cost many times more than the answer. Whatever is not simply there (errors, moved addresses, other
methods) is left to the blueprints, which use the same functions.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask

from desk.context import Desk
from desk.publishing.ready_bytes import Answer
from net.serving.wsgi import TARGET
from news.errors import DepecheError
from web.answers.reply import Reply, reply
from web.embed import blocks as embed
from web.feeds import archives
from web.feeds import documents as feeds
from web.feeds.documents import Found
from web.middleware.answer_index import Remembered
from web.middleware.counting import Counted

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

# The header fields that an answer, or what is counted of it, depends on.
_NAMES = {
    name.lower().replace("_", "-").encode(): f"HTTP_{name}"
    for name in ("ACCEPT_ENCODING", "IF_NONE_MATCH", "IF_MODIFIED_SINCE", "USER_AGENT", "ORIGIN", "REFERER",
                 "X_FORWARDED_FOR")
}  # fmt: skip


def install(app: Flask, desk: Desk) -> None:
    """Put the layer in front of everything else ``app`` does."""
    app.extensions["ready"] = app.wsgi_app = Ready(app, app.wsgi_app, desk)  # type: ignore[method-assign]


class Ready:
    """WSGI middleware: ready bytes where there are some, ``inner`` (the application behind) for everything else.

    What was found at an address is remembered until something changes, for ``at_once``.
    """

    def __init__(self, app: Flask, inner: WSGIApplication, desk: Desk) -> None:
        self._app = app
        self.inner = inner
        self._desk = desk
        self._counted = Counted(app, desk)
        self._freshness = feeds.publisher_of(app).freshness
        self._remembered = Remembered()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer one request."""
        method = environ["REQUEST_METHOD"]
        ready = self._reply(environ, counted=method == "GET") if method in ("GET", "HEAD") else None
        if ready is None:
            return self.inner(environ, start_response)
        start_response(ready.line, list(ready.headers))
        return [] if method == "HEAD" or not ready.body else [ready.body]

    def at_once(self, target: bytes, told: Mapping[bytes, bytes], address: str, *, counted: bool) -> Reply | None:
        """See ``net.serving.ready_answers.AtOnce``: the same answer as above for an address that was asked for since
        the last change."""
        if not self._remembered.has(target):
            return None
        epoch = self._freshness.recent()
        known = self._remembered.at(target, epoch) if epoch is not None else None
        answer = known.answer() if known else None
        if known is None or answer is None:
            return None
        answer.note_asked()
        environ = {_NAMES[name]: value.decode("latin-1") for name, value in told.items() if name in _NAMES}
        made = reply(answer, environ, self._desk.now, known.policy)
        if made and counted:
            environ["REMOTE_ADDR"] = address
            self._counted.seen(known.path, known.query, environ)
        return made

    def _found(self, path: str, query: str) -> Found | None:
        if path.startswith("/feeds/"):
            return feeds.find(self._app, path) or archives.find(self._app, path)
        return embed.find(self._app, path, query)

    def _reply(self, environ: dict[str, Any], *, counted: bool) -> Reply | None:
        path, query = environ.get("PATH_INFO", ""), environ.get("QUERY_STRING", "")
        try:
            # Before anything is found: what changes meanwhile is then found out again.
            epoch = self._freshness.epoch()
            found = self._found(path, query)
        except DepecheError:
            return None
        if not found or not isinstance(found.answer, Answer):
            return None
        made = reply(found.answer, environ, self._desk.now, found.policy)
        if made and counted:
            self._counted.seen(path, query, environ)
        if TARGET in environ and found.lasting:
            self._remembered.put(environ[TARGET], epoch, found.answer, found.policy, path, query)
        return made
