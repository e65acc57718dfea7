"""Feed answers from ready bytes, beside a plain Flask view that renders the feed on each request."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from dataclasses import replace

from flask import Flask, Response, request
from werkzeug.datastructures import Headers
from werkzeug.test import EnvironBuilder
from werkzeug.wsgi import ClosingIterator

from app import create_app
from bench.figures import per_cpu_second, say
from desk.context import Desk, system_clock
from desk.publishing.feed import feed_of
from desk.selecting import resolve
from feeds.formats import FORMATS

SELECTION = "section-20"
Ask = Callable[[], object]


def measure(desk: Desk) -> None:
    """Print both, and the ratio, for each format."""
    desk = replace(desk, clock=system_clock)
    ours, plain = create_app(desk), rendering(desk)
    say(f"Feed answers, requests per CPU second (50 items, {SELECTION}, in process)")
    say(f"{'':22}{'ready bytes':>12}{'rendered':>12}{'ratio':>9}")
    for name in FORMATS:
        path = f"/feeds/{SELECTION}.{name}"
        for what, etag in (("gzip 200", False), ("304", True)):
            fast = per_cpu_second(asking(ours, path, etag=etag))
            slow = per_cpu_second(asking(plain, path, etag=etag))
            say(f"{name + ' ' + what:22}{fast:12,.0f}{slow:12,.0f}{fast / slow:8,.0f}×")


def rendering(desk: Desk) -> Flask:
    """What one writes first: a view that reads, renders, compresses and hashes for every request."""
    app = Flask("bench")

    @app.get("/feeds/<selection>.<name>")
    def feed(selection: str, name: str) -> Response:
        with desk.storage.read() as reader:
            chosen = resolve(reader, selection)
            gathered = feed_of(desk, reader, chosen, reader.feed_state(chosen))
        body = gzip.compress(FORMATS[name].write(gathered), 6, mtime=0)
        answer = Response(body, content_type=FORMATS[name].content_type)
        answer.headers["Content-Encoding"] = "gzip"
        answer.set_etag(hashlib.sha256(body).hexdigest())
        answer.make_conditional(request)
        return answer

    return app


def asking(app: Flask, path: str, *, etag: bool) -> Ask:
    """Ask ``app`` for ``path`` as a server would, with gzip; with ``etag``, for what it sent before."""
    headers = Headers({"Accept-Encoding": "gzip"})
    first = app.test_client().get(path, headers=headers)
    assert first.status_code == 200, path
    if etag:
        headers["If-None-Match"] = first.headers["ETag"]
    wanted = "304" if etag else "200"
    environ = EnvironBuilder(path, headers=headers).get_environ()

    def ask() -> None:
        # As a server asks: no test client's own work is measured.
        said: list[str] = []

        def start(status: str, _headers: object, _error: object = None) -> Callable[[bytes], object]:
            said.append(status)
            return len

        for _ in ClosingIterator(app(dict(environ), start)):
            pass
        assert said[0].startswith(wanted), said

    return ask
