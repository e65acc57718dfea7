import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from http.client import HTTPException
from http.cookiejar import CookieJar
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, Request, build_opener, urlopen

import pytest

from tests.loopback import running
from tests.patience import PATIENCE, until
from tests.ports import free_port

CHECKOUT = Path(__file__).resolve().parent.parent.parent
Depeche = Callable[..., str]


class QuietFiles(SimpleHTTPRequestHandler):
    """The files of a folder, without telling the terminal."""

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def seed() -> Path:
    """The folder of the page the project was born from: ``shared/seed`` beside the checkout."""
    folder = CHECKOUT.parent / "shared" / "seed"
    if not (folder / "strategie-internationale.html").is_file():
        pytest.skip("the page the project was born from is not beside this checkout")
    return folder


@pytest.fixture(scope="module")
def serve_folder() -> Iterator[Callable[[Path], str]]:
    """Serve a folder on loopback; the address of its root."""
    with ExitStack() as stack:

        def serve(folder: Path) -> str:
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietFiles, directory=folder))
            return f"http://127.0.0.1:{stack.enter_context(running(server)).server_port}"

        yield serve


@pytest.fixture(scope="module")
def environ(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a newsroom of its own; no other setting of this machine reaches it."""
    bare = {name: value for name, value in os.environ.items() if not re.match(r"DEPECHE_|LC_|LANG", name)}
    return bare | {
        "DEPECHE_DATABASE": str(tmp_path_factory.mktemp("newsroom") / "var" / "depeche.db"),
        "DEPECHE_BASE_URL": "http://127.0.0.1:8000",
        "DEPECHE_ALLOWED_NETWORKS": "127.0.0.0/8",
        "LANG": "C.UTF-8",
        "PYTHONWARNINGS": "ignore",
    }


@pytest.fixture(scope="module")
def depeche_for() -> Callable[[dict[str, str]], Depeche]:
    """The command in an environment: run it as a person would; what it printed."""

    def made(environ: dict[str, str]) -> Depeche:
        def run(*words: str, given: str = "") -> str:
            done = subprocess.run(
                [sys.executable, "-m", "cli.main", *words], cwd=CHECKOUT, env=environ, input=given,
                capture_output=True, text=True, timeout=PATIENCE,
            )  # fmt: skip
            assert done.returncode == 0, f"depeche {' '.join(words)}: {done.stderr}"
            return done.stdout

        return run

    return made


@pytest.fixture(scope="module")
def depeche(environ: dict[str, str], depeche_for: Callable[[dict[str, str]], Depeche]) -> Depeche:
    """The command in this module's newsroom."""
    return depeche_for(environ)


@pytest.fixture(scope="module")
def depeche_json(depeche: Depeche) -> Callable[..., object]:
    return lambda *words: json.loads(depeche(*words, "--json"))


class Serving:
    """A whole ``depeche serve`` in a process group of its own, and a browser-like client of it."""

    def __init__(self, environ: dict[str, str]) -> None:
        self.environ = environ
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", "serve", "--port", str(self.port), "--workers", "1"], cwd=CHECKOUT,
            env=self.environ, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        until(lambda: self.process.poll() is not None or answers(f"{self.url}/healthz"), "depeche serve")
        assert self.process.poll() is None, self.process.stderr.read().decode()

    def pids(self) -> list[int]:
        """Every process of it."""
        group = os.getpgid(self.process.pid)
        numbers = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
        return [pid for pid in numbers if _group_of(pid) == group]

    def kill(self) -> None:
        """End all of it at once, as a crash would."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait(PATIENCE)
            self.process.stderr.close()
            self.process = None

    def sign_in(self, email: str, password: str) -> "Browser":
        browser = Browser(self.url)
        browser.post("/staff/login", email=email, password=password)
        return browser


class Browser:
    """One person's session: cookies kept, redirects not followed."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._opener = build_opener(HTTPCookieProcessor(CookieJar()), Unredirected())
        self._token = ""

    def get(self, path: str) -> tuple[int, str]:
        return self._ask(Request(self.url + path))

    def post(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form, with the token of the form at ``path``."""
        if not self._token or path == "/staff/login":
            self._token = TOKEN.search(self.get(path)[1])[1]
        data = urlencode({**fields, "csrf_token": self._token}).encode()
        status, text = self._ask(Request(self.url + path, data))
        if path == "/staff/login":
            self._token = ""
        return status, text

    def _ask(self, request: Request) -> tuple[int, str]:
        try:
            with self._opener.open(request, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            with error:
                return error.code, error.read().decode()


class Unredirected(HTTPRedirectHandler):
    def redirect_request(self, *args: object) -> None:
        return None


TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


def answers(url: str) -> bool:
    try:
        with urlopen(url, timeout=PATIENCE) as answer:
            return answer.status == 200
    except (OSError, HTTPException):
        return False


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


@pytest.fixture
def start_serving() -> Iterator[Callable[[dict[str, str]], Serving]]:
    """Start ``depeche serve``; whatever still runs at the end is killed."""
    running: list[Serving] = []

    def start(environ: dict[str, str]) -> Serving:
        serving = Serving(environ)
        running.append(serving)
        serving.start()
        return serving

    yield start
    for serving in running:
        serving.kill()
