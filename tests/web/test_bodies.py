import io
import threading

import pytest

from web import bodies
from web.bodies import WholeBodies


def echo(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


class Stuck(io.RawIOBase):
    """A sender that stops in the middle until ``go``."""

    def __init__(self):
        self.reading, self.go = threading.Event(), threading.Event()

    def read(self, size=-1):
        self.reading.set()
        assert self.go.wait(20)
        return b"late"


def answered(app, **environ):
    told = []
    body = app({"wsgi.input": io.BytesIO(), **environ}, lambda status, headers: told.append(int(status[:3])))
    return told[0], b"".join(body)


@pytest.mark.parametrize("how", [{"CONTENT_LENGTH": "5"}, {"HTTP_TRANSFER_ENCODING": "chunked", "CONTENT_LENGTH": ""}])
def test_a_body_reaches_the_application_whole(how):
    assert answered(WholeBodies(echo, 1), **how, **{"wsgi.input": io.BytesIO(b"hello")}) == (200, b"hello")


@pytest.mark.parametrize("length", ["17", "999999999999"])
def test_a_body_announced_too_big_is_refused_unread(monkeypatch, length):
    monkeypatch.setattr(bodies, "MOST_BYTES", 16)
    unread = Stuck()

    assert answered(WholeBodies(echo, 1), CONTENT_LENGTH=length, **{"wsgi.input": unread})[0] == 413
    assert not unread.reading.is_set()


def test_a_body_that_turns_out_too_big_is_refused(monkeypatch):
    monkeypatch.setattr(bodies, "MOST_BYTES", 16)
    sent = {"HTTP_TRANSFER_ENCODING": "chunked", "wsgi.input": io.BytesIO(b"x" * 17)}

    assert answered(WholeBodies(echo, 1), **sent)[0] == 413


def test_where_pictures_may_be_larger_so_may_bodies():
    app = WholeBodies(echo, 1, bodies.MOST_BYTES + 100)
    body = b"x" * (bodies.MOST_BYTES + 50)
    assert answered(app, CONTENT_LENGTH=str(len(body)), **{"wsgi.input": io.BytesIO(body)}) == (200, body)
    assert answered(app, CONTENT_LENGTH=str(bodies.MOST_BYTES + 101), **{"wsgi.input": io.BytesIO()})[0] == 413


def test_slow_senders_leave_readers_alone_and_others_are_told_to_wait(monkeypatch):
    monkeypatch.setattr(bodies, "SECONDS_FOR_A_TURN", 0.01)
    app, slow, told = WholeBodies(echo, 1), Stuck(), []
    sender = threading.Thread(target=lambda: told.append(answered(app, CONTENT_LENGTH="9", **{"wsgi.input": slow})))
    sender.start()
    assert slow.reading.wait(20)

    reader = answered(app)
    second_sender = answered(app, CONTENT_LENGTH="2", **{"wsgi.input": io.BytesIO(b"hi")})
    slow.go.set()
    sender.join()

    assert reader[0] == 200
    assert second_sender[0] == 503
    assert told == [(200, b"late")]
    assert answered(app, CONTENT_LENGTH="2", **{"wsgi.input": io.BytesIO(b"hi")}) == (200, b"hi")
