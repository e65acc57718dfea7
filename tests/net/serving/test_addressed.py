"""Where a request says that it goes: one host, one path, however it is written."""

import pytest

from tests.net.serving.test_connections import asked, statuses
from tests.patience import PATIENCE
from tests.web_server import everything

LAST = b"GET /ready HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"


@pytest.mark.parametrize("path", ["/ready", "/a"])
@pytest.mark.parametrize(
    "hosts", [[], ["a", "a"], ["a", "b"], ["a b"], ["a/b"], ["user@a"], ["[::1"], ["a:b"], ["a\tb"], ["é"]]
)
def test_no_host_two_hosts_and_nonsense_are_refused(served, application, shelf, path, hosts):
    lines = [f"GET {path} HTTP/1.1", *(f"Host: {host}" for host in hosts), "", ""]

    assert statuses(served.said("\r\n".join(lines).encode())) == [400]
    assert not application.asked and not shelf.asked


@pytest.mark.parametrize("host", ["", "x", "x:80", "x:", "192.0.2.1:8000", "[::1]:8000", "xn--cole-9oa.example", "a_b"])
@pytest.mark.parametrize("path", ["/ready", "/a"])
def test_a_host_of_any_right_form_is_taken(served, path, host):
    asking = f"GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"

    assert statuses(served.said(asking.encode())) == [200]


def test_of_old_no_host_was_needed_and_two_were_wrong_too(served):
    assert statuses(served.said(b"GET /a HTTP/1.0\r\n\r\n")) == [200]
    assert statuses(served.said(b"GET /a HTTP/1.0\r\nHost: a\r\nHost: a\r\n\r\n")) == [400]


@pytest.mark.parametrize(
    ("target", "path"),
    [
        ("http://evil.example", "/"),
        ("http://evil.example?b=c", "/"),
        ("http://evil.example/a", "/a"),
        ("//a/b", "//a/b"),
    ],
)
def test_an_address_in_full_is_its_path(served, target, path):
    assert f"PATH_INFO={path}\n".encode() in served.said(asked(target))


def test_options_of_the_server_as_a_whole_are_those_of_its_root(served, application):
    assert statuses(served.said(asked("*", method="OPTIONS"))) == [200]
    assert list(application.asked) == [("OPTIONS", "/")]


@pytest.mark.parametrize("target", ["*", "a", "mailto:a@b", "http:", "http://", "?a"])
def test_what_has_no_path_is_refused(served, application, target):
    assert statuses(served.said(asked(target))) == [400]
    assert not application.asked


@pytest.mark.parametrize(
    "wrong", [b"GET /b HTTP/1.1\r\n\r\n", b"\x00\x01\r\n\r\n", b"GET /b HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 40_000]
)
def test_what_is_wrong_does_not_overtake_an_answer(served, application, wrong):
    with served.connect() as connection:
        connection.sendall(asked("/slow", close=False))
        assert application.entered.wait(PATIENCE)
        connection.sendall(wrong + LAST)
        connection.settimeout(0.3)
        with pytest.raises(TimeoutError):
            connection.recv(1)
        connection.settimeout(PATIENCE)
        application.go.set()
        said = everything(connection)

    assert statuses(said) == [200] and b"PATH_INFO=/slow" in said and b"connection: close" in said


def test_our_own_failure_is_not_called_theirs(served, shelf, monkeypatch, caplog):
    def fail(*_args, **_how):
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(shelf, "at_once", fail)

    assert statuses(served.said(asked("/ready"))) == [500]
    assert "ZeroDivisionError: on purpose" in caplog.text


def test_nonsense_after_hanging_up_is_not_answered(served):
    assert statuses(served.said(asked("/ready") + b"\x00\x01\r\n\r\n")) == [200]
    assert statuses(served.said(b"\x00\r\n\r\n" + asked("/ready"))) == [400]


def test_the_words_before_http_2_are_refused(served):
    assert statuses(served.said(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) == [400]


@pytest.mark.parametrize("line", ["GET /a HTTP/2.0", "GET /a HTTP/0.9", "GET /a"])
def test_a_version_we_do_not_read_is_refused(served, application, line):
    assert statuses(served.said(f"{line}\r\nHost: x\r\n\r\n".encode())) in ([505], [400])
    assert not application.asked


def test_a_body_in_a_coding_we_do_not_read_is_refused(served, application):
    sent = asked("/a", "Transfer-Encoding: gzip, chunked", method="POST") + b"2\r\nhi\r\n0\r\n\r\n"

    assert statuses(served.said(sent)) == [501] and not application.asked


@pytest.mark.parametrize("together", [True, False])
@pytest.mark.parametrize(
    ("field", "body"),
    [("Content-Length: 5", b"hello"), ("Transfer-Encoding: chunked", b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")],
)
def test_a_body_beside_the_wish_for_another_protocol_is_read(served, application, together, field, body):
    # As the HTTP client of Java asks, of every server without TLS.
    upgrade = ("Connection: Upgrade, HTTP2-Settings", "Upgrade: h2c", "HTTP2-Settings: AAEAAEAA")
    head = asked("/a", *upgrade, field, method="POST", close=False)
    with served.connect() as connection:
        for part in [head + body + asked("/b")] if together else [head[:40], head[40:], body, asked("/b")]:
            connection.sendall(part)
        said = everything(connection)

    assert statuses(said) == [200, 200] and said.count(b"body=hello") == 1
    assert list(application.asked) == [("POST", "/a"), ("GET", "/b")]


def test_a_tunnel_is_refused_also_with_a_body(served, application):
    assert statuses(served.said(b"CONNECT x:1 HTTP/1.1\r\nHost: x:1\r\nContent-Length: 2\r\n\r\nhi")) == [400]
