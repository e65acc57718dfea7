"""Response heads as they come in: status lines, fields, and where redirects lead (RFC 9110 §15.4, RFC 9112 §4)."""

from __future__ import annotations

from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag

from news.links import absolute

_PERMANENT = (301, 308)
_LONGEST_WAIT = 30 * 86400


class Heads:
    """Fed line by line with every head of one fetch; keeps the last, and follows permanent redirects from ``url``.

    ``leads_to``: where the last head redirects to, or None; ``moved_to``: where unbroken permanent redirects led."""

    def __init__(self, url: str) -> None:
        self.status = 0
        self.fields: dict[str, str] = {}
        self.moved_to: str | None = None
        self.leads_to: str | None = None
        self._at: str | None = url
        self._permanent = True
        self._open = False

    def feed(self, line: bytes) -> None:
        """Take one line, with its line end; trailers of a chunked body are ignored."""
        text = line.decode("latin-1").rstrip("\r\n")
        if text.startswith("HTTP/"):
            self._begin(text)
        elif not text:
            self._end()
        elif self._open:
            self._field(text)

    def _begin(self, line: str) -> None:
        words = line.split(" ", 2)
        code = words[1] if len(words) > 1 else ""
        self.status = int(code) if code.isascii() and code.isdecimal() and len(code) == 3 else 0
        self.fields = {}
        self.leads_to = None
        self._open = True

    def _field(self, line: str) -> None:
        name, colon, value = line.partition(":")
        name, value = name.strip().lower(), value.strip(" \t")
        if colon and name:
            self.fields[name] = f"{self.fields[name]}, {value}" if name in self.fields else value

    def _end(self) -> None:
        self._open = False
        location = self.fields.get("location")
        if not 300 <= self.status < 400 or not location:
            return
        self._at = self.leads_to = absolute(location, self._at)
        self._permanent = self._permanent and self.status in _PERMANENT and self._at is not None
        if self._permanent and self._at:
            self.moved_to = urldefrag(self._at).url

    def retry_after(self) -> int | None:
        """How many seconds ``Retry-After`` asks to wait (RFC 9110 §10.2.3), at most 30 days. None when it does not say.

        A date counts from the answer's own ``Date``, so that a wrong clock on either side does no harm.
        """
        given = self.fields.get("retry-after", "")
        if given.isascii() and given.isdecimal():
            return min(int(given[:12]), _LONGEST_WAIT)
        until, sent = http_date(given), http_date(self.fields.get("date", ""))
        if until is None or sent is None:
            return None
        return max(0, min(int((until - sent).total_seconds()), _LONGEST_WAIT))


def http_date(text: str) -> datetime | None:
    """The moment an HTTP date names (RFC 9110 §5.6.7), or None."""
    try:
        moment = parsedate_to_datetime(text[:60])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment if moment.tzinfo else None
