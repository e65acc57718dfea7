"""Sending a form: what goes over the wire, and what comes of the connection afterwards."""

from collections.abc import Iterator
from http.server import ThreadingHTTPServer

import pytest

from net.messages import Request
from news.errors import FetchFailed
from tests.loopback import QuietHandler, running


class Office(ThreadingHTTPServer):
    """Keeps what it is sent, as ``method, path, headers, body, peer``; answers as its path says."""

    def __init__(self) -> None:
        self.sent: list[tuple[str, str, dict[str, str], bytes, int]] = []
        super().__init__(("127.0.0.1", 0), Clerk)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Clerk(QuietHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        named = {name.lower(): value for name, value in self.headers.items()}
        self.server.sent.append((self.command, self.path, named, body, self.client_address[1]))
        if self.path.startswith("/moved"):
            self.send_response(int(self.path[-3:]))
            self.send_header("Location", "/elsewhere")
        else:
            self.send_response(204 if self.command == "POST" else 200)
        if self.command == "GET":
            self.send_header("Content-Length", "2")
        else:
            self.send_header("Content-Length", "0")
        self.end_headers()
        self.wfile.write(b"ok" if self.command == "GET" else b"")

    do_POST = do_GET


@pytest.fixture
def office() -> Iterator[Office]:
    with running(Office()) as server:
        yield server


def test_a_form_is_posted_as_browsers_do(office, client):
    form = (("hub.url", "https://é.example/?a=b&c"), ("hub.url", "2"), ("x", ""))
    response = client.fetch(Request(office.url("/hub?q=1"), form=form))
    assert (response.status, response.body) == (204, b"")
    [(method, path, headers, body, _)] = office.sent
    assert (method, path) == ("POST", "/hub?q=1")
    assert headers["content-type"] == "application/x-www-form-urlencoded"
    assert "expect" not in headers
    assert body == b"hub.url=https%3A%2F%2F%C3%A9.example%2F%3Fa%3Db%26c&hub.url=2&x="


def test_a_large_form_is_sent_without_waiting_to_be_asked_for_it(office, client):
    client.fetch(Request(office.url("/"), form=(("a", "x" * 2_000_000),)))
    [(_, _, headers, body, _)] = office.sent
    assert len(body) == 2_000_002
    assert "expect" not in headers


def test_forms_and_fetches_take_turns_on_one_connection(office, client):
    for form in (None, (("a", "1"),), None, ()):
        assert client.fetch(Request(office.url("/"), form=form)).status == (200 if form is None else 204)
    assert [(method, body) for method, _, _, body, _ in office.sent] == [
        ("GET", b""), ("POST", b"a=1"), ("GET", b""), ("POST", b""),
    ]  # fmt: skip
    assert len({peer for *_, peer in office.sent}) == 1
    assert "content-type" not in office.sent[2][2]


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_form_does_not_follow_a_redirect_and_a_fetch_afterwards_does(office, client, status):
    with pytest.raises(FetchFailed) as caught:
        client.fetch(Request(office.url(f"/moved{status}"), form=(("a", "1"),)))
    assert (caught.value.key, caught.value.message_args["status"]) == ("source.fetch.status", status)
    assert client.fetch(Request(office.url(f"/moved{status}"))).url == office.url("/elsewhere")
    assert [method for method, *_ in office.sent] == ["POST", "GET", "GET"]


def test_a_form_reaches_no_private_address_that_is_not_allowed(office, make_client):
    with pytest.raises(FetchFailed, match=r"source\.fetch\.refused_address"):
        make_client(allowed="").fetch(Request(office.url("/"), form=(("a", "1"),)))
    assert office.sent == []
