"""A server that answers as badly as it can, for a tick over all of it."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli

Answer = Callable[[socket.socket, "Hostile"], None]
ITEM = b"<item><title>Une</title><guid>%s</guid><link>https://p.example/%s</link></item>"
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>%s</channel></rss>'
ZEROS = b"<rss>" + b" " * 60_000_000


def body(content: bytes, *fields: str, status: str = "200 OK", length: int | None = None) -> Answer:
    said = [f"HTTP/1.1 {status}", *fields, f"Content-Length: {len(content) if length is None else length}"]
    head = "\r\n".join([*said, "Connection: close", "", ""]).encode()
    return lambda peer, _: peer.sendall(head + content)


def endless(peer: socket.socket, server: Hostile) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>")
    while not server.stopping.is_set():
        peer.sendall(b"<item/>" * 10_000)


def drip(peer: socket.socket, server: Hostile) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
    while not server.stopping.wait(0.1):
        peer.sendall(b" ")


def silent(peer: socket.socket, server: Hostile) -> None:
    server.stopping.wait(30)


def redirect(place: str) -> Answer:
    return body(b"", f"Location: {place}", status="302 Found")


def feed_of(content: bytes) -> Answer:
    return body(content, "Content-Type: application/rss+xml")


LAUGHS = b'<!DOCTYPE r [<!ENTITY a "ha">%s]><rss><channel><title>&l;</title></channel></rss>' % b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (letter, *[letter - 1] * 4) for letter in range(ord("b"), ord("m"))
)
SCRIPTS = (
    b"<item><title>&lt;script&gt;x&lt;/script&gt;</title><link>javascript:x</link><guid>s</guid>"
    b"<description>&lt;script&gt;alert(1)&lt;/script&gt;</description></item>"
)
# Path, what answers there, and by what the failure is known (a beginning of its key); "" when it may also be read.
BAD: tuple[tuple[str, Answer, str], ...] = (
    ("/gzip", body(gzip.compress(ZEROS, 9), "Content-Encoding: gzip"), "source.fetch.too_big"),
    ("/deflate", body(zlib.compress(ZEROS, 9), "Content-Encoding: deflate"), "source.fetch.too_big"),
    ("/br", body(brotli.compress(ZEROS, quality=1), "Content-Encoding: br"), "source.fetch.too_big"),
    ("/gzips", body(gzip.compress(gzip.compress(ZEROS)), "Content-Encoding: gzip, gzip"), "source.fetch.too_big"),
    ("/huge", body(b"x" * 100_000_000), "source.fetch.too_big"),
    ("/endless", endless, "source.fetch.too_big"),
    ("/drip", drip, "source.fetch.timeout"),
    ("/silent", silent, "source.fetch.timeout"),
    ("/loop", redirect("/loop"), "source.fetch.redirects"),
    ("/metadata", redirect("http://169.254.169.254/latest/meta-data/"), "source.fetch.refused_address"),
    ("/decimal", redirect("http://2852039166/"), "source.fetch.refused_address"),
    ("/mapped", redirect("http://[::ffff:10.0.0.1]/"), "source.fetch.refused_address"),
    ("/file", redirect("file:///etc/passwd"), "source.fetch.address"),
    ("/short", body(RSS % b"", length=10_000), "source.fetch.broken"),
    ("/notgzip", body(RSS % b"", "Content-Encoding: gzip"), "source.fetch.broken"),
    ("/gone", body(b"", status="410 Gone"), "source.gone"),
    ("/busy", body(b"", "Retry-After: 60", status="503 Busy"), "source.fetch.status"),
    ("/empty", body(b""), "source.empty_body"),
    ("/picture", body(b"\x89PNG\r\n\x1a\n" + b"\0" * 5000, "Content-Type: image/png"), "source.not_a_feed"),
    ("/laughs", feed_of(LAUGHS), ""),
    ("/deep", feed_of(b"<rss><channel>" + b"<a>" * 50_000), ""),
    ("/author", feed_of(RSS % (b"<item><author>" + b"a " * 60_000 + b"</author></item>")), ""),
    ("/json", body(b"[" * 200_000, "Content-Type: application/feed+json"), "source.not_a_feed"),
    ("/many", feed_of(RSS % b"".join(ITEM % ((b"%d" % n,) * 2) for n in range(50_000))), ""),
    ("/same", feed_of(RSS % (ITEM % (b"same", b"same") * 1000)), ""),
    ("/scripts", feed_of(RSS % SCRIPTS), ""),
)  # fmt: skip


class Hostile:
    """Bad answers at the paths of ``BAD``; a good feed everywhere else. One thread a connection."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._bad = {path: answer for path, answer, _ in BAD}
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=200)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"

    def close(self) -> None:
        self.stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        with peer, suppress(OSError):
            peer.settimeout(60)
            head = b""
            while b"\r\n\r\n" not in head and (more := peer.recv(65536)):
                head += more
            path = head.split(b" ")[1].decode() if b" " in head else "/"
            name = path.strip("/").encode()
            self._bad.get(path, feed_of(RSS % (ITEM % (name, name))))(peer, self)
