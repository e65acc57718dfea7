"""A WSGI application behind the server: what it is told, and how its answers leave."""

import pytest

from net.serving.wsgi import Answering
from tests.net.serving.test_connections import asked, statuses
from tests.patience import PATIENCE, until
from tests.web_server import everything, one_answer, serving


def test_an_answer_that_is_there_is_sent_with_its_length(served, application):
    with served.connect() as connection:
        connection.sendall(asked("/a?b=c", close=False))
        status, fields, body = one_answer(connection)

    assert (status, fields["content-length"]) == (200, str(len(body)))
    assert b"QUERY_STRING=b=c\nPATH_INFO=/a\n" in body
    assert application.closed["/a"] == 1 and "server" not in fields


@pytest.mark.parametrize(
    ("sent", "read"),
    [("/%C3%A9t%C3%A9", b"/\xc3\xa9t\xc3\xa9"), ("/%2e%2F", b"/./"), ("//x", b"//x")],
)
def test_a_path_is_given_as_the_bytes_it_stands_for(served, sent, read):
    assert b"PATH_INFO=" + read + b"\n" in served.said(asked(sent))


def test_a_long_answer_leaves_in_pieces_and_is_whole(served, application):
    said = served.said(asked("/long"))

    assert b"transfer-encoding: chunked" in said and said.count(b"x") >= 200 * 8192
    assert said.endswith(b"\r\n0\r\n\r\n") and application.closed["/long"] == 1


def test_a_client_of_old_is_sent_no_pieces(served):
    said = served.said(b"GET /long HTTP/1.0\r\n\r\n")

    assert b"content-length: 1638400\r\n" in said and b"chunked" not in said and said.endswith(b"x" * 100)


def test_an_answer_is_dated_once_also_when_the_application_dates_it():
    def dating(environ, start):
        start("200 OK", [("Date", "Mon, 02 Mar 2026 09:00:00 GMT"), ("Content-Type", "text/plain")])
        return [b"dated"]

    with serving(dating) as other:
        said = other.said(asked("/a")).lower()

    assert said.count(b"\r\ndate: ") == 1 and b"02 mar 2026" not in said


def test_a_failure_is_a_500_and_the_next_is_answered(served, caplog):
    assert statuses(served.said(asked("/broken"))) == [500]
    assert statuses(served.said(asked("/a"))) == [200]
    assert "broken on purpose" in caplog.text


def test_a_field_whose_name_pretends_is_left_out(served):
    said = served.said(asked("/a", "X_Forwarded_For: 1.2.3.4", "X-Forwarded-For: 5.6.7.8", "X-Forwarded-For: 9.9.9.9"))

    assert b"HTTP_X_FORWARDED_FOR=5.6.7.8,9.9.9.9\n" in said and b"REMOTE_ADDR=127.0.0.1\n" in said


def test_cookies_sent_apart_are_one(served):
    assert b"HTTP_COOKIE=a=1; b=2\n" in served.said(asked("/a", "Cookie: a=1", "Cookie: b=2"))


def test_what_a_client_that_left_does_not_want_is_closed(served, application):
    with served.connect() as connection:
        connection.sendall(asked("/slow"))
        assert application.entered.wait(PATIENCE)
    application.go.set()

    until(lambda: application.closed["/slow"])
    assert application.closed["/slow"] == 1


def test_what_has_begun_is_finished_when_told_to_stop(served_within, application):
    served = served_within()
    with served.connect() as connection, served.connect() as idle:
        connection.sendall(asked("/slow", close=False))
        assert application.entered.wait(PATIENCE)
        served.server.should_exit = True
        assert everything(idle) == b""
        application.go.set()
        said = everything(connection)

    assert statuses(said) == [200] and b"connection: close" in said


def test_what_is_written_and_what_is_given_are_one_answer():
    def old(_environ, start):
        start("200 OK", [])(b"written, ")
        return [b"given"]

    assert Answering(old, {}, 1_000_000).begin() == b"written, given"


@pytest.mark.parametrize("together", [True, False])
def test_what_follows_a_body_is_no_header_field(served, together):
    head = asked("/a", "Transfer-Encoding: chunked", method="POST")
    rest = b"2\r\nhi\r\n0\r\nX-Forwarded-For: 9.9.9.9\r\nCookie: a=1\r\n\r\n"
    with served.connect() as connection:
        for part in [head + rest] if together else [head, rest]:
            connection.sendall(part)
        said = everything(connection)

    assert b"FORWARDED" not in said and b"COOKIE" not in said and said.endswith(b"body=hi")
