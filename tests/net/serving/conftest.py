import threading
from collections import Counter
from contextlib import ExitStack
from typing import NamedTuple

import pytest

from net.serving.limits import Limits
from net.serving.wsgi import REFUSED
from tests.patience import PATIENCE
from tests.web_server import serving

# More ticks than a day has.
NEVER = 10**9


class Made(NamedTuple):
    status: int
    head: bytes
    body: bytes


class Shelf:
    """Has one answer ready, at /ready."""

    def __init__(self):
        self.asked = Counter()

    def at_once(self, target, told, address, *, counted):
        if target != b"/ready":
            return None
        self.asked[counted] += 1
        body = b"ready"
        if told.get(b"x-large"):
            body *= 1_000_000
        return Made(200, b"content-length: %d\r\n\r\n" % len(body), body)


class Application:
    """Says what it was asked; waits at /slow until ``go``; /long is large; /broken fails."""

    def __init__(self):
        self.forget()

    def forget(self):
        self.asked, self.go, self.entered, self.closed = Counter(), threading.Event(), threading.Event(), Counter()

    def __call__(self, environ, start):
        path = environ["PATH_INFO"]
        self.asked[environ["REQUEST_METHOD"], path] += 1
        if path == "/broken":
            raise RuntimeError("broken on purpose")
        if path == "/slow":
            self.entered.set()
            assert self.go.wait(PATIENCE)
        start("200 OK", [("Content-Type", "text/plain")])
        return Parts(self, path, self._said(environ, path))

    def _said(self, environ, path):
        if path == "/long":
            return (b"x" * 8192 for _ in range(200))
        body = environ["wsgi.input"].read()
        names = (
            "CONTENT_LENGTH",
            "REMOTE_ADDR",
            "HTTP_X_FORWARDED_FOR",
            "HTTP_COOKIE",
            "QUERY_STRING",
            "PATH_INFO",
            REFUSED,
        )
        told = [f"{name}={environ[name]}" for name in names if name in environ]
        return iter([("\n".join(told) + "\n").encode("latin-1"), b"body=" + body])


class Parts:
    def __init__(self, app, path, parts):
        self.app, self.path, self.parts = app, path, parts

    def __iter__(self):
        return self.parts

    def close(self):
        self.app.closed[self.path] += 1


def look_on(served):
    """Let the server look after its connections from now on."""
    served.server.ticks_between_looks = 1


def begun(served):
    """How many connections have sent part of a request that the server has read."""
    return sum(each._in_head or each._in_body for each in list(served.server.server_state.connections))


@pytest.fixture(scope="module")
def house():
    """One server for the tests of a file, with what it serves."""
    application, shelf = Application(), Shelf()
    with serving(application, shelf) as made:
        yield application, shelf, made
        application.go.set()


@pytest.fixture
def application(house):
    made = house[0]
    made.forget()
    yield made
    made.go.set()


@pytest.fixture
def shelf(house):
    house[1].asked.clear()
    return house[1]


@pytest.fixture
def served(house, application, shelf):
    return house[2]


@pytest.fixture
def served_within(application, shelf):
    """A server of one's own, with other limits, that looks after its connections ten times as often; with
    ``looks=False`` only once it is told to (``look_on``), so that no limit is reached by a machine that is slow."""
    with ExitStack() as stack:

        def run(*, looks=True, **limits):
            made = stack.enter_context(serving(application, shelf, Limits(**limits)))
            made.server.ticks_between_looks = NEVER
            if looks:
                look_on(made)
            return made

        yield run
        application.go.set()
