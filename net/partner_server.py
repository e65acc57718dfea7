"""A little HTTP server for the made-up partners' feeds, so that a new newsroom has something to collect."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from news.errors import Conflict

Documents = Mapping[str, tuple[str, bytes]]


@contextmanager
def serving(documents: Callable[[], Documents], host: str, port: int) -> Iterator[int]:
    """Serve what ``documents()`` says at the moment of each request, path → (content type, body), until the block ends.

    ``host``: a loopback address. ``port``: 0 takes a free one; the one taken is given. Raises Conflict when it is not
    free. Answers carry an ETag, and a request that names it gets 304 (RFC 9110 §13.1.2).
    """
    handler = type("_PartnerHandler", (_Handler,), {"documents": staticmethod(documents)})
    try:
        server = _Server((host, port), handler)
    except OSError:
        raise Conflict("serve.port_taken", host=host, port=port) from None
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="partners", daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    daemon_threads = True


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    timeout = 10
    documents: Callable[[], Documents]

    def do_GET(self) -> None:
        """Answer with a feed, 304 or 404."""
        found = self.documents().get(self.path.partition("?")[0])
        if found is None:
            self._answer(404, "text/plain; charset=utf-8", b"Not found.\n")
            return
        content_type, body = found
        etag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        if etag in self.headers.get("If-None-Match", ""):
            self._answer(304, content_type, b"", etag)
        else:
            self._answer(200, content_type, body, etag)

    do_HEAD = do_GET  # noqa: N815  (the standard library asks for this name)

    def version_string(self) -> str:
        """A name without a version."""
        return "partner"

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: what was collected shows in the newsroom."""

    def _answer(self, status: int, content_type: str, body: bytes, etag: str | None = None) -> None:
        self.send_response(status)
        if etag:
            self.send_header("ETag", etag)
        if status != 304:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
