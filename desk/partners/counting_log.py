"""Counting what another web server answered from exported files, by its access log.

The log is read as it comes and nothing of it is kept but what ``counting`` keeps of requests. Where it was read up to
is remembered with what was counted, in one transaction, so that a log read twice counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import BinaryIO

from desk.context import Desk
from desk.partners.counting import LONGEST, MOST_KEPT, DocumentOf, Seen, batch_of
from news.access_log import LONGEST_LINE, Hit, hit_in
from news.errors import InvalidInput

_MARK = "log counted: "
LONGEST_NAME = 60
# A server's clock may be ahead of ours a little; a line from next year would silence all before it.
_AHEAD = timedelta(hours=1)


@dataclass(slots=True)
class LogReport:
    """How many lines were ``counted``; were counted ``before``, or are older than what is kept; and were ``passed``
    over: of other things than feeds and blocks, or not to be understood."""

    counted: int = 0
    before: int = 0
    passed: int = 0


def lines_of(log: BinaryIO) -> Iterator[str]:
    """The lines of ``log``, of any length: one that is longer than a hit can be is given as an empty one, and takes no
    more memory for it."""
    while chunk := log.readline(LONGEST_LINE):
        whole = chunk.endswith(b"\n") or len(chunk) < LONGEST_LINE
        yield chunk.decode("utf-8", "replace") if whole else ""
        while len(chunk) == LONGEST_LINE and not chunk.endswith(b"\n"):
            chunk = log.readline(LONGEST_LINE)


def count_log(desk: Desk, lines: Iterable[str], document_of: DocumentOf, name: str = "") -> LogReport:
    """Count the feeds and blocks in ``lines`` of a log. ``name``: which log it is, where there are several that are not
    one after another. Raises InvalidInput when nothing is to be counted, StoreFailed; what was counted until then stays
    counted."""
    mark = _MARK + name[:LONGEST_NAME]
    if not desk.settings.statistics_days:
        raise InvalidInput("partner.log.off")
    with desk.storage.read() as reader:
        last = reader.mark(mark)
    zone, now = desk.settings.timezone, desk.now()
    first = now.astimezone(zone).date() - timedelta(days=desk.settings.statistics_days - 1)
    report, kept = LogReport(), _Kept(desk, document_of, mark)
    for line in lines:
        hit = hit_in(line)
        if hit is None or hit.at > now + _AHEAD or document_of(hit.path) is None:
            report.passed += 1
        elif (last and hit.at <= last) or hit.at.astimezone(zone).date() < first:
            report.before += 1
        else:
            kept.add(hit, hit.at.astimezone(zone).date())
            report.counted += 1
    kept.write()
    return report


class _Kept:
    """Lines of one day that were read and not written yet; never more different ones than a web process keeps."""

    def __init__(self, desk: Desk, document_of: DocumentOf, mark: str) -> None:
        self._desk = desk
        self._document_of = document_of
        self._mark = mark
        self._day: date | None = None
        self._latest: datetime | None = None
        self._seen: dict[Seen, int] = {}

    def add(self, hit: Hit, day: date) -> None:
        if day != self._day or len(self._seen) >= MOST_KEPT:
            self.write()
        said = (hit.path, hit.query, hit.agent, hit.requester, "", hit.referrer)
        path, query, agent, requester, origin, referrer = (each[:LONGEST] for each in said)
        seen = path, query, agent, requester, origin, referrer
        self._day = day
        self._latest = max(hit.at, self._latest or hit.at)
        self._seen[seen] = self._seen.get(seen, 0) + 1

    def write(self) -> None:
        if self._day is None or self._latest is None or not self._seen:
            return
        with self._desk.storage.transaction() as tx:
            keys = {partner.key: partner.id for partner in tx.partners()}
            batch = batch_of(self._desk.settings.base_url, self._seen, keys, self._day, self._document_of)
            tx.put_audience(batch, self._day, self._latest)
            tx.put_mark(self._mark, self._latest)
        self._seen = {}
