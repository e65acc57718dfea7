"""The front page, categories and search."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import lxml.html
import pytest
from flask.testing import FlaskClient

from desk.categories.registry import rename_category
from desk.context import Desk
from desk.items.posting import retract_item
from news.items import Item

Post = Callable[..., Item]


def titles(client: FlaskClient, address: str) -> list[str]:
    """The titles in the column of news at ``address``."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return [
        " ".join(found.text_content().split())
        for found in lxml.html.fromstring(answer.text).cssselect(".item__title a")
    ]


def test_the_front_page_shows_news_newest_first(client: FlaskClient, post: Post) -> None:
    post("Ancienne", "doctorat", date="2026-02-01")
    post("Récente", "masters", date="2026-03-01")
    post("Intermédiaire", date="2026-02-15")
    assert titles(client, "/") == ["Récente", "Intermédiaire", "Ancienne"]


def test_what_stands_first_says_so_on_pages_and_in_no_feed(client: FlaskClient, post: Post) -> None:
    post("Ancienne", "doctorat", date="2026-02-01", pin="2026-04-01")
    post("Récente", "doctorat", date="2026-03-01")
    for address in ("/", "/category/doctorat?lang=fr", "/?q=ancienne"):
        page = lxml.html.fromstring(client.get(address).text)
        assert [each.text for each in page.cssselect(".item .tag--first")] == ["À la une"]
    assert titles(client, "/") == ["Ancienne", "Récente"]
    assert "À la une" not in client.get("/feeds/doctorat.json").text


def test_what_is_not_published_is_on_no_page(client: FlaskClient, post: Post, desk: Desk) -> None:
    post("Brouillon", "doctorat", status="draft")
    post("Plus tard", "doctorat", date="2026-06-01")
    gone = post("Retirée", "doctorat")
    retract_item(desk, gone.id, "cli")
    for address in ("/", "/category/doctorat", "/feeds/doctorat", "/?q=brouillon", "/?q=retiree"):
        page = client.get(address).text
        assert not any(word in page for word in ("Brouillon", "Plus tard", "Retirée"))


def test_a_day_reads_as_that_day_for_people_and_machines(client: FlaskClient, post: Post) -> None:
    post("Un jour", date="2026-03-01")
    post("Un moment", date="2026-02-28T09:05")
    days = lxml.html.fromstring(client.get("/").text).cssselect(".item__day time")
    assert [(each.text_content(), each.get("datetime")) for each in days] == [
        ("1er mars 2026", "2026-03-01"),
        ("28 février 2026", "2026-02-28T09:05:00+01:00"),
    ]


def test_categories_stand_by_rank_and_are_escaped_once(client: FlaskClient, post: Post) -> None:
    post("Une actualité", "diversite-rse", "ingenieurs")
    answer = client.get("/")
    shown = lxml.html.fromstring(answer.text).cssselect(".item .categories a")
    assert [each.text for each in shown] == ["Ingénieurs", "Diversité & RSE"]
    assert "Diversité &amp; RSE" in answer.text
    assert "&amp;amp;" not in answer.text


def test_a_category_shows_its_own_news_only(client: FlaskClient, post: Post) -> None:
    post("Thèse", "doctorat")
    post("Robot", "ingenieurs")
    assert titles(client, "/category/doctorat") == ["Thèse"]


def test_an_address_a_category_had_before_leads_to_the_present_one(client: FlaskClient, desk: Desk) -> None:
    rename_category(desk, "doctorat", name_fr="Recherche doctorale", new_slug="recherche", actor="cli")
    answer = client.get("/category/doctorat?page=2&lang=en")
    assert answer.status_code == 301
    assert answer.headers["Location"] == "/category/recherche?lang=en&page=2"
    assert "max-age=60" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("slug", ["inconnue", "all", "doctorat+masters", "doctorat.en", "doctorat!masters"])
def test_an_address_that_is_no_category_is_not_found(client: FlaskClient, slug: str) -> None:
    assert client.get(f"/category/{slug}").status_code == 404


def test_a_retired_category_is_gone(client: FlaskClient, desk: Desk) -> None:
    with desk.storage.transaction() as tx:
        category = tx.category_of_slug("masters")
        assert category
        tx.put_category(replace(category, retired=desk.now()), desk.now())
    for address in ("/category/masters", "/feeds/masters"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert answer.headers["Cache-Control"] == "public, max-age=60"
    assert "Masters" not in client.get("/").text


def test_an_empty_category_offers_its_feed_all_the_same(client: FlaskClient) -> None:
    page = lxml.html.fromstring(client.get("/category/masters").text)
    assert page.cssselect(".empty a.button")[0].get("href") == "/feeds/masters"


def test_titles_lead_outward_only_where_the_newsroom_tells_no_more(client: FlaskClient, post: Post) -> None:
    post("Ailleurs", link="https://partner.example/a", date="2026-03-01")
    here = post("Ici", link="https://partner.example/b", body="<p>Tout le texte.</p>", date="2026-02-01")
    page = lxml.html.fromstring(client.get("/").text)
    assert [each.get("href") for each in page.cssselect(".item__title a")] == [
        "https://partner.example/a",
        f"/items/{here.id}/ici",
    ]


def test_pages_follow_each_other_without_gap_or_repetition(client: FlaskClient, post: Post, desk: Desk) -> None:
    start = desk.now().date() - timedelta(days=60)
    for number in range(45):
        post(f"Actualité {number}", date=(start + timedelta(days=number)).isoformat())
    pages = [titles(client, f"/?page={number}") for number in (1, 2, 3)]
    assert [len(each) for each in pages] == [20, 20, 5]
    assert [*pages[0], *pages[1], *pages[2]] == [f"Actualité {number}" for number in reversed(range(45))]
    assert client.get("/?page=4").status_code == 404


def test_search_ignores_accents_and_says_what_was_searched(client: FlaskClient, post: Post) -> None:
    post("Une école ouverte")
    post("Autre chose")
    assert titles(client, "/?q=ecole") == ["Une école ouverte"]
    assert "Recherche\u00a0: «\u00a0ecole\u00a0»" in client.get("/?q=ecole").text


def test_a_search_that_finds_nothing_offers_a_way_out(client: FlaskClient) -> None:
    page = lxml.html.fromstring(client.get("/category/masters?q=licorne&lang=en").text)
    ways = [each.get("href") for each in page.cssselect(".empty a")]
    assert ways == ["/?lang=en&q=licorne", "/category/masters?q=licorne", "/?lang=en"]


def test_the_language_of_the_address_chooses_words_and_news(client: FlaskClient, post: Post) -> None:
    french = post("Bonjour", "doctorat", language="fr")
    post("Hello", "doctorat", language="en")
    assert titles(client, "/?lang=en") == ["Hello"]
    assert titles(client, "/?lang=fr") == ["Bonjour"]
    english = client.get("/category/doctorat?lang=en")
    assert '<html lang="en">' in english.text
    assert 'href="/feeds/doctorat.en.atom"' in english.text
    assert french.id not in english.text


def test_the_language_switch_stays_on_the_page(client: FlaskClient) -> None:
    for address, other in (("/category/doctorat", "?lang=en"), ("/category/doctorat?lang=en", "")):
        page = lxml.html.fromstring(client.get(address).text)
        assert [each.get("href") for each in page.cssselect(".languages a")] == [f"/category/doctorat{other}"]


def test_without_a_language_each_story_stands_once_in_the_newsrooms_own(client: FlaskClient, desk: Desk) -> None:
    from desk.items.posting import post_item
    from news.drafts import Draft

    said = {"date": "2026-03-01", "status": "published", "categories": ()}
    first = post_item(desk, Draft(title="Hello", language="en", **said), "cli")
    post_item(desk, Draft(title="Bonjour", language="fr", **said), "cli", story_of=first.id)
    post_item(desk, Draft(title="English only", language="en", **said), "cli")
    assert sorted(titles(client, "/")) == ["Bonjour", "English only"]


def test_news_in_another_language_says_so(client: FlaskClient, post: Post) -> None:
    post("English only", language="en")
    page = lxml.html.fromstring(client.get("/").text)
    assert page.cssselect(".item__title")[0].get("lang") == "en"
    assert page.cssselect(".item .tag")[0].text == "en anglais"


def test_the_accept_language_of_a_browser_changes_nothing(client: FlaskClient, post: Post) -> None:
    post("Bonjour")
    assert client.get("/", headers={"Accept-Language": "en"}).data == client.get("/").data
