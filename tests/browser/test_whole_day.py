"""A newcomer's whole day in a real browser: invited, a first draft with a picture, reviewed, scheduled, published, a
typo repaired, an edit that readers are told of, taken back. With the mouse and with the keyboard alone, in French and
in English, and with the mouse where no JavaScript runs."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from desk.accounts.users import add_user
from desk.items.listing import list_items
from desk.items.posting import get_item
from desk.items.publishing_due import publish_due
from desk.notifying.mails import deliver
from net.mail_server import parse_smtp_url
from tests.browser.hands import Keys, Mouse
from tests.mailbox import Mailbox, mail_server
from tests.patience import PATIENCE, until
from translations import Translator, translator

pytestmark = [pytest.mark.browser, pytest.mark.long]

ADMIN, EDITOR, NEWCOMER = "redaction@ecole.example", "relecture@ecole.example", "nouvelle@ecole.example"
ADMINS, WORD, OWN = "mot de passe sûr", "un long mot de passe", "ma première journée"
DUE = datetime(2026, 6, 11, 7, 0, tzinfo=UTC)
Hands = Mouse | Keys


@dataclass
class School:
    """A newsroom that sends mail, and browsers for its people."""

    newsroom: Any
    box: Mailbox
    chromium: Browser
    language: str
    script: bool = True

    @property
    def t(self) -> Translator:
        return translator(self.language)

    def sit_down(self, hands: type[Hands]) -> Hands:
        """Somebody with a fresh browser."""
        context = self.chromium.new_context(
            java_script_enabled=self.script, locale=self.language, viewport={"width": 1280, "height": 900}
        )
        return hands(context.new_page())

    def fetched(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(self.newsroom.url + path, timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode(errors="replace")
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode()

    def shown_in(self, title: str, places: int) -> None:
        """Strangers find ``title`` in so many places, as soon as the machine gets to it. How soon news are everywhere
        is tested on an injected clock (tests/acceptance)."""
        self.newsroom.clock.go_on(seconds=2)
        until(lambda: len(self.places(title)) == places, f"{title} in {places} places")

    def places(self, title: str) -> list[str]:
        """Where strangers find ``title`` now."""
        places = ("/", "/?q=labo", "/category/doctorat", "/feeds/all.atom", "/feeds/doctorat.rss", "/feeds/all.json",
                  "/embed/doctorat.html", "/embed/all", "/sitemap-news.xml")  # fmt: skip
        return [path for path in places if title in self.fetched(path)[1]]

    def entry(self, saying: str) -> Any:
        """The item in a feed reader, once the feed says that word."""
        self.newsroom.clock.go_on(seconds=2)
        until(lambda: saying in self.fetched("/feeds/doctorat.atom")[1], saying)
        return feedparser.parse(self.fetched("/feeds/doctorat.atom")[1]).entries[0]


@pytest.fixture
def school(newsroom: Any, chromium: Browser) -> Iterator[School]:
    with mail_server() as box:
        desk = newsroom.desk.with_settings(smtp=parse_smtp_url(f"smtp://127.0.0.1:{box.port}"))
        newsroom.application.extensions["desk"] = newsroom.desk = desk
        add_user(desk, EDITOR, "editor", WORD, "test")
        yield School(newsroom, box, chromium, "fr")
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def photograph(tmp_path: Path, draw: Any) -> Path:
    file = tmp_path / "photographie.jpg"
    file.write_bytes(draw(800, 500))
    return file


def field(page: Page, name: str) -> Any:
    return page.locator(f"#{name}")


def sign_in(school: School, hands: Hands, email: str, word: str) -> None:
    hands.page.goto(f"{school.newsroom.url}/staff/login?lang={school.language}")
    come_in(school, hands, email, word, "/staff/")


def come_in(school: School, hands: Hands, email: str, word: str, onward: str) -> None:
    """From the sign-in page to what was wanted."""
    page = hands.page
    hands.write(field(page, "email"), email)
    hands.write(field(page, "password"), word)
    hands.press(page.get_by_role("button", name=school.t("staff.login.button")))
    page.wait_for_url(f"**{onward}")


def save(school: School, hands: Hands, said: str, **more: str) -> None:
    hands.press(hands.page.locator("[data-save]"))
    expect(hands.page.locator(".flashes")).to_contain_text(school.t(said, **more))


def state(page: Page, status: str) -> Any:
    return page.locator(f"#status [name=status][value={status}]")


def invited(school: School, hands: Hands) -> Hands:
    """The admin invites; the newcomer comes in by the link in the mail."""
    page, t = hands.page, school.t
    sign_in(school, hands, ADMIN, ADMINS)
    hands.press(page.get_by_role("link", name=t("staff.users"), exact=True))
    hands.write(field(page, "email"), NEWCOMER)
    hands.press(page.get_by_role("button", name=t("staff.user.add"), exact=True))
    expect(page.locator(".flashes")).to_contain_text(t("account.link.mailed", email=NEWCOMER))
    deliver(school.newsroom.desk)
    assert school.box.mails[-1]["To"] == NEWCOMER
    newcomer = school.sit_down(type(hands))
    page = newcomer.page
    page.goto(f"{school.box.link()}?lang={school.language}")
    newcomer.write(field(page, "password"), OWN)
    newcomer.press(page.get_by_role("button", name=t("account.link.button")))
    page.wait_for_url("**/staff/login*")
    sign_in(school, newcomer, NEWCOMER, OWN)
    return newcomer


def drafted(school: School, hands: Hands, photograph: Path) -> str:
    """The first draft, with a picture; seen, and proposed. Its id."""
    page, t = hands.page, school.t
    hands.press(page.get_by_role("link", name=t("staff.item.new"), exact=True).first)
    page.wait_for_url("**/staff/items/new?form=*")
    hands.write(field(page, "title"), "Un labo de l'hydrogene")
    hands.tick(page.locator("[name=categories][value=doctorat]"))
    hands.write(field(page, "summary"), "Douze chercheurs.")
    hands.write(field(page, "body"), "Le laboratoire ouvre en septenbre.")
    hands.press(page.locator("details.extra > summary").first)
    hands.bring(field(page, "image_file"), photograph)
    hands.write(field(page, "image_alt"), "Quatre couleurs")
    hands.write(field(page, "image_credit"), "Ada")
    hands.choose(page.locator("[name=preview-as][value=page]"))
    if school.script:
        expect(page.locator(".view--page")).to_contain_text("Le laboratoire ouvre en septenbre.")
        expect(page.locator("[data-picture-now]")).to_be_visible()
    save(school, hands, "staff.saved.draft")
    expect(page.locator(".view--page img")).to_have_attribute("alt", "Quatre couleurs")
    hands.choose(state(page, "published"))
    save(school, hands, "staff.saved.review")
    school.shown_in("hydrogene", 0)
    (item,) = list_items(school.newsroom.desk)
    return item.id


def scheduled(school: School, hands: Hands, item_id: str) -> None:
    """The editor finds it in the queue, mends the summary and gives it its time."""
    page, t = hands.page, school.t
    sign_in(school, hands, EDITOR, WORD)
    hands.press(page.locator(".desk__nav").get_by_role("link", name=t("staff.review")))
    hands.press(page.get_by_role("link", name="Un labo de l'hydrogene"))
    page.wait_for_url(f"**/staff/items/{item_id}")
    hands.write(field(page, "date"), "2026-06-11 09:00")
    hands.write(field(page, "summary"), "Douze chercheurs et leurs doctorants.")
    hands.choose(state(page, "published"))
    when = "11 June 2026 at 9:00" if school.language == "en" else "11 juin 2026 à 9\u00a0h"
    save(school, hands, "staff.saved.scheduled", when=when)
    school.shown_in("hydrogene", 0)


def out(school: School, item_id: str) -> str:
    """Its time comes. The address of its picture."""
    school.newsroom.clock.set(DUE)
    publish_due(school.newsroom.desk)
    school.shown_in("hydrogene", 9)
    item = get_item(school.newsroom.desk, item_id)
    assert item.image and item.image.kept
    picture = f"/media/{item.image.kept.id}/{item.image.kept.best().name}"
    assert school.fetched(picture)[0] == 200
    return picture


def corrected(school: School, hands: Hands, item_id: str) -> None:
    """Next day: a typo is mended and readers are not told; a new title, and they are."""
    page, first = hands.page, school.entry("septenbre")
    school.newsroom.clock.go_on(hours=1)
    page.reload()
    come_in(school, hands, EDITOR, WORD, f"/staff/items/{item_id}")
    hands.write(field(page, "body"), "Le laboratoire ouvre en septembre.")
    hands.tick(page.locator("[name=significant]"))
    save(school, hands, "staff.saved.updated")
    mended = school.entry("septembre")
    assert (mended.id, mended.updated) == (first.id, first.updated)
    school.newsroom.clock.go_on(hours=1)
    hands.write(field(page, "title"), "Le labo de l'hydrogene ouvre")
    save(school, hands, "staff.saved.updated")
    told = school.entry("Le labo de l'hydrogene ouvre")
    assert (told.id, told.title, told.published) == (first.id, "Le labo de l'hydrogene ouvre", first.published)
    assert told.updated > first.updated


def taken_back(school: School, hands: Hands, item_id: str, picture: str) -> None:
    """Retracted with a reason: gone from everywhere, and said so."""
    page, t, guid = hands.page, school.t, get_item(school.newsroom.desk, item_id).guid
    hands.press(page.locator("details.retract > summary"))
    hands.write(page.locator(".retract [name=reason]"), "Une erreur de date.")
    hands.press(page.get_by_role("button", name=t("staff.retract.button"), exact=True))
    expect(page.locator(".undo [role=status]")).to_contain_text("Le labo de l'hydrogene ouvre")
    expect(page.locator(".history")).to_contain_text("Une erreur de date.")
    school.shown_in("hydrogene", 0)
    atom = school.fetched("/feeds/doctorat.atom")[1]
    assert "deleted-entry" in atom and guid in atom
    assert school.fetched(f"/items/{item_id}")[0] == 410
    assert school.fetched(picture)[0] == 410


def whole_day(school: School, hands: type[Hands], photograph: Path) -> Hands:
    newcomer = invited(school, school.sit_down(hands))
    item_id = drafted(school, newcomer, photograph)
    editor = school.sit_down(hands)
    scheduled(school, editor, item_id)
    picture = out(school, item_id)
    corrected(school, editor, item_id)
    taken_back(school, editor, item_id, picture)
    return newcomer


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_newcomers_whole_day_with_the_mouse(school: School, photograph: Path, language: str) -> None:
    school.language = language
    whole_day(school, Mouse, photograph)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_newcomers_whole_day_by_keyboard_alone(school: School, photograph: Path, language: str) -> None:
    school.language = language
    whole_day(school, Keys, photograph)


def test_a_newcomers_whole_day_without_javascript(school: School, photograph: Path) -> None:
    school.script = False
    whole_day(school, Mouse, photograph)
