"""The block as partner pages include it."""

import re
from html.parser import HTMLParser

import pytest

from desk.categories.registry import order_categories
from desk.items.posting import retract_item


class Outline(HTMLParser):
    """The tags of a fragment, and its text without them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag, attrs) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture
def block(client):
    def read(address: str) -> Outline:
        outline = Outline()
        outline.feed(client.get(address).text)
        return outline

    return read


def test_an_items_line_is_its_categories_by_rank_and_its_day(block, post) -> None:
    post("Atelier", "partenariats-internationaux", "masters", "doctorat", date="2024-09-16")
    assert "Doctorat, Masters, Partenariats internationaux — 16/09/2024" in block("/embed/all.html").text


def test_in_english_names_and_days_are_english(block, post) -> None:
    post("Workshop", "partenariats-internationaux", "masters", date="2024-10-04", language="en")
    shown = block("/embed/all.en.html").text
    assert "Masters, International partnerships — 4 October 2024" in shown
    assert "All news" in shown


def test_an_item_without_a_category_shows_its_day_alone(block, post) -> None:
    post("Atelier", date="2024-09-16")
    assert re.search(r"\n16/09/2024\n", block("/embed/all.html").text)


def test_the_machine_reads_the_day(block, post) -> None:
    post("Atelier", "masters", date="2024-09-16")
    assert ("time", {"datetime": "2024-09-16"}) in block("/embed/masters.html").tags


def test_a_moment_is_shown_as_the_newsrooms_day(block, post) -> None:
    post("Minuit passé", "masters", date="2026-03-01T00:30")
    shown = block("/embed/masters.html")
    assert "01/03/2026" in shown.text
    assert ("time", {"datetime": "2026-03-01T00:30:00+01:00"}) in shown.tags


def test_the_title_links_to_the_items_link_or_else_its_page(block, post) -> None:
    post("Ailleurs", "masters", link="https://partner.example.net/a?b=1&c=2", date="2026-01-02")
    here = post("Ici", "masters", date="2026-01-01")
    links = [attributes["href"] for tag, attributes in block("/embed/masters.html").tags if tag == "a"]
    assert links[:2] == ["https://partner.example.net/a?b=1&c=2", f"https://news.example.org/items/{here.id}/ici"]


def test_an_excerpt_is_cut_at_a_word_only_when_it_is_long(block, post) -> None:
    post("Court", "masters", summary="Une phrase.")
    post("Long", "doctorat", summary="mot " * 60)
    assert "[...]" not in block("/embed/masters.html").text
    assert "mot mot [...]\n" in block("/embed/doctorat.html").text


@pytest.mark.parametrize(
    ("selection", "page"),
    [
        ("all", "/"),
        ("masters", "/category/masters"),
        ("masters.en", "/category/masters?lang=en"),
        ("doctorat+masters", "/feeds/doctorat+masters"),
    ],
)
def test_it_ends_with_a_link_to_the_same_selections_page(block, selection: str, page: str) -> None:
    last = [attributes for tag, attributes in block(f"/embed/{selection}.html").tags if tag == "a"][-1]
    assert last["href"] == f"https://news.example.org{page}"
    assert last.keys() == ({"href"} if selection == "all" else {"href", "aria-label"})


def test_it_shows_five_items_or_as_many_as_asked(block, post) -> None:
    for number in range(8):
        post(f"n° {number}", "masters")

    def count(address: str) -> int:
        return [tag for tag, _ in block(address).tags].count("li")

    assert count("/embed/masters.html") == 5
    assert count("/embed/masters.html?limit=7") == 7
    assert count("/embed/masters.html?limit=20") == 8


def test_an_item_in_another_language_says_so(block, post) -> None:
    post("A visit", "masters", language="en", summary="Forty students.")
    tags = block("/embed/masters.html").tags
    label = "Dernières actualités\u00a0: Masters"
    assert ("section", {"class": "depeche-news", "lang": "fr", "dir": "ltr", "aria-label": label}) in tags
    assert [tag for tag, attributes in tags if attributes.get("lang") == "en"] == ["h3", "p"]


def test_it_brings_no_style_and_no_script(block, post) -> None:
    post("Une visite", "masters")
    shown = block("/embed/masters.html").tags
    assert {tag for tag, _ in shown} == {"section", "ul", "li", "h3", "a", "p", "time"}
    assert not [
        attributes for _, attributes in shown if "style" in attributes or any(n.startswith("on") for n in attributes)
    ]


def test_what_people_write_stays_text(block, post) -> None:
    post("<script>alert(1)</script> & co", "masters", summary="</section><img src=x onerror=alert(1)>")
    shown = block("/embed/masters.html")
    assert "<script>alert(1)</script> & co" in shown.text
    assert {"script", "img"}.isdisjoint(tag for tag, _ in shown.tags)


def test_an_empty_block_says_what_will_come(block) -> None:
    shown = block("/embed/masters.html")
    assert "Pas encore d’actualité" in shown.text
    assert "Toutes les actualités" in shown.text


def test_a_retracted_item_leaves_the_block(block, post, desk, app) -> None:
    item = post("Erreur", "masters")
    assert "Erreur" in block("/embed/masters.html").text
    retract_item(desk, item.id, "cli")
    app.extensions["publisher"].changed()
    assert "Erreur" not in block("/embed/masters.html").text


def test_another_order_of_categories_shows_in_the_block(block, post, desk, app) -> None:
    post("Atelier", "doctorat", "masters")
    assert "Doctorat, Masters — " in block("/embed/masters.html").text
    order_categories(desk, ["masters"], "cli")
    app.extensions["publisher"].changed()
    assert "Masters, Doctorat — " in block("/embed/masters.html").text
