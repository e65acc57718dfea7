"""Sending mail by SMTP (RFC 5321): the newsroom's only way to a mail server.

Failures are ``MailFailed("mail.failed.<what>", host=…, permanent=…)``, <what> being one of ``unreachable``, ``tls``,
``login``, ``refused`` (the server would not take this one; ``permanent`` when it said 5xx, RFC 5321 §4.2.1) and
``broken``. Neither a password nor what a mail says is ever part of one.
"""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage
from types import TracebackType

from net.mail_server import SmtpServer
from news.errors import MailFailed
from news.text import one_line

TIMEOUT = 20.0
_PERMANENT = 500


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
