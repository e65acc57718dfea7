"""A small real mail server on loopback for tests: it keeps what it is sent, and can be told to refuse."""

import re
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.patience import PATIENCE

LINK = re.compile(r"https?://\S+")


class Mailbox:
    """What arrived, in order. ``answer``: what the server says to a recipient."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.answer = "250 OK"
        self.port = 0

    async def handle_RCPT(self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _o: list) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        assert isinstance(message, EmailMessage)
        self.mails.append(message)
        return "250 OK"

    def text(self) -> str:
        """The words of the last mail."""
        return self.mails[-1].get_content()

    def link(self) -> str:
        """The first address in the last mail."""
        found = LINK.search(self.text())
        assert found
        return found[0]


class AnyPort(Controller):
    """A server on a port that the system chooses."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]
        socket.create_connection((self.hostname, self.port), PATIENCE).close()


def _allow(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: LoginPassword) -> AuthResult:
    return AuthResult(success=given == LoginPassword(b"me", b"p@ss"), handled=False)


@contextmanager
def mail_server(tls: ssl.SSLContext | None = None, *, login: bool = False, at_once: bool = False) -> Iterator[Mailbox]:
    """A server that speaks TLS with ``tls``: after STARTTLS, or ``at_once``; with ``login`` only to me:p@ss."""
    box = Mailbox()
    # Behind TLS from the first byte, aiosmtpd does not know that there is any.
    said = {"authenticator": _allow, "auth_required": not at_once, "auth_require_tls": not at_once} if login else {}
    if tls and not at_once:
        said |= {"tls_context": tls, "require_starttls": True}
    controller = AnyPort(box, "127.0.0.1", 0, ssl_context=tls if at_once else None, ready_timeout=PATIENCE, **said)
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()
