"""The partners of ``bench.day_world`` on loopback, in a process of its own: ``python -m bench.day_server CLOCK PORT``.

The moment of the day is what stands in the file CLOCK, eight bytes, which whoever moves the clock writes. ``/N.xml`` is
partner N; ``/begin`` starts the counting, ``/told`` says what was counted: requests, bytes, and how late each item of
the day was first handed out, which measures every program in the same way.
"""

from __future__ import annotations

import asyncio
import functools
import gzip
import json
import mmap
import re
import struct
import sys
from pathlib import Path

from bench.day_world import DAY, HOUR, SOURCES, Partner, Shown, changed_at, document, partner, tag_of
from bench.loopback_server import serve

_CONDITION = re.compile(rb"^if-(none-match|modified-since): *(.*?)\r?$", re.I | re.M)


class Day:
    """What was asked and handed out."""

    def __init__(self, clock: Path) -> None:
        with clock.open("rb") as opened:
            self._clock = mmap.mmap(opened.fileno(), 8, access=mmap.ACCESS_READ)
        self._known: dict[int, dict[int, int]] = {}
        self._late: dict[tuple[int, int], int] = {}
        self.begin()

    def begin(self) -> None:
        """Count from now on."""
        self.counted = dict.fromkeys(("requests", "bytes", "not_modified", "failed", "new", "changed"), 0)
        self._late.clear()

    @property
    def now(self) -> int:
        """Seconds since the day began."""
        return int(struct.unpack("<q", self._clock[:8])[0])

    def told(self) -> dict[str, float]:
        """All counts, and the mean delay of the items of the day, in seconds: those nobody has fetched yet are late
        until its end."""
        late = [
            self._late.get((number, place), DAY - moment)
            for number in range(SOURCES)
            for place, moment in enumerate(partner(number).published)
            if 0 < moment < DAY
        ]
        return self.counted | {"items": len(late), "delay": sum(late) / len(late)}

    def answer(self, head: bytes) -> bytes:
        """The whole answer to one request."""
        path = head.split(b" ", 2)[1].decode("latin-1")
        if path in ("/begin", "/told"):
            body = json.dumps(self.told()).encode()
            if path == "/begin":
                self.begin()
            return _answer("200 OK", ["Content-Type: application/json"], body)
        name = path.rpartition("/")[2].removesuffix(".xml")
        if not name.isdecimal() or int(name) >= SOURCES:
            return _answer("404 Not Found", [])
        sent = self._feed(partner(int(name)), head, at_home=path.startswith("/moved/"))
        self.counted["requests"] += 1
        self.counted["bytes"] += len(head) + 4 + len(sent)
        return sent

    def _feed(self, there: Partner, head: bytes, *, at_home: bool) -> bytes:
        now = self.now
        if there.moved and not at_home:
            return _answer("301 Moved Permanently", [f"Location: /moved/{there.number}.xml"])
        if trouble := there.trouble(now):
            self.counted["failed"] += 1
            return _answer(trouble[0], [trouble[1]])
        shown = there.shown(now)
        fields = [there.asks[0]] if there.asks[0] else []
        tag, date = tag_of(there, shown, now), changed_at(there, shown)
        fields += [f"ETag: {tag}"] * there.validators[0] + [f"Last-Modified: {date}"] * there.validators[1]
        asked = {name.lower(): value.decode("latin-1") for name, value in _CONDITION.findall(head)}
        if _matches(there, asked, tag, date):
            self.counted["not_modified"] += 1
            return _answer("304 Not Modified", fields)
        self._handed_out(there, shown, now)
        # Whatever does not write down the moment is the same for every request until something changes.
        body = _packed(there.number, shown, now if there.stamps or there.renames else now // HOUR % 2 * HOUR)
        fields.append(f"Content-Type: application/{'atom' if there.form == 'atom' else 'rss'}+xml")
        if b"gzip" not in head:
            return _answer("200 OK", fields, gzip.decompress(body))
        return _answer("200 OK", [*fields, "Content-Encoding: gzip"], body)

    def _handed_out(self, there: Partner, shown: Shown, now: int) -> None:
        known = self._known.setdefault(there.number, {})
        for place, state in shown:
            if place not in known:
                self.counted["new"] += 1
                self._late[there.number, place] = now - there.published[place]
            elif known[place] != state:
                self.counted["changed"] += 1
            known[place] = state


@functools.lru_cache(maxsize=1000)
def _packed(number: int, shown: Shown, now: int) -> bytes:
    return gzip.compress(document(partner(number), shown, now).encode(), 2, mtime=0)


def _matches(there: Partner, asked: dict[bytes, str], tag: str, date: str) -> bool:
    """RFC 9110 §13.2.2: a tag goes before a date."""
    if there.validators[0] and b"none-match" in asked:
        return tag == asked[b"none-match"]
    return there.validators[1] and asked.get(b"modified-since") == date


def _answer(status: str, fields: list[str], body: bytes = b"") -> bytes:
    length = [] if status.startswith("304") else [f"Content-Length: {len(body)}"]
    return "\r\n".join([f"HTTP/1.1 {status}", *fields, *length, "", ""]).encode("latin-1") + body


if __name__ == "__main__":
    asyncio.run(serve(Day(Path(sys.argv[1])).answer, int(sys.argv[2])))
