"""Certificates: made for the test, trusted only by whom the test says."""

import ssl
from collections.abc import Iterator
from contextlib import suppress
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import trustme

from net.messages import Request
from news.errors import FetchFailed
from tests.loopback import QuietHandler, running


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def certificate(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The authority's own certificate, as a file a client can be told to trust."""
    path = tmp_path_factory.mktemp("tls") / "authority.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


class Plain(QuietHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(b"ok")


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_args):
        """A client that hangs up over a certificate is what these tests are about."""


@pytest.fixture
def tls_port(authority: trustme.CA) -> Iterator[int]:
    server = QuietServer(("127.0.0.1", 0), Plain)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    with running(server):
        yield server.server_port


def test_a_trusted_certificate_opens_the_door(tls_port, make_client, certificate):
    client = make_client(ca_file=str(certificate))
    assert client.fetch(Request(f"https://localhost:{tls_port}/")).body == b"ok"


@pytest.mark.parametrize(("host", "trusted"), [("localhost", False), ("other.localhost", True)], ids=["issuer", "name"])
def test_a_certificate_that_proves_nothing_is_a_tls_failure(tls_port, make_client, certificate, host, trusted):
    client = make_client(ca_file=str(certificate) if trusted else None)
    with pytest.raises(FetchFailed) as caught:
        client.fetch(Request(f"https://{host}:{tls_port}/"))
    assert caught.value.key == "source.fetch.tls"
