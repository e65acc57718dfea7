"""A cheap server of made-up feeds, run as a process of its own: ``python -m bench.feed_server ITEMS PORT``.

``/N.xml`` is feed N with ITEMS entries and a strong validator; a matching ``If-None-Match`` is answered 304.
"""

from __future__ import annotations

import asyncio
import functools
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from bench.loopback_server import serve

_START = datetime(2026, 1, 1, tzinfo=UTC)
_TEXT = (
    "Le laboratoire et ses partenaires présentent les résultats de leurs recherches sur le climat et l’énergie. " * 3
)


@functools.lru_cache(maxsize=2000)
def feed(number: int, items: int) -> bytes:
    """Feed ``number``."""
    entries = "".join(
        f"<item><title>Actualité {each} de la source {number}</title>"
        f"<link>https://partner{number}.example/news/{each}</link>"
        f'<guid isPermaLink="false">source-{number}-{each}</guid><category>Recherche</category>'
        f"<pubDate>{format_datetime(_START - timedelta(hours=7 * each, seconds=37 * number), usegmt=True)}</pubDate>"
        f"<description>&lt;p&gt;{_TEXT}&lt;/p&gt;</description></item>"
        for each in range(items)
    )
    head = f"<title>Source {number}</title><link>https://partner{number}.example/</link><description>d</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'.encode()


def answer(items: int, head: bytes) -> bytes:
    """The whole answer to one request, of feeds of so many ``items``."""
    path = head.split(b" ", 2)[1].decode("latin-1").strip("/").removesuffix(".xml")
    if not path.isdecimal():
        return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
    tag = f'"{path}"'.encode()
    if b"none-match: " + tag in head.lower().replace(b"if-none", b"none"):
        return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\n\r\n"
    body = feed(int(path), items)
    fields = b"Content-Type: application/rss+xml\r\nETag: " + tag + b"\r\nContent-Length: %d\r\n\r\n" % len(body)
    return b"HTTP/1.1 200 OK\r\n" + fields + body


if __name__ == "__main__":
    asyncio.run(serve(functools.partial(answer, int(sys.argv[1])), int(sys.argv[2])))
