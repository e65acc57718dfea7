"""Web servers as tests ask them, over TCP or over a socket of their own."""

import http.client
import socket

from tests.patience import PATIENCE


class OverSocket(http.client.HTTPConnection):
    """A connection to nginx's own socket: no port to be taken meanwhile."""

    def __init__(self, path: str) -> None:
        super().__init__("localhost", timeout=PATIENCE)
        self._path = path

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self._path)


class Site:
    """One web server."""

    def __init__(self, connect) -> None:
        self._connect = connect

    def ask(self, path, method="GET", **headers):
        """Status, headers and body."""
        connection = self._connect()
        connection.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer.status, dict(answer.getheaders()), body
