"""robots.txt (RFC 9309): whether its rules let us fetch an address."""

from __future__ import annotations

from protego import Protego

from news.errors import NotUnderstood

MOST_BYTES = 500 * 1024
# RFC 9309 §2.5 bounds the file; these bound what one line of it may cost.
_LONGEST_LINE = 2_000
_MOST_LINES = 20_000


def may_fetch(rules: bytes, url: str, token: str) -> bool:
    """Whether ``rules`` (the file, at most ``MOST_BYTES`` of it) let the crawler ``token`` fetch ``url``.

    Raises NotUnderstood when they are not rules at all.
    """
    lines = rules[:MOST_BYTES].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").splitlines()[:_MOST_LINES]
    text = "\n".join(line for line in lines if len(line) <= _LONGEST_LINE)
    try:
        return bool(Protego.parse(text).can_fetch(url, token))
    except ValueError as error:
        raise NotUnderstood("source.robots.unreadable") from error
