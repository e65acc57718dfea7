import socket
from http.client import HTTPConnection

import pytest

from net.partner_server import serving
from news.errors import Conflict
from tests.patience import PATIENCE
from tests.ports import free_port

DOCUMENTS = {"/a.rss": ("application/rss+xml", b"<rss/>"), "/b.atom": ("application/atom+xml", b"<feed/>")}


def ask(port, path, method="GET", **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    found = answer.status, dict(answer.getheaders()), answer.read()
    connection.close()
    return found


@pytest.fixture
def port():
    with serving(lambda: DOCUMENTS, "127.0.0.1", 0) as number:
        yield number


def test_a_document_has_its_type_and_a_validator_that_gives_304(port):
    status, headers, body = ask(port, "/a.rss")

    assert (status, headers["Content-Type"], body) == (200, "application/rss+xml", b"<rss/>")
    assert ask(port, "/a.rss", If_None_Match=headers["ETag"])[0::2] == (304, b"")
    assert ask(port, "/b.atom", If_None_Match=headers["ETag"])[0] == 200


def test_anything_else_is_not_found(port):
    assert ask(port, "/")[0] == 404


def test_head_sends_no_body(port):
    status, headers, body = ask(port, "/b.atom", "HEAD")

    assert (status, headers["Content-Length"], body) == (200, "7", b"")


def test_every_request_sees_the_documents_of_its_moment():
    told = dict(DOCUMENTS)
    with serving(lambda: told, "127.0.0.1", 0) as port:
        told["/a.rss"] = ("application/rss+xml", b"<rss>new</rss>")

        assert ask(port, "/a.rss")[2] == b"<rss>new</rss>"


def test_the_port_is_free_again_afterwards():
    port = free_port()
    for _ in range(2):
        with serving(lambda: DOCUMENTS, "127.0.0.1", port) as taken:
            assert taken == port


def test_a_taken_port_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        server = serving(lambda: DOCUMENTS, "127.0.0.1", taken.getsockname()[1])

        with pytest.raises(Conflict), server:
            pass
