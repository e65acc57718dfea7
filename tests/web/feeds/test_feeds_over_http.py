"""Feeds over a real connection: what is put on the wire, and to whom."""

import http.client
from collections.abc import Iterator

import pytest

from tests.loopback import serving
from tests.patience import PATIENCE


@pytest.fixture
def connection(app) -> Iterator[http.client.HTTPConnection]:
    with serving(app) as server:
        opened = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
        yield opened
        opened.close()


def ask(
    connection: http.client.HTTPConnection, method: str, path: str, **headers: str
) -> tuple[int, dict[str, str], bytes]:
    connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = connection.getresponse()
    return answer.status, dict(answer.getheaders()), answer.read()


def test_a_reader_polls_a_feed(connection, post) -> None:
    post("Une visite", "masters")
    status, headers, body = ask(connection, "GET", "/feeds/masters.rss", Accept_Encoding="gzip")
    assert (status, headers["Content-Encoding"], len(body)) == (200, "gzip", int(headers["Content-Length"]))
    again = ask(connection, "GET", "/feeds/masters.rss", Accept_Encoding="gzip", If_None_Match=headers["ETag"])
    assert (again[0], again[2]) == (304, b"")


def test_head_sends_no_body(connection) -> None:
    status, headers, body = ask(connection, "HEAD", "/feeds/all.json")
    assert (status, body) == (200, b"")
    assert int(headers["Content-Length"]) > 0


def test_an_escaped_address_is_the_same_address(connection) -> None:
    assert ask(connection, "GET", "/feeds/doctorat%2Bmasters.atom")[0] == 200
    assert ask(connection, "GET", "/feeds/doctorat%21masters.atom")[0] == 200


def test_a_post_is_in_its_feeds_at_once(connection, post, app) -> None:
    before = ask(connection, "GET", "/feeds/masters.json")[1]["ETag"]
    post("Une visite", "masters")
    ask(connection, "POST", "/feeds/masters.json")
    _, headers, body = ask(connection, "GET", "/feeds/masters.json")
    assert headers["ETag"] != before
    assert b"Une visite" in body
