"""Who still sends, who sends no more, who takes slowly: all get to read their answer, and none for ever."""

import socket
import threading
from contextlib import suppress

import pytest

from tests.net.serving.conftest import look_on
from tests.net.serving.test_connections import asked, statuses
from tests.patience import PATIENCE
from tests.web_server import everything, one_answer

MEGA = b"x" * 1_000_000


def said_after(connection: socket.socket, request: bytes, body: bytes, times: int) -> bytes:
    """What is said to who sends all of a body before reading anything, as browsers do."""
    connection.sendall(request)
    for _ in range(times):
        connection.sendall(body)
    return everything(connection)


@pytest.mark.parametrize("version", ["1.0", "1.1"])
def test_who_sends_far_too_much_and_hangs_up_then_reads_why(served_within, application, version):
    head = f"POST /a HTTP/{version}\r\nHost: x\r\nConnection: close\r\nContent-Length: 40000000\r\n\r\n".encode()
    with served_within(body=1000).connect() as connection:
        said = said_after(connection, head, MEGA, 40)

    assert statuses(said) == [200] and b"REFUSED=413\nbody=" in said.replace(b"depeche.refused", b"REFUSED")
    assert b"CONTENT_LENGTH" not in said and application.asked["POST", "/a"] == 1


def test_in_pieces_too(served_within):
    piece = b"f4240\r\n" + MEGA + b"\r\n"
    with served_within(body=1000).connect() as connection:
        connection.sendall(asked("/a", "Transfer-Encoding: chunked", method="POST"))
        for _ in range(40):
            connection.sendall(piece)
        connection.sendall(b"0\r\n\r\n")
        assert b"depeche.refused=413" in everything(connection)


def test_what_comes_after_an_answer_is_bounded_in_bytes(served_within):
    with served_within(body=1000, left_over=2_000_000).connect() as connection:
        connection.sendall(asked("/a", "Content-Length: 4000000000", method="POST", close=False))
        assert one_answer(connection)[0] == 200
        with pytest.raises(ConnectionError):
            for _ in range(4000):
                connection.sendall(MEGA)


@pytest.mark.parametrize("bound", ["sending", "draining"])
def test_and_in_time_and_nothing_is_said_twice(served_within, bound):
    served = served_within(looks=False, body=1000, **{bound: 0.3})
    with served.connect() as connection:
        connection.sendall(asked("/a", "Content-Length: 4000", method="POST") + b"x" * 2000)
        connection.settimeout(0.05)
        said = b""
        with suppress(ConnectionError):
            while True:
                try:
                    more = connection.recv(65536)
                except TimeoutError:
                    if bound == "draining":
                        connection.sendall(b"x")
                    continue
                said += more
                if not more:
                    break
                if b"refused=413" in said:
                    look_on(served)
    assert statuses(said) == [200] and b"depeche.refused=413" in said


def test_who_asked_whether_to_send_is_told_no_and_the_connection_ends(served_within):
    # What came next could be the body, or another question.
    said = served_within(body=16).said(
        asked("/a", "Content-Length: 17", "Expect: 100-continue", method="POST", close=False)
    )

    assert b"depeche.refused=413" in said and b"connection: close\r\n" in said and b" 100 " not in said


def test_who_will_ask_no_more_is_still_answered(served, application):
    with served.connect() as connection:
        connection.sendall(asked("/slow", close=False) + asked("/a", close=False))
        connection.shutdown(socket.SHUT_WR)
        assert application.entered.wait(PATIENCE)
        application.go.set()
        said = everything(connection)

    assert statuses(said) == [200, 200] and said.count(b"connection: close") == 1


@pytest.mark.parametrize("sent", [b"", b"GET /", asked("/a", "Content-Length: 5", method="POST") + b"he"])
def test_half_a_question_is_none(served, application, sent):
    with served.connect() as connection:
        connection.sendall(sent)
        connection.shutdown(socket.SHUT_WR)
        assert everything(connection) == b""
    assert not application.asked


@pytest.mark.long
@pytest.mark.parametrize("close", [True, False])
def test_who_takes_slowly_is_not_who_takes_nothing(served_within, close):
    # What the kernel holds leaves in lumps, and the machine may be busy: far above both, and far below the whole.
    served = served_within(reading=8)
    with socket.socket() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_000)
        connection.settimeout(PATIENCE)
        connection.connect(("127.0.0.1", served.port))
        connection.sendall(asked("/ready", "X-Large: 1", close=close))
        got, waited = 0, threading.Event()
        while got < 5_000_000:
            # Some ten seconds in all.
            waited.wait(0.12)
            more = 0
            while more < 50_000 and got < 5_000_000:
                read = len(connection.recv(50_000))
                assert read, f"hung up after {got} bytes"
                more, got = more + read, got + read


def test_who_takes_a_little_now_and_then_is_not_waited_for_for_ever(served_within):
    served = served_within(reading=0.3, whole_body=0.6)
    with served.connect() as connection:
        connection.sendall(asked("/ready", "X-Large: 1", close=False) * 3)
        assert connection.recv(1)
        with suppress(ConnectionError):
            while served.server.server_state.connections:
                assert connection.recv(10)
                threading.Event().wait(0.02)
    assert not served.server.server_state.connections


def test_only_so_many_questions_wait_for_their_turn(served_within, application):
    served = served_within(waiting=3)
    with served.connect() as connection:
        connection.sendall(asked("/slow", close=False) + asked("/a", close=False) * 10_000)
        assert application.entered.wait(PATIENCE)
        application.go.set()
        said = everything(connection)

    assert statuses(said) == [200] * 4 and said.count(b"connection: close") == 1
    assert application.asked["GET", "/a"] == 3


def test_small_bodies_are_taken_when_there_is_no_room_for_large_ones(served_within):
    served = served_within(bodies=100_000)
    with served.connect() as slow:
        slow.sendall(asked("/a", "Content-Length: 90001", method="POST") + b"x" * 90_000)
        told = b""
        while b"depeche.refused=503" not in told:
            told = served.said(asked("/a", "Content-Length: 70000", method="POST") + b"y" * 70_000)
        assert served.said(asked("/a", "Content-Length: 60000", method="POST") + b"y" * 60_000).endswith(b"y" * 60_000)
