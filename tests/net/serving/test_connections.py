"""What goes over one connection: order, keeping it, hanging up, what is refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.web_server import everything, one_answer

PIECES = [
    b"GET ", b"/ready", b" HTTP/1.1\r\n", b"Host: x\r\n", b"\r\n", b"\x00", b"\xff", b": ", b"Content-Length: 3\r\n",
    b"Transfer-Encoding: chunked\r\n", b"abc", b"0\r\n\r\n", b"GET /ready HTTP/1.1\r\n\r\n", b"Upgrade: x\r\n",
]  # fmt: skip


def asked(path: str, *fields: str, method: str = "GET", close: bool = True) -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: x", *fields, *(["Connection: close"] if close else []), "", ""]
    return "\r\n".join(lines).encode("latin-1")


def statuses(said: bytes) -> list[int]:
    return [int(part[:3]) for part in said.split(b"HTTP/1.1 ")[1:]]


def test_what_is_ready_does_not_reach_the_application(served, application, shelf):
    said = served.said(asked("/ready"))

    assert said.startswith(b"HTTP/1.1 200 OK\r\ndate: ") and said.endswith(b"connection: close\r\n\r\nready")
    assert not application.asked and shelf.asked == {True: 1}


def test_a_head_sends_no_body_and_is_not_counted(served, shelf):
    said = served.said(asked("/ready", method="HEAD"))

    assert b"content-length: 5\r\n" in said and said.endswith(b"\r\n\r\n")
    assert shelf.asked == {False: 1}


@pytest.mark.parametrize(
    "unusual",
    [
        asked("/ready", method="POST"),
        asked("/ready", method="DELETE"),
        asked("/ready", "Content-Length: 2") + b"hi",
        asked("/ready", "Content-Length: 0"),
        asked("/ready", "Transfer-Encoding: chunked") + b"2\r\nhi\r\n0\r\n\r\n",
        asked("/ready", "Expect: 100-continue"),
        asked("/ready", "Upgrade: h2c"),
        asked("/ready", "Accept: a", "Accept: b"),
        asked("http://other.example/ready"),
        asked("/ready?"),
        asked("/ready#there"),
        b"GET /ready HTTP/1.0\r\n\r\n",
    ],
)
def test_whatever_is_unusual_goes_to_the_application(served, application, shelf, unusual):
    assert 200 in statuses(served.said(unusual))
    assert sum(application.asked.values()) == 1 and not shelf.asked


def test_requests_sent_together_are_answered_in_their_order(served, shelf):
    paths = ["/ready", "/a", "/ready", "/b"]
    said = served.said(b"".join(asked(path, close=path == "/b") for path in paths))

    assert statuses(said) == [200] * 4
    # What is ready waits behind what is not, and so is asked of the application too.
    ends = [b"\r\n\r\nready", b"PATH_INFO=/a\nbody=", b"PATH_INFO=/ready\nbody=", b"PATH_INFO=/b\nbody="]
    assert all(part.endswith(end) for part, end in zip(said.split(b"HTTP/1.1")[1:], ends, strict=True))
    assert shelf.asked == {True: 1}


def test_after_hanging_up_nothing_is_answered_nor_done(served, application):
    said = served.said(asked("/ready") + asked("/ready") + asked("/a", method="POST"))

    assert statuses(said) == [200] and not application.asked


def test_a_connection_is_kept_for_both_kinds_of_answers(served):
    with served.connect() as connection:
        for path in ("/ready", "/a", "/ready", "/a"):
            connection.sendall(asked(path, close=False))
            assert one_answer(connection)[0] == 200


def test_a_request_that_comes_byte_by_byte_is_the_same_request(served):
    with served.connect() as connection:
        for byte in asked("/ready", close=False):
            connection.sendall(bytes([byte]))
        assert one_answer(connection)[2] == b"ready"


def test_who_asks_much_and_takes_nothing_is_not_kept_in_memory(served, application, shelf):
    with served.connect() as connection:
        connection.sendall(asked("/ready", "X-Large: 1", close=False) * 50)
        connection.sendall(asked("/a"))
        said = everything(connection)

    assert len(statuses(said)) == 51
    # One answer was waiting to be taken: all others were left to the ordinary way, which waits for the client.
    assert sum(shelf.asked.values()) < 50 and application.asked["GET", "/ready"] > 0


@pytest.mark.parametrize(
    "nonsense",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /ready HTTP/1.1\r\nA : b\r\n\r\n",
        b"GET /ready HTTP/1.1\r\nA: b\r\n c\r\n\r\n",
        b"GET /ready HTTP/1.1\nHost: x\n\n",
        b"GET /\xc3\xa9 HTTP/1.1\r\n\r\n",
        b"CONNECT x:1 HTTP/1.1\r\n\r\n",
        b"POST /ready HTTP/1.1\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!",
        b"POST /ready HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /ready HTTP/1.1\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
        b"POST /ready HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        b"POST /ready HTTP/1.1\r\nContent-Length: +1\r\n\r\nx",
    ],
)
def test_what_two_servers_could_read_differently_is_refused(served, application, shelf, nonsense):
    said = served.said(nonsense + asked("/a"))

    assert statuses(said) == [400]
    assert not shelf.asked and not application.asked["GET", "/a"]


def test_what_follows_an_upgrade_is_no_request_of_ours(served, application):
    said = served.said(asked("/a", "Connection: upgrade", "Upgrade: h2c", close=False) + asked("/b", method="POST"))

    assert statuses(said) == [200] and list(application.asked) == [("GET", "/a")]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES), max_size=12))
def test_no_bytes_at_all_harm_the_server(served, pieces):
    with served.connect() as connection:
        connection.sendall(b"".join(pieces))
        connection.shutdown(1)
        while connection.recv(65536):
            pass
    assert served.said(asked("/ready")).endswith(b"ready")
