"""Sending mail to a real server on loopback, with and without TLS."""

import socket
import ssl

import pytest
import trustme
from hypothesis import given
from hypothesis import strategies as st

from net.mail import Mail, Mailer
from net.mail_server import SmtpServer, parse_smtp_url
from news.errors import InvalidInput, MailFailed
from tests.mailbox import mail_server
from tests.patience import PATIENCE
from tests.ports import unheard

HELLO = Mail("news@school.example", "ada@school.example", "Une « dépêche »", "Bonjour à vous,\n\nà bientôt.\n",
             "Mon, 02 Mar 2026 09:00:00 +0000", "<1@school.example>", "fr")  # fmt: skip


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def server_tls(authority) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    return context


@pytest.fixture
def trusting(authority) -> ssl.SSLContext:
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


def failure(server: SmtpServer, tls: ssl.SSLContext | None = None) -> MailFailed:
    with pytest.raises(MailFailed) as caught, Mailer(server, tls=tls, timeout=PATIENCE) as mailer:
        mailer.send(HELLO)
    return caught.value


def test_a_mail_arrives_whole():
    with mail_server() as box, Mailer(parse_smtp_url(f"smtp://127.0.0.1:{box.port}")) as mailer:
        mailer.send(HELLO)
        mailer.send(HELLO)
    first, _ = box.mails
    assert (first["From"], first["To"], first["Subject"]) == (HELLO.sender, HELLO.to, HELLO.subject)
    assert first.get_content().replace("\r\n", "\n") == HELLO.body
    assert (first["Auto-Submitted"], first["Message-ID"], first["Date"]) == (
        "auto-generated", HELLO.message_id, HELLO.date,
    )  # fmt: skip


@pytest.mark.parametrize(("scheme", "at_once"), [("smtp+starttls", False), ("smtps", True)])
def test_with_tls_the_password_goes_encrypted(scheme, at_once, server_tls, trusting):
    with mail_server(server_tls, login=True, at_once=at_once) as box:
        url = f"{scheme}://me:p%40ss@localhost:{box.port}"
        with Mailer(parse_smtp_url(url), tls=trusting) as mailer:
            mailer.send(HELLO)
        assert len(box.mails) == 1
        assert failure(parse_smtp_url(url.replace("p%40ss", "wrong")), trusting).key == "mail.failed.login"
        assert failure(parse_smtp_url(url)).key == "mail.failed.tls"


def test_where_encryption_is_asked_for_nothing_is_sent_without():
    with mail_server() as box:
        assert failure(SmtpServer("smtp+starttls", "127.0.0.1", box.port)).key == "mail.failed.tls"
        assert box.mails == []


@pytest.mark.parametrize(("said", "permanent"), [("550 who?", True), ("451 later", False)])
def test_a_refused_person_is_told_apart_from_a_server_that_fails(said, permanent):
    with mail_server() as box, Mailer(SmtpServer("smtp", "127.0.0.1", box.port)) as mailer:
        box.answer = said
        with pytest.raises(MailFailed) as caught:
            mailer.send(HELLO)
        assert (caught.value.key, caught.value.message_args["permanent"]) == ("mail.failed.refused", permanent)
        box.answer = "250 OK"
        mailer.send(HELLO)
        assert len(box.mails) == 1


def test_nobody_there_and_somebody_silent_are_failures_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        with pytest.raises(MailFailed), Mailer(SmtpServer("smtp", "127.0.0.1", port), timeout=0.2):
            pass
    with unheard() as port:
        assert failure(SmtpServer("smtp", "127.0.0.1", port)).key == "mail.failed.unreachable"


def test_a_subject_cannot_smuggle_a_header():
    with mail_server() as box, Mailer(SmtpServer("smtp", "127.0.0.1", box.port)) as mailer:
        mailer.send(Mail("a@b.example", "c@d.example", "Hi\r\nBcc: x@evil.example", "b", HELLO.date, "<2@b>", "en"))
    assert box.mails[0]["Subject"] == "Hi Bcc: x@evil.example"
    assert box.mails[0]["Bcc"] is None


def test_a_failure_never_says_the_password():
    server = parse_smtp_url("smtps://me:hush@mail.example")
    assert "hush" not in repr(server)
    assert "hush" not in str(failure(SmtpServer("smtp", "127.0.0.1", 1, "me", "hush")))


@given(st.text(max_size=60) | st.builds("smtps://{}:{}@{}:{}".format, *[st.text(max_size=8)] * 4))
def test_no_address_does_anything_but_be_taken_or_refused(text):
    try:
        assert parse_smtp_url(text).port > 0
    except InvalidInput as refused:
        assert refused.key.startswith("settings.smtp")
        assert refused.message_args == {}
