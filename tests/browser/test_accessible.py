"""Every page as axe-core sees it (WCAG 2.2 A and AA, and its best practices), in both languages, light and dark; and
none wider than a phone. The pages are those the application's own map of addresses knows: a new one is walked too."""

from __future__ import annotations

from datetime import date

import pytest

from app import create_app
from desk.categories_ending import retire_category
from desk.items import Draft, post_item, retract_item
from desk.links import link_for
from desk.named_feeds import add_named_feed
from desk.sources import NewSource, add_source
from desk.users import add_user
from tests.browser.axe import violations

pytestmark = pytest.mark.browser

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What is for programs, and what is not a page of ours: files, feeds, parts of pages for others to include.
FOR_PROGRAMS = (
    "static", "/feeds/<", ".xml", ".txt", ".js", ".css", ".opml", "/healthz", "/readyz", "/metrics", "/oembed",
    "/media/", "/pictures/", "/api/", "/embed/<", "/staff/pictures/",
)  # fmt: skip
BESIDE = (
    "/?q=rien", "/?q=dipl%C3%B4me&page=1", "/nowhere", "/category/masters", "/embed/all", "/feeds/doctorat",
    "/feeds/choix", "/staff/?status=draft&sort=oldest", "/staff/?q=rien", "/staff/calendar?month=2026-10",
    "/staff/calendar?month=2026-10&view=agenda", "/staff/nowhere", "/staff/items/new?translates={item_id}",
    "/staff/items/join?of={item_id}&other={other_id}", "/staff/items/{item_id}?beside={other_id}",
)  # fmt: skip
LONG = "Anticonstitutionnellement" * 4


@pytest.fixture
def there(newsroom):
    """Something of everything; what stands in the place of each variable of an address."""
    desk = newsroom.desk
    person = add_user(desk, "autrice@ecole.example", "author", "un long mot de passe", "test")
    source = add_source(desk, NewSource(url="https://partenaire.example/flux.xml", kind="feed", name=LONG), "test")
    feed = add_named_feed(desk, "Choix", "doctorat,masters", actor="test").feed
    body = f"<h2>Un titre</h2><p>Corps, <a href='/feeds'>lien</a>.</p><pre>{LONG * 3}</pre>"
    last = None
    for number, status in enumerate(("draft", "review", "published", "published", "published")):
        other = last
        last = post_item(
            desk,
            Draft(
                f"Un diplôme {number} {LONG if number == 3 else ''}", ("doctorat", "partenariats-internationaux"),
                date(2026, 5, number + 1).isoformat(), summary="Un résumé. " * 12, body=body, status=status,
                language="en" if number == 2 else "fr", author="Zoé Martin",
            ),
            person if number == 1 else "test",
        )  # fmt: skip
    post_item(desk, Draft("Programmée", date="2026-10-04 09:00", status="published"), "test")
    retract_item(desk, post_item(desk, Draft("Retirée", date="2026-05-01", status="published"), "test").id, "test")
    retire_category(desk, "diversite-rse", actor="test")
    return {
        "item_id": last.id, "other_id": other.id, "source_id": source.id, "user_id": person.id, "slug": "doctorat",
        "address": feed.slug,
        "selection": "doctorat", "secret": str(link_for(desk, person.email, "test", mailed=False)).rpartition("/")[2],
    }  # fmt: skip


def addresses(newsroom, there):
    """Every page that can be asked for with what is there, but for those for programs."""
    found = []
    for rule in create_app(newsroom.desk).url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or any(part in rule.rule for part in FOR_PROGRAMS):
            continue
        if not rule.arguments <= there.keys() or rule.rule.startswith("/items/<item_id>/"):
            continue
        built = rule.build({name: there[name] for name in rule.arguments})
        if built:
            found.append(built[1])
    return sorted({*found, *(path.format(**there) for path in BESIDE)})


@pytest.mark.parametrize(
    ("language", "scheme"),
    [
        ("fr", "light"),
        ("en", "dark"),
        pytest.param("fr", "dark", marks=pytest.mark.long),
        pytest.param("en", "light", marks=pytest.mark.long),
    ],
)
def test_axe_finds_nothing_on_any_page_and_none_is_wider_than_a_phone(staff, newsroom, there, language, scheme):
    wrong, seen = [], addresses(newsroom, there)
    assert len(seen) > 30
    staff.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    staff.add_init_script("window.onbeforeunload = null")
    inside = [path for path in seen if not path.startswith("/staff/login")]
    staff.goto(f"{newsroom.url}/staff/items/new?lang={language}")
    staff.click("[data-save]")
    for violation in violations(staff, runOnly=RULES):
        wrong += [("the form with its errors", violation["id"], node["html"][:160]) for node in violation["nodes"][:3]]
    for path in (*inside, "/staff/login"):
        if path == "/staff/login":
            staff.context.clear_cookies()
        staff.set_viewport_size({"width": 1280, "height": 900})
        answer = staff.goto(f"{newsroom.url}{path}{'&' if '?' in path else '?'}lang={language}")
        if answer is None or "html" not in answer.headers.get("content-type", ""):
            continue
        staff.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
        for violation in violations(staff, runOnly=RULES):
            wrong += [(path, violation["id"], node["html"][:160]) for node in violation["nodes"][:3]]
        staff.set_viewport_size({"width": 320, "height": 800})
        wide = staff.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            wrong.append((path, "wider than 320 px", str(wide)))
    assert not wrong, "\n".join(map(str, wrong))
