"""An item's page."""

from collections.abc import Callable

import lxml.html
from flask.testing import FlaskClient

from desk.context import Desk
from desk.items.posting import post_item, retract_item
from news.drafts import Draft
from news.items import Item

Post = Callable[..., Item]


def test_an_item_tells_everything_it_has(client: FlaskClient, post: Post) -> None:
    item = post(
        "Prix de thèse", "doctorat", summary="Un résumé.", body="<p>Le <strong>texte</strong>.</p>", author="A. Martin",
        link="https://partner.example/suite", image_url="https://pictures.example/p.jpg", image_alt="La salle",
    )  # fmt: skip
    page = client.get(f"/items/{item.id}/prix-de-these")
    for shown in ("Un résumé.", "<strong>texte</strong>", "Par A. Martin", "1er mars 2026", 'alt="La salle"'):
        assert shown in page.text
    assert (
        lxml.html.fromstring(page.text).cssselect(".story__onward a")[0].get("href") == "https://partner.example/suite"
    )


def test_every_other_address_of_an_item_leads_to_its_one_address(client: FlaskClient, post: Post) -> None:
    item = post("Prix de thèse")
    for other in ("", "/", "/ancien-titre"):
        answer = client.get(f"/items/{item.id}{other}")
        assert answer.status_code == 301
        assert answer.headers["Location"] == f"/items/{item.id}/prix-de-these"
        assert "max-age=60" in answer.headers["Cache-Control"]


def test_an_item_without_a_category_leads_on_to_the_other_news(client: FlaskClient, post: Post) -> None:
    alone, other = post("Sans rubrique"), post("Prix de thèse", "doctorat")
    answer = client.get(f"/items/{alone.id}/sans-rubrique")
    assert answer.status_code == 200
    page = lxml.html.fromstring(answer.text)
    targets = [link.get("href") for link in page.cssselect("[aria-labelledby=more] a")]
    assert targets == [f"/items/{other.id}/prix-de-these", "/"]


def test_a_withdrawn_item_is_gone_and_a_draft_was_never_there(client: FlaskClient, post: Post, desk: Desk) -> None:
    shown, draft = post("Publiée"), post("Brouillon", status="draft")
    retract_item(desk, shown.id, "cli")
    gone = client.get(f"/items/{shown.id}/publiee")
    assert gone.status_code == 410
    assert "Publiée" not in gone.text
    assert client.get(f"/items/{draft.id}/brouillon").status_code == 404


def test_an_unknown_or_senseless_id_is_not_found(client: FlaskClient) -> None:
    for item_id in ("01a20615-8d04-7000-9747-fdbe6a367287", "x", "%00", "..", "1%20or%201=1", "é" * 300):
        assert client.get(f"/items/{item_id}").status_code == 404


def test_an_item_speaks_its_own_language_and_names_its_translations(client: FlaskClient, desk: Desk) -> None:
    said = {"date": "2026-03-01", "status": "published", "categories": ()}
    french = post_item(desk, Draft(title="Bonjour", language="fr", **said), "cli")
    english = post_item(desk, Draft(title="Hello", language="en", **said), "cli", story_of=french.id)
    page = lxml.html.fromstring(client.get(f"/items/{english.id}/hello").text)
    assert page.get("lang") == "en"
    assert page.cssselect(".languages a")[0].get("href") == f"/items/{french.id}/bonjour"
    alternates = {each.get("hreflang"): each.get("href") for each in page.cssselect("link[hreflang]")}
    assert alternates == {
        "fr": f"https://news.example.org/items/{french.id}/bonjour",
        "en": f"https://news.example.org/items/{english.id}/hello",
    }


def test_a_title_is_text_never_markup(client: FlaskClient, post: Post) -> None:
    item = post('<script>alert(1)</script> & "guillemets"')
    for address in ("/", client.get(f"/items/{item.id}").headers["Location"]):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; " in page


def test_a_page_says_its_one_absolute_address_whatever_host_was_asked(client: FlaskClient, post: Post) -> None:
    item = post("Prix de thèse")
    address = f"/items/{item.id}/prix-de-these"
    answer = client.get(address, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert f'<link rel="canonical" href="https://news.example.org{address}">' in answer.text
    assert "evil.example" not in answer.text
