"""Sending mail by SMTP (RFC 5321): the newsroom's only way to a mail server.

Failures are ``MailFailed("mail.failed.<what>", host=…, permanent=…)``, <what> being one of ``unreachable``, ``tls``,
``login``, ``refused`` (the server would not take this one; ``permanent`` when it said 5xx, RFC 5321 §4.2.1) and
``broken``. Neither a password nor what a mail says is ever part of one.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage
from types import TracebackType
from urllib.parse import unquote, urlsplit

from news.errors import InvalidInput, MailFailed
from news.text import one_line

TIMEOUT = 20.0
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_NEAR = ("localhost", "127.0.0.1", "::1")
_PERMANENT = 500


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail goes out. ``scheme``: ``smtp`` (in clear), ``smtp+starttls`` (refused without TLS) or ``smtps``."""

    scheme: str
    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail of plain text to one person. ``date``: as in RFC 5322 §3.3; ``message_id`` with its angle brackets."""

    sender: str
    to: str
    subject: str
    body: str
    date: str
    message_id: str
    language: str


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


class Mailer:
    """A connection to ``server``, within a ``with`` block; entering it raises MailFailed. ``tls``: whom to trust, the
    system's authorities unless given. ``timeout``: seconds a step may take."""

    def __init__(self, server: SmtpServer, *, tls: ssl.SSLContext | None = None, timeout: float = TIMEOUT) -> None:
        self._server = server
        self._tls = tls
        self._timeout = timeout
        self._connection: smtplib.SMTP | None = None

    def __enter__(self) -> Mailer:
        try:
            self._connection = self._open()
        except ssl.SSLError as error:
            raise self._failed("tls") from error
        except smtplib.SMTPAuthenticationError as error:
            raise self._failed("login") from error
        except smtplib.SMTPNotSupportedError as error:
            raise self._failed("tls" if self._server.scheme == "smtp+starttls" else "login") from error
        except smtplib.SMTPException as error:
            raise self._failed("broken") from error
        except OSError as error:
            raise self._failed("unreachable") from error
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        if self._connection:
            self._connection.close()
            self._connection = None

    def send(self, mail: Mail) -> None:
        """Hand ``mail`` over. Raises MailFailed; after ``refused`` the connection is still good for the next."""
        assert self._connection, "a mailer sends within its block"
        try:
            self._connection.send_message(_message(mail), mail.sender, [mail.to])
        except smtplib.SMTPRecipientsRefused as error:
            raise self._refused(max(code for code, _ in error.recipients.values())) from error
        except smtplib.SMTPServerDisconnected as error:
            raise self._failed("broken") from error
        except smtplib.SMTPResponseException as error:
            raise self._refused(error.smtp_code) from error
        except (smtplib.SMTPNotSupportedError, UnicodeError) as error:
            raise self._refused(_PERMANENT) from error
        except (smtplib.SMTPException, OSError) as error:
            raise self._failed("broken") from error

    def _open(self) -> smtplib.SMTP:
        server, tls = self._server, self._tls or ssl.create_default_context()
        if server.scheme == "smtps":
            made: smtplib.SMTP = smtplib.SMTP_SSL(server.host, server.port, timeout=self._timeout, context=tls)
        else:
            made = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            if server.scheme == "smtp+starttls":
                made.starttls(context=tls)
            if server.user and server.password:
                made.login(server.user, server.password)
        except BaseException:
            made.close()
            raise
        return made

    def _failed(self, what: str) -> MailFailed:
        return MailFailed(f"mail.failed.{what}", host=self._server.host, permanent=False)

    def _refused(self, code: int) -> MailFailed:
        return MailFailed("mail.failed.refused", host=self._server.host, code=code, permanent=code >= _PERMANENT)


def _message(mail: Mail) -> EmailMessage:
    """``mail`` in full. ``Auto-Submitted`` keeps holiday answers away (RFC 3834 §5)."""
    message = EmailMessage()
    message["From"] = mail.sender
    message["To"] = mail.to
    message["Subject"] = one_line(mail.subject)
    message["Date"] = mail.date
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = mail.language
    message.set_content(mail.body)
    return message
