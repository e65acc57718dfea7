"""Every page as axe-core sees it (WCAG 2.2 A and AA, and its best practices), in both languages, light and dark; and
none wider than a phone. The pages are those the application's own map of addresses knows, and those that answer its
forms: a new one is walked too, and a template that nothing here shows is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import template_rendered
from playwright.sync_api import Page

from tests.browser.answers import answers
from tests.browser.axe import violations
from tests.browser.everything import addresses, something_of_everything
from tests.browser.ways_in import Person

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TEMPLATES = Path(__file__).parents[2] / "templates"
WRITE = "text => { document.open(); document.write(text); document.close(); }"
LONG = "Anticonstitutionnellement" * 2


@pytest.fixture
def there(newsroom: Any) -> dict[str, str]:
    """Something of everything, called by a word as long as words get."""
    return something_of_everything(newsroom, lambda usual: f"{usual[:25]} {LONG}" if usual[0] != "<" else usual + LONG)


class Looking:
    """What axe and a narrow screen say of page after page."""

    def __init__(self, page: Page, scheme: str) -> None:
        self.page, self.wrong = page, []
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.add_init_script("window.onbeforeunload = null")

    def at(self, name: str) -> None:
        self.page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        self.say(name)
        self.page.set_viewport_size({"width": 320, "height": 800})
        wide = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self.wrong.append((name, "wider than 320 px", str(wide)))
        self.page.set_viewport_size({"width": 1280, "height": 900})

    def say(self, name: str) -> None:
        for violation in violations(self.page, runOnly=RULES):
            # What stands in a frame has the headings of the page around it.
            if violation["id"] != "page-has-heading-one" or not name.startswith("/embed/"):
                self.wrong += [(name, violation["id"], node["html"][:160]) for node in violation["nodes"][:3]]


def is_open(path: str) -> bool:
    """Whether a page is also for those who are not signed in."""
    return path.startswith(("/staff/login", "/staff/forgotten", "/staff/link/"))


# Each page in one language and one light with every run of the suite; the whole table in the long one.
@pytest.mark.parametrize(
    ("language", "scheme", "part"),
    [
        ("fr", "light", slice(0, None, 2)),
        ("en", "dark", slice(1, None, 2)),
        *(
            pytest.param(language, scheme, slice(None), marks=pytest.mark.long)
            for language in ("fr", "en")
            for scheme in ("light", "dark")
        ),
    ],
)
def test_axe_finds_nothing_on_any_page_and_none_is_wider_than_a_phone(
    staff: Page, newsroom: Any, there: dict[str, str], language: str, scheme: str, part: slice
) -> None:
    looking = Looking(staff, scheme)
    walked = addresses(newsroom, there)[part]
    for path in (*(each for each in walked if not is_open(each)), *(each for each in walked if is_open(each))):
        if is_open(path):
            staff.context.clear_cookies()
        answer = staff.goto(f"{newsroom.url}{path}{'&' if '?' in path else '?'}lang={language}")
        assert answer is not None
        # A part of a page stands on pages of others.
        if not path.partition("?")[0].endswith(".html"):
            looking.at(path)
    for name, text in list(answers(newsroom, there, language).items())[part]:
        staff.goto(f"{newsroom.url}/robots.txt")
        staff.evaluate(WRITE, text)
        staff.wait_for_load_state()
        looking.at(name)
    assert not looking.wrong, "\n".join(map(str, looking.wrong))


@pytest.fixture
def rendered(newsroom: Any) -> Iterator[set[str]]:
    """The templates that were filled in."""
    names: set[str] = set()

    def note(_: object, template: Any, **__: object) -> None:
        names.add(template.name)

    with template_rendered.connected_to(note, newsroom.application):
        yield names


def test_the_walk_shows_every_page_there_is(newsroom: Any, there: dict[str, str], rendered: set[str]) -> None:
    """A template without a page in the walk is one that nobody has looked at."""
    admin = Person(newsroom)
    answers(newsroom, there, "fr")
    for path in addresses(newsroom, there):
        assert admin.read(path).status_code < 500, path
    whole = {str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.html") if not path.name.startswith("_")}
    extended = set(re.findall(r'{% extends "([^"]+)" %}', "".join(p.read_text() for p in TEMPLATES.rglob("*.html"))))
    parts = {name for name in whole if name.startswith(("macros/", "embed/"))}
    assert sorted(whole - extended - parts - rendered) == []
