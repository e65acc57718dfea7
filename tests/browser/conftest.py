"""A real Chromium against the real application over HTTP on loopback, with a clock the tests set."""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from app import create_app
from desk.accounts.users import add_user
from desk.categories.registry import add_category
from desk.context import Desk, open_desk
from desk.settings import Settings
from tests import quick
from tests.browser.hostile import Watch
from tests.browser.ways_in import Person
from tests.loopback import serving
from tests.patience import PATIENCE

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')
EMAIL, PASSWORD = "redaction@ecole.example", "mot de passe sûr"
CATEGORIES = (
    ("Ingénieurs", "Engineering"),
    ("Doctorat", "PhD"),
    ("Masters", "Masters"),
    ("Partenariats internationaux", "International partnerships"),
    ("Diversité & RSE", "Diversity & CSR"),
)
# What is expected comes; on a busy machine it may take its time.
expect.set_options(timeout=PATIENCE * 1000)
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 6, 10, 9, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def set(self, moment: datetime) -> None:
        self.moment = moment

    def go_on(self, **by: float) -> None:
        self.moment += timedelta(**by)


@dataclass
class Newsroom:
    """A newsroom that answers at ``url``."""

    desk: Desk
    url: str
    clock: Clock
    application: Flask


@pytest.fixture(scope="session")
def newsroom_database(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The file of a newsroom with five categories and one admin."""
    path = tmp_path_factory.mktemp("newsroom") / "depeche.db"
    desk = open_desk(Settings(database=path), clock=Clock(), create=True)
    for french, english in CATEGORIES:
        add_category(desk, french, name_en=english, actor="test")
    add_user(desk, EMAIL, "admin", PASSWORD, "test")
    desk.storage.close()
    return path.read_bytes()


@pytest.fixture
def newsroom(tmp_path: Path, newsroom_database: bytes) -> Iterator[Newsroom]:
    """Five categories, one admin, nothing posted."""
    clock = Clock()
    late: list[object] = []
    with serving(lambda environ, start: late[0](environ, start)) as server:
        url = f"http://127.0.0.1:{server.server_port}"
        settings = Settings(database=tmp_path / "depeche.db", base_url=url, title="Les nouvelles de l’École")
        quick.put_database(settings.database, newsroom_database)
        desk = open_desk(settings, clock=clock)
        quick.go_past(desk.mint)
        application = create_app(desk)
        late.append(application)
        yield Newsroom(desk, url, clock, application)
    desk.storage.close()


class PatientBrowser:
    """A browser whose windows wait as long as a slow machine takes."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    def new_context(self, **said: Any) -> BrowserContext:
        """See ``Browser.new_context``."""
        context = self._browser.new_context(**said)
        context.set_default_timeout(PATIENCE * 1000)
        return context

    @property
    def contexts(self) -> list[BrowserContext]:
        """Those that are open."""
        return self._browser.contexts


@pytest.fixture(scope="session")
def chromium() -> Iterator[PatientBrowser]:
    """The machine's Chromium; without one the test is skipped, or fails where REQUIRE_BROWSER is 1."""
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    path = path or shutil.which("google-chrome")
    if path is None:
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail("a Chromium is required (REQUIRE_BROWSER=1) and none was found")
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS, timeout=PATIENCE * 1000)
        yield PatientBrowser(browser)
        browser.close()


@pytest.fixture
def visitor(chromium: PatientBrowser) -> Iterator[BrowserContext]:
    """Somebody with a fresh browser."""
    context = chromium.new_context(locale="fr-FR", timezone_id="Europe/Paris")
    yield context
    context.close()


@pytest.fixture
def page(visitor: BrowserContext) -> Page:
    """A fresh tab."""
    return visitor.new_page()


@pytest.fixture
def staff(page: Page, newsroom: Newsroom) -> Page:
    """A tab in which an admin has signed in: the form was sent without being drawn, which is quicker."""
    form = page.request.get(f"{newsroom.url}/staff/login").text()
    given = {"email": EMAIL, "password": PASSWORD, "csrf_token": TOKEN.search(form)[1]}
    sent = page.request.post(f"{newsroom.url}/staff/login", form=given, max_redirects=0)
    assert sent.status == 303
    page.goto(f"{newsroom.url}/staff/")
    return page


def sign_in(page: Page, newsroom: Newsroom) -> None:
    page.goto(f"{newsroom.url}/staff/login")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{newsroom.url}/staff/")


@pytest.fixture
def without_script(chromium: PatientBrowser, newsroom: Newsroom) -> Iterator[Page]:
    """A signed-in tab of a browser that runs no JavaScript."""
    context = chromium.new_context(java_script_enabled=False, locale="fr-FR")
    page = context.new_page()
    sign_in(page, newsroom)
    yield page
    context.close()


class PartnerSite:
    """A partner's web site: pages of another origin, kept in memory."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.policy = ""
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = site.pages.get(self.path)
                self.send_response(200 if body is not None else 404)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                if site.policy:
                    self.send_header("Content-Security-Policy", site.policy)
                self.end_headers()
                self.wfile.write((body or "").encode())

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@pytest.fixture
def partner() -> Iterator[PartnerSite]:
    """A partner's site on another port."""
    site = PartnerSite()
    yield site
    site.close()


@pytest.fixture
def watch(chromium: PatientBrowser, newsroom: Newsroom) -> Iterator[Watch]:
    made = Watch(chromium, newsroom.url)
    made.page.goto(newsroom.url + "/robots.txt")
    yield made
    made.context.close()


@pytest.fixture
def person(newsroom: Newsroom) -> Person:
    return Person(newsroom)
