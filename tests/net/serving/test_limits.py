"""Nobody takes more than there is, or for ever."""

import threading
from contextlib import ExitStack, suppress
from select import select

import pytest

from tests.net.serving.conftest import begun, look_on
from tests.net.serving.test_connections import asked, statuses
from tests.patience import PATIENCE, until
from tests.web_server import everything, one_answer


def test_a_body_reaches_the_application_whole(served):
    for fields, sent in (
        (("Content-Length: 5",), b"hello"),
        (("Transfer-Encoding: chunked",), b"2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n"),
    ):
        said = served.said(asked("/a", *fields, method="POST") + sent)
        assert b"CONTENT_LENGTH=5\n" in said and said.endswith(b"body=hello")


def test_who_waits_to_be_told_to_go_on_is_told(served):
    with served.connect() as connection:
        connection.sendall(asked("/a", "Content-Length: 5", "Expect: 100-continue", method="POST"))
        assert connection.recv(100).startswith(b"HTTP/1.1 100 ")
        connection.sendall(b"hello")
        assert everything(connection).endswith(b"body=hello")


def test_a_body_announced_too_big_is_refused_unread(served_within):
    said = served_within(body=16).said(asked("/a", "Content-Length: 17", "Expect: 100-continue", method="POST"))

    assert b"depeche.refused=413\nbody=" in said and b"CONTENT_LENGTH" not in said


def test_a_body_that_turns_out_too_big_is_refused(served_within):
    chunk = b"10\r\n" + b"x" * 16 + b"\r\n"
    said = served_within(body=16).said(asked("/a", "Transfer-Encoding: chunked", method="POST") + chunk * 2)

    assert b"depeche.refused=413\nbody=" in said and b"CONTENT_LENGTH" not in said


def test_what_is_left_of_a_refused_body_is_no_request(served_within, application):
    hidden = asked("/a", method="DELETE")
    served = served_within(body=16)
    with served.connect() as connection:
        connection.sendall(asked("/a", f"Content-Length: {len(hidden)}", method="POST", close=False))
        assert b"depeche.refused=413" in one_answer(connection)[2]
        connection.sendall(hidden + asked("/b"))
        assert statuses(everything(connection)) == [200]

    assert list(application.asked) == [("POST", "/a"), ("GET", "/b")]


def test_bodies_together_are_bounded_and_room_is_given_back(served_within):
    served = served_within(bodies=200_000)
    large = asked("/a", "Content-Length: 150000", method="POST")
    with served.connect() as slow:
        slow.sendall(large + b"x" * 120_000)
        # Another connection: what it is told shows that the first was read.
        told = b""
        while b"depeche.refused=503" not in told:
            told = served.said(large + b"y" * 150_000)
        slow.sendall(b"x" * 30_000)
        assert everything(slow).endswith(b"x" * 150_000)
    assert served.said(large + b"y" * 150_000).endswith(b"y" * 150_000)


def test_slow_senders_take_no_thread(served):
    senders = [served.connect() for _ in range(10)]
    for each in senders:
        each.sendall(asked("/a", "Content-Length: 5", method="POST") + b"he")

    assert statuses(served.said(asked("/b"))) == [200]
    for each in senders:
        each.sendall(b"llo")
        assert everything(each).endswith(b"body=hello")
        each.close()


def test_who_keeps_silent_is_let_go(served_within):
    served = served_within(looks=False, idle=1.0, asking=0.2, sending=0.2)
    sends = {
        b"": [],
        b"GET /ready HT": [408],
        b"GET /ready HTTP/1.1\r\nHost: x\r\nX: ": [408],
        asked("/a", "Content-Length: 5", method="POST") + b"he": [408],
        asked("/ready", close=False): [200],
        asked("/a", close=False): [200],
        asked("/a", close=False) + b"GET": [200, 408],
    }
    with ExitStack() as stack:
        connections = [stack.enter_context(served.connect()) for _ in sends]
        for connection, sent in zip(connections, sends, strict=True):
            connection.sendall(sent)
        answered = zip(connections, sends.values(), strict=True)
        first = [connection.recv(1) if 200 in heard else b"" for connection, heard in answered]
        until(lambda: begun(served) == 4)
        look_on(served)
        said = [begins + everything(each) for begins, each in zip(first, connections, strict=True)]
    assert list(map(statuses, said)) == list(sends.values())


def test_in_a_crowd_who_asks_nothing_makes_room(served_within):
    served = served_within(connections=4, idle=600.0)
    with ExitStack() as crowd:
        there = [crowd.enter_context(served.connect()) for _ in range(4)]
        gone, _, _ = select(there, [], [], PATIENCE)
        assert gone and [each.recv(1) for each in gone] == [b""] * len(gone)


def test_a_head_that_trickles_is_not_waited_for_longer(served_within):
    served = served_within(asking=0.3)
    with served.connect() as connection:
        connection.settimeout(0.02)
        connection.sendall(b"GET /ready HTTP/1.1\r\nX: ")
        said = b""
        while not said:
            with suppress(TimeoutError):
                connection.sendall(b"x")
                said = connection.recv(100)
    assert statuses(said) == [408]


def test_a_slow_answer_is_waited_for(served_within, application):
    served = served_within(looks=False, idle=0.2, asking=0.01, sending=0.01)
    with served.connect() as connection:
        connection.sendall(asked("/slow", close=False))
        assert application.entered.wait(PATIENCE)
        look_on(served)
        assert served.said(b"") == b"", "others are let go meanwhile"
        application.go.set()
        assert one_answer(connection)[0] == 200


def test_who_does_not_take_an_answer_is_let_go(served_within, caplog):
    served = served_within(reading=0.2)
    with served.connect() as connection:
        connection.sendall(asked("/ready", "X-Large: 1", close=False) * 3)
        assert connection.recv(1)
        while served.server.server_state.connections:
            threading.Event().wait(0.02)
        with suppress(ConnectionResetError):
            assert len(everything(connection)) < 15_000_000
    assert "Exception" not in caplog.text


@pytest.mark.parametrize("path", ["/ready", "/a"])
def test_a_head_of_usual_size_is_read_and_a_larger_one_refused(served_within, path):
    served = served_within(head=4000, target=1000)

    assert statuses(served.said(asked(path, f"X: {'x' * 3000}"))) == [200]
    assert statuses(served.said(asked(path, f"X: {'x' * 4000}"))) == [431]
    assert statuses(served.said(asked(path, *(f"X{number}: {'x' * 400}" for number in range(10))))) == [431]
    assert statuses(served.said(asked(path + "x" * 1000))) == [414]


def test_a_head_that_does_not_end_is_not_read_for_ever(served_within):
    served = served_within(head=4000)
    with served.connect() as connection:
        connection.sendall(b"GET /ready HTTP/1.1\r\n")
        while served.server.server_state.connections == set():
            threading.Event().wait(0.01)
        with suppress(ConnectionError):
            for _ in range(10_000):
                connection.sendall(b"X: " + b"x" * 400)
            assert statuses(everything(connection)) == [431]


def test_one_connection_too_many_is_let_go_at_once(served_within):
    served = served_within(connections=2)
    with served.connect() as first, served.connect() as second:
        for each in (first, second):
            each.sendall(asked("/ready", close=False))
            assert one_answer(each)[0] == 200
        with suppress(ConnectionError):
            assert served.said(asked("/ready")) == b""


@pytest.mark.parametrize("piece", [b"X: " + b"x" * 300 + b"\r\n", b"x" * 300])
def test_what_follows_a_body_is_not_read_for_ever(served_within, piece):
    served = served_within(head=4000)
    with served.connect() as connection:
        connection.sendall(asked("/a", "Transfer-Encoding: chunked", method="POST") + b"2\r\nhi\r\n0\r\nX: ")
        with suppress(ConnectionError):
            for _ in range(100_000):
                connection.sendall(piece)
            raise AssertionError("30 MB are for ever")
