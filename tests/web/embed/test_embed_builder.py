"""The builder: what is chosen is shown, and said in an address to share; without JavaScript too."""

from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest

from desk.categories.named_feeds import add_named_feed
from desk.categories.named_feeds_ending import retire_named_feed
from web.embed.script import script_of


@pytest.fixture
def build(client):
    def built(**chosen):
        return lxml.html.fromstring(client.get("/embed", query_string=chosen).data)

    return built


def code(page, name: str) -> str:
    (field,) = page.cssselect(f"#sample-{name}")
    return field.text.removeprefix("\n") if field.text else ""


@pytest.mark.parametrize(("lang", "tongue"), [("fr", "fr-else-en"), ("en", "en-else-fr")])
def test_it_begins_with_each_of_all_stories_once_in_the_language_of_the_page(build, lang: str, tongue: str) -> None:
    page = build(lang=lang)
    assert f'<depeche-news selection="all" lang="{tongue}" limit="5">' in code(page, "html")
    assert page.cssselect("depeche-news")[0].get("selection") == "all"
    other = page.cssselect(".languages a")[0].get("href")
    assert "selection" not in other


def test_all_languages_can_be_chosen_and_shared(build, client) -> None:
    answer = client.get("/embed?form=1&language=&limit=5")
    assert answer.headers["Location"] == "/embed?selection=all"
    assert '<depeche-news selection="all" limit="5">' in code(build(selection="all"), "html")


def test_the_form_is_answered_by_the_address_that_says_the_same(client) -> None:
    chosen = "form=1&in=masters&in=doctorat&how=both&not=ingenieurs&language=en&limit=8&layout=cards&accent=%23112233"
    answer = client.get(f"/embed?{chosen}&own=accent&lang=en")
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.headers["Location"]).query) == {
        "selection": ["doctorat+masters!ingenieurs.en"], "limit": ["8"], "layout": ["cards"], "accent": ["112233"],
        "lang": ["en"],
    }  # fmt: skip


def test_colours_count_only_where_they_were_chosen(client) -> None:
    answer = client.get("/embed?form=1&accent=%23112233&ink=%23000000&limit=5")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/embed?selection=all")


def test_an_address_fills_the_form_again(build) -> None:
    page = build(selection="doctorat+masters!ingenieurs.fr-else-en", limit="7", layout="headlines", ink="112233")
    ticked = {(each.get("name"), each.get("value")) for each in page.cssselect("form input[checked]")}
    assert ticked == {("in", "doctorat"), ("in", "masters"), ("not", "ingenieurs"), ("how", "both"), ("own", "ink")}
    assert [each.get("value") for each in page.cssselect("form option[selected]")] == ["fr-else-en", "headlines", "3"]
    assert page.cssselect("#limit")[0].get("value") == "7"
    assert page.cssselect("input[name=ink]")[0].get("value") == "#112233"
    share = page.cssselect("#share-address")[0].get("value")
    assert share.startswith(
        "https://news.example.org/embed?selection=doctorat%2Bmasters%21ingenieurs.fr-else-en&limit=7"
    )


def test_samples_say_what_was_chosen(build, app) -> None:
    page = build(selection="masters.en", limit="3", accent="112233")
    assert '<depeche-news selection="masters" lang="en" limit="3" accent="#112233">' in code(page, "html")
    assert "All news</a>" in code(page, "html")
    assert f'integrity="{script_of(app).integrity}"' in code(page, "pinned")
    assert code(page, "wordpress") == "https://news.example.org/embed/masters.en?limit=3&accent=112233"
    assert code(page, "php").count("masters.en.html?limit=3") == 1


@pytest.mark.parametrize(
    ("chosen", "status", "said"),
    [
        ({"selection": "licence"}, 404, "licence"), ({"selection": "a+,"}, 400, ""), ({"limit": "99"}, 400, "99"),
        ({"form": "1", "in": "licence"}, 404, "licence"), ({"form": "1", "language": "de"}, 400, "de"),
        ({"layout": "<script>alert(1)</script>"}, 400, ""), ({"lang": "de"}, 400, "de"),
    ],
)  # fmt: skip
def test_a_choice_that_cannot_be_says_why(client, chosen: dict[str, str], status: int, said: str) -> None:
    answer = client.get("/embed", query_string=chosen)
    assert answer.status_code == status
    assert said in answer.text
    assert "<script>alert" not in answer.text


def test_too_many_categories_are_refused_in_words(client) -> None:
    slugs = ["ingenieurs", "doctorat", "masters", "partenariats-internationaux", "diversite-rse"]
    answer = client.get("/embed", query_string={"form": "1", "in": slugs})
    assert answer.status_code == 400


def test_colours_nobody_can_read_are_said_to_be(build) -> None:
    assert build(ink="777777", paper="888888").cssselect(".notice--warn")
    assert not build(ink="111111", paper="ffffff").cssselect(".notice--warn")


def test_it_speaks_english_too(build) -> None:
    page = build(lang="en", selection="masters", layout="cards")
    assert page.cssselect("h1")[0].text == "Embed the news"
    french = page.cssselect(".languages a")[0].get("href")
    assert "layout=cards" in french


def test_feeds_lead_to_it(client) -> None:
    page = lxml.html.fromstring(client.get("/feeds/doctorat+masters").data)
    assert page.cssselect('a[href="/embed?selection=doctorat%2Bmasters"]')


@pytest.fixture
def study(desk):
    add_named_feed(desk, "Études longues", "doctorat,masters", name_en="Long studies", actor="cli")
    add_named_feed(desk, "En anglais", "all.en", name_en="In English", actor="cli")


def test_without_named_feeds_there_is_no_choice_of_one(build) -> None:
    assert not build().cssselect("#feed")


def test_a_named_feed_is_chosen_and_its_code_names_it(build, client, study) -> None:
    assert [each.text for each in build(lang="en").cssselect("#feed option")][1:] == ["Long studies", "In English"]
    answer = client.get("/embed?form=1&feed=etudes-longues&in=ingenieurs&language=fr&limit=5")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/embed?selection=etudes-longues.fr")
    page = build(selection="etudes-longues.fr")
    assert [each.get("value") for each in page.cssselect("#feed option[selected]")] == ["etudes-longues"]
    assert not page.cssselect("input[name=in][checked]")
    assert '<depeche-news selection="etudes-longues" lang="fr" limit="5">' in code(page, "html")
    assert 'href="https://news.example.org/feeds/etudes-longues.fr"' in code(page, "html")
    assert code(page, "json") == "https://news.example.org/feeds/etudes-longues.fr.json"


def test_a_feed_that_fixes_its_language_keeps_it_whatever_is_chosen(build, client, study) -> None:
    answer = client.get("/embed?form=1&feed=en-anglais&language=fr&limit=5")
    assert answer.headers["Location"] == "/embed?selection=en-anglais"
    assert "this feed chooses it" in build(selection="en-anglais", lang="en").cssselect("label[for=language]")[0].text


def test_a_retired_feed_is_offered_to_nobody_new(build, client, desk, study) -> None:
    retire_named_feed(desk, "etudes-longues", actor="cli")
    assert [each.get("value") for each in build().cssselect("#feed option")] == ["", "en-anglais"]
    assert len(build(selection="etudes-longues").cssselect("#feed option")) == 3
    assert client.get("/embed?form=1&feed=etudes-longues").status_code == 410
    assert client.get("/embed?form=1&feed=masters").status_code == 404
