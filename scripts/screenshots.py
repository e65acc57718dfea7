"""The staff guides with pictures, taken in a real Chromium of the sample newsroom: ``make screenshots``.

The guides in ``docs`` say all in words, and name where a picture helps in a comment that nobody sees. Here they are
written once more, to ``docs/screenshots/staff-guide.fr.md`` and ``…en.md``, with the pictures in those places. None of
it is kept in git: it is made anew from the program it shows.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from desk.accounts.users import add_user
from desk.context import Desk, open_desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import post_item
from desk.operating.sample import fill_with_sample
from desk.settings import Settings
from desk.sources.registry import NewSource, add_source
from news.drafts import Draft

HERE = Path(__file__).resolve().parents[1]
DOCS = HERE / "docs"
FOLDER = DOCS / "screenshots"
# Where a guide shows a picture: its name, and what is to be seen, for those who do not see it.
PLACE = re.compile(r"<!-- picture ([\w-]+): (.+?) -->")
LANGUAGES = ("fr", "en")
EMAIL, PASSWORD = "redaction@ecole.example", "mot de passe du guide"
_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its ``name``, the ``path`` to open (``{item}``, ``{draft}`` stand for ids), and what to ``do``
    there first. ``signed_in``: as a member of staff."""

    name: str
    path: str
    do: Callable[[Page], None] = lambda page: None
    signed_in: bool = True


def _type_a_date(page: Page) -> None:
    page.fill("[name=date]", "2027-10-04 09:00")
    page.locator("[name=status][value=published]").check(force=True)
    page.wait_for_timeout(900)


def _open_withdrawing(page: Page) -> None:
    for each in page.locator("details.retract").all():
        each.evaluate("each => { each.open = true; each.scrollIntoView() }")


def _tick(page: Page) -> None:
    for box in page.locator("[data-row] input[type=checkbox]").all()[:3]:
        box.check()


def _show_keys(page: Page) -> None:
    page.keyboard.press("?")


SHOTS = (
    Shot("sign-in", "/staff/login", signed_in=False),
    Shot("list", "/staff/"),
    Shot("ticked", "/staff/", _tick),
    Shot("keys", "/staff/", _show_keys),
    Shot("new-item", "/staff/items/new"),
    Shot("schedule", "/staff/items/{draft}", _type_a_date),
    Shot("calendar", "/staff/calendar"),
    Shot("review", "/staff/review"),
    Shot("correct", "/staff/items/{item}"),
    Shot("withdraw", "/staff/items/{item}", _open_withdrawing),
    Shot("translate", "/staff/items/new?translates={item}"),
    Shot("source", "/staff/sources/new"),
    Shot("sources", "/staff/sources"),
    Shot("categories", "/staff/categories"),
    Shot("retire", "/staff/categories/doctorat/retire"),
    Shot("feeds", "/staff/feeds"),
)


def illustrated(guide: str, language: str) -> str:
    """``guide`` (Markdown) with its pictures, which stand in the folder named as its ``language``."""
    return PLACE.sub(rf"![\2]({language}/\1.png)", guide)


def take(folder: Path) -> list[Path]:
    """Take every picture in every language, and write the guides that show them; where they are."""
    made = []
    with tempfile.TemporaryDirectory() as place, _newsroom(Path(place)) as (desk, url), sync_playwright() as playwright:
        ids = _ids(desk)
        browser = playwright.chromium.launch(executable_path=_chromium(), args=_ARGUMENTS)
        for language in LANGUAGES:
            made += _in_language(browser, url, language, ids, folder / language)
            made.append(folder / f"staff-guide.{language}.md")
            words = (DOCS / made[-1].name).read_text(encoding="utf-8")
            made[-1].write_text(illustrated(words, language), encoding="utf-8")
        browser.close()
    return made


def _in_language(browser: Browser, url: str, language: str, ids: dict[str, str], folder: Path) -> Iterator[Path]:
    folder.mkdir(parents=True, exist_ok=True)
    context = browser.new_context(
        viewport={"width": 1200, "height": 800}, locale=language, color_scheme="light", reduced_motion="reduce"
    )
    page = context.new_page()
    page.on("dialog", lambda dialog: dialog.accept())
    inside = False
    for shot in sorted(SHOTS, key=lambda shot: shot.signed_in):
        if shot.signed_in and not inside:
            _sign_in(page, url)
            inside = True
        path = shot.path.format(**ids)
        page.goto(f"{url}{path}{'&' if '?' in path else '?'}lang={language}")
        shot.do(page)
        page.screenshot(path=folder / f"{shot.name}.png")
        yield folder / f"{shot.name}.png"
    context.close()


def _sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/staff/login")
    page.fill("[name=email]", EMAIL)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{url}/staff/")


@contextmanager
def _newsroom(place: Path) -> Iterator[tuple[Desk, str]]:
    late: list[Callable[..., object]] = []
    server = make_server("127.0.0.1", 0, lambda *asked: late[0](*asked), threaded=True, request_handler=_Quiet)
    url = f"http://127.0.0.1:{server.server_port}"
    desk = open_desk(Settings(database=place / "depeche.db", base_url=url), create=True)
    _fill(desk)
    late.append(create_app(desk))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield desk, url
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
        desk.storage.close()


def _fill(desk: Desk) -> None:
    fill_with_sample(desk)
    add_user(desk, EMAIL, "admin", PASSWORD, "cli")
    author = add_user(desk, "autrice@ecole.example", "author", PASSWORD, "cli")
    day = desk.now().date()
    for title, ahead, status in (
        ("Portes ouvertes du laboratoire", 3, "published"), ("Rentrée des doctorants", 9, "published"),
        ("Appel à candidatures", 5, "draft"),
    ):  # fmt: skip
        date = f"{day + timedelta(days=ahead)} 09:00"
        post_item(desk, Draft(title, ("doctorat",), date, status=status, author="Zoé Martin"), "cli")
    for title in ("Une soutenance remarquée", "Visite d’une délégation"):
        post_item(desk, Draft(title, ("doctorat",), summary="Proposée par le laboratoire.", status="review"), author)
    add_source(desk, NewSource(url="https://partenaire.example/flux.xml", kind="feed", name="Un partenaire"), "cli")


def _ids(desk: Desk) -> dict[str, str]:
    items = list_items(desk, ItemFilter(limit=500))
    found = {item.status.value: item.id for item in reversed(items) if item.language == "fr"}
    return {"item": found["published"], "draft": found["draft"]}


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:
        """Say nothing of each request."""


def _chromium() -> str:
    names = ("chromium", "chromium-browser", "google-chrome")
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, names)), None)
    if not found:
        sys.exit("screenshots: no Chromium was found; install one, or name it by CHROMIUM=/path/to/it")
    return found


if __name__ == "__main__":
    for path in take(Path(sys.argv[1]) if sys.argv[1:] else FOLDER):
        print(path)
