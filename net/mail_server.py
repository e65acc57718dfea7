"""Where mail goes out, as the settings say it. What speaks to it (``net.mail``) is loaded by whoever sends."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from news.errors import InvalidInput
from news.text import one_line

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_NEAR = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail goes out. ``scheme``: ``smtp`` (in clear), ``smtp+starttls`` (refused without TLS) or ``smtps``."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)


def parse_smtp_url(text: str) -> SmtpServer:
    """``smtps://user:password@host:port`` as a server. Raises InvalidInput; the sentence never holds the address, which
    may hold a password. A password is not sent in clear, except to this machine."""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        user = unquote(parts.username, errors="strict") if parts.username else None
        password = unquote(parts.password, errors="strict") if parts.password else None
    except ValueError as error:
        raise InvalidInput("settings.smtp") from error
    if parts.scheme not in _PORTS or not host or not host.isascii() or port == 0 or one_line(host) != host:
        raise InvalidInput("settings.smtp")
    if parts.path.strip("/") or parts.query or parts.fragment or (user is None) != (password is None):
        raise InvalidInput("settings.smtp")
    if password and parts.scheme == "smtp" and host not in _NEAR:
        raise InvalidInput("settings.smtp.clear")
    return SmtpServer(parts.scheme, host, port or _PORTS[parts.scheme], user, password)
