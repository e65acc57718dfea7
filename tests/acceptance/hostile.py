"""A server that answers as badly as it can, for a tick over all of it."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable
from contextlib import suppress

import brotli

from tests.acceptance import hostile_documents as documents
from tests.acceptance.hostile_documents import ITEM, RSS
from tests.patience import PATIENCE

Answer = Callable[[socket.socket, "Hostile"], None]
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
    server.stopping.wait(PATIENCE)


def redirect(place: str) -> Answer:
    return body(b"", f"Location: {place}", status="302 Found")


def feed_of(content: bytes) -> Answer:
    return body(content, "Content-Type: application/rss+xml")


def raw(content: bytes) -> Answer:
    return lambda peer, _: peer.sendall(content)


def heads_without_end(peer: socket.socket, server: Hostile) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\n")
    while not server.stopping.is_set():
        peer.sendall(b"X-More: and more\r\n" * 1000)


def not_yet(peer: socket.socket, server: Hostile) -> None:
    while not server.stopping.is_set():
        peer.sendall(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100)


def drip_of_heads(peer: socket.socket, server: Hostile) -> None:
    peer.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    while not server.stopping.wait(0.1):
        peer.sendall(b"x")


LAUGHS = b'<!DOCTYPE r [<!ENTITY a "ha">%s]><rss><channel><title>&l;</title></channel></rss>' % b"".join(
    b'<!ENTITY %c "&%c;&%c;&%c;&%c;">' % (letter, *[letter - 1] * 4) for letter in range(ord("b"), ord("m"))
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
    ("/notgzip", body(RSS % b"", "Content-Encoding: gzip"), ""),
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
    ("/loop-of-two", redirect("/loop-of-one"), "source.fetch.redirects"),
    ("/loop-of-one", redirect("/loop-of-two"), "source.fetch.redirects"),
    ("/nat64", redirect("http://[64:ff9b::10.0.0.1]/"), "source.fetch.refused_address"),
    ("/6to4", redirect("http://[2002:7f00:1::]/"), "source.fetch.refused_address"),
    ("/octal", redirect("http://012.0.0.1/"), "source.fetch.refused_address"),
    ("/somebody", redirect("http://user:pass@127.0.0.1/"), "source.fetch.address"),
    ("/heads", heads_without_end, "source.fetch.broken"),
    ("/hints", not_yet, "source.fetch."),
    ("/slow-heads", drip_of_heads, "source.fetch.timeout"),
    ("/nothing", raw(b""), "source.fetch.broken"),
    ("/no-http", raw(b"SSH-2.0-OpenSSH_9\r\n"), "source.fetch.broken"),
    ("/two-lengths", body(RSS % b"", "Content-Length: 5"), "source.fetch."),
    ("/negative", body(RSS % b"", length=-1), "source.fetch."),
    ("/chunk", raw(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\nx"), "source.fetch."),
    ("/cut-gzip", body(gzip.compress(RSS % b"")[:40], "Content-Encoding: gzip"), "source."),
    ("/unknown-coding", body(b"\0" * 500, "Content-Encoding: rot13"), "source.fetch.broken"),
    ("/long-tag", body(RSS % (ITEM % (b"t", b"t")), f'ETag: "{"x" * 90_000}"'), ""),
    ("/wrong-type", body(RSS % (ITEM % (b"i", b"i")), "Content-Type: image/png"), ""),
    ("/page-as-feed", body(b"<!DOCTYPE html><p>Maintenance", "Content-Type: application/rss+xml"), "source.not_a_feed"),
    ("/laughs-more", feed_of(documents.nested_entities()), ""),
    ("/blow-up", feed_of(documents.repeated_entity()), ""),
    ("/xxe", feed_of(documents.file_entity()), ""),
    ("/date", feed_of(documents.of(b"<pubDate>", b"1 " * 500_000, b"</pubDate>")), ""),
    ("/title", feed_of(documents.of(b"<title>", b"a&amp;" * 500_000, b"</title>")), ""),
    ("/opened", feed_of(b"<rss><channel>" + b"<" * 500_000), ""),
    ("/comments", feed_of(b"<rss><channel>" + b"<!--" * 200_000), ""),
    ("/cdata", feed_of(documents.of(b"<description><![CDATA[", b"<![CDATA[" * 100_000)), ""),
    ("/tags", feed_of(documents.of(b"<description>", b"&lt;b&gt;" * 200_000, b"</description>")), ""),
    ("/terms", feed_of(documents.of(b"<category>x</category>" * 100_000)), ""),
    ("/namespaces", feed_of(documents.many_namespaces()), ""),
    ("/scripts", feed_of(documents.scripts_everywhere()), ""),
    ("/atom-scripts", feed_of(documents.scripts_in_atom()), ""),
    ("/json-types", body(documents.json_of_every_kind(), "Content-Type: application/feed+json"), ""),
    ("/json-number", body(documents.long_numbers(), "Content-Type: application/feed+json"), ""),
    ("/utf16", body((RSS % b"").replace(b"1.0\"?", b"1.0\" encoding=\"utf-16\"?") + b"\xff\xfe\xd8", ""), ""),
    ("/mixed", feed_of(RSS % (ITEM % (b"\xe9t\xe9 \xc3\xa9t\xc3", b"m"))), ""),
    ("/cut-utf8", feed_of((RSS % (ITEM % (b"u", b"u"))).replace(b"Une", b"Un \xe2\x82")), ""),
    ("/utf7", body(RSS % (ITEM % (b"7", b"7")), "Content-Type: text/xml; charset=utf-7"), ""),
    ("/ebcdic", body((RSS % (ITEM % (b"8", b"8"))).decode().encode("cp500"), "Content-Type: text/xml"), ""),
    ("/future", feed_of(documents.of(b"<link>https://f.example/1</link><pubDate>1 Jan 2099 00:00 GMT</pubDate>")), ""),
    ("/thief", feed_of(RSS % (ITEM % (b"good0", b"good0")).replace(b"Une", b"Vol")), ""),
)  # fmt: skip
# The same of sources that are pages or WordPress sites: how it is read, what answers, the failure.
BAD_PAGES: tuple[tuple[str, Answer, str, str], ...] = (
    ("/deep-page", body(documents.deep_page()), "page", ""),
    ("/wide-page", body(documents.wide_page()), "page", ""),
    ("/told-page", body(documents.told_page()), "page", ""),
    ("/empty-page", body(b"<!DOCTYPE html><p>Rien"), "page", "source.no_items"),
    ("/feed-as-page", feed_of(RSS % (ITEM % (b"p", b"p"))), "page", "source.is_a_feed"),
    ("/wp", body(b"[" * 200_000), "wordpress", "source.not_wordpress"),
    ("/wp-page", body(b"<!DOCTYPE html><p>Closed"), "wordpress", "source.not_wordpress"),
)
# Hosts of their own, for what their robots.txt says.
ROBOTS: dict[str, Answer] = {
    "127.0.0.2": endless, "127.0.0.3": body(documents.rules_to_match()), "127.0.0.4": redirect("/robots.txt"),
    "127.0.0.5": silent,
}  # fmt: skip


class Hostile:
    """Bad answers at the paths of ``BAD``; a good feed everywhere else. One thread a connection."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self._bad = {path: answer for path, answer, *_ in (*BAD, *BAD_PAGES)}
        self._listener = socket.create_server(("0.0.0.0", 0), backlog=200)
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

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
            path = path.partition("?")[0].partition("/wp-json")[0]
            name = path.strip("/").encode()
            host = head.partition(b"Host: ")[2].partition(b":")[0].decode()
            good = feed_of(RSS % (ITEM % (name, name)))
            if path == "/robots.txt":
                good = ROBOTS.get(host, body(b"", status="404 Not Found"))
            self._bad.get(path, good)(peer, self)
