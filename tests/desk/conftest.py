import threading
from collections.abc import Callable, Iterator
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from desk.context import Desk
from net.allowed_networks import parse_allowed
from news.users import Role, User

Answer = Callable[[dict[str, str]], tuple[int, dict[str, str], bytes]]


def entry(title: str, **said: str) -> str:
    """One RSS item; ``link``, ``guid``, ``pubDate``, ``description``, ``category`` (a list parted by |)."""
    terms = said.pop("category", "")
    parts = [f"<title>{escape(title)}</title>", *(f"<{name}>{escape(text)}</{name}>" for name, text in said.items())]
    parts += [f"<category>{escape(term)}</category>" for term in terms.split("|") if term]
    return f"<item>{''.join(parts)}</item>"


def rss(*entries: str, title: str = "Partenaire") -> str:
    head = f"<title>{title}</title><link>https://partner.example.org/</link><description>d</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(entries)}</channel></rss>'


class PartnerSite:
    """A partner's web server on loopback: what stands at a path is set by the test; requests are kept."""

    entry = staticmethod(entry)
    rss = staticmethod(rss)

    def __init__(self) -> None:
        self.pages: dict[str, Answer] = {}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.robots, self.robots_status, self.robots_asked = b"", 404, 0
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                given = {name.lower(): value for name, value in self.headers.items()}
                if self.path == "/robots.txt":
                    site.robots_asked += 1
                    self._send(site.robots_status if not site.robots else 200, {}, site.robots)
                    return
                site.requests.append((self.path, given))
                self._send(*site.pages.get(self.path, lambda _: (404, {}, b""))(given))

            def _send(self, status: int, fields: dict[str, str], body: bytes) -> None:
                self.send_response(status)
                for name, value in fields.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self._server.server_port}{path}"

    def put(self, path: str, body: str | bytes, kind: str = "application/rss+xml", **fields: str) -> str:
        """Answer ``path`` with ``body``; its absolute address."""
        sent = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in fields.items()}
        self.pages[path] = lambda _: (200, {"Content-Type": kind, **named}, sent)
        return self.url(path)

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def site() -> Iterator[PartnerSite]:
    running = PartnerSite()
    yield running
    running.close()


@pytest.fixture
def collecting(desk: Desk) -> Desk:
    """The newsroom, which may reach loopback."""
    return desk.with_settings(allowed_networks=parse_allowed("127.0.0.0/8"), fetch_pause=0.0)


@pytest.fixture
def admin(desk: Desk) -> User:
    return person(desk, Role.ADMIN)


@pytest.fixture
def editor(desk: Desk) -> User:
    return person(desk, Role.EDITOR)


@pytest.fixture
def author(desk: Desk) -> User:
    return person(desk, Role.AUTHOR)


def person(desk: Desk, role: Role) -> User:
    """A user of ``role``, without the time a real password hash takes."""
    user = User(desk.mint(), f"{role.value}@example.org", role, "no password", desk.now())
    with desk.storage.transaction() as tx:
        tx.put_user(user)
    return user
