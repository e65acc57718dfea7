"""What an item's page says to search engines: schema.org NewsArticle, and nothing that could run."""

import json
from dataclasses import replace

import lxml.html
import pytest

from desk.items.posting import post_item
from news.drafts import Draft

HOSTILE = ("</script><script>alert(1)</script>", "<!--<script>", "]]> & \u2028 \"quoted\" 'single'", "\\u003c\\")


def article(client, item):
    page = client.get(client.get(f"/items/{item.id}").headers["Location"])
    (script,) = lxml.html.fromstring(page.text).cssselect("script[type='application/ld+json']")
    return json.loads(script.text)


def test_an_item_is_a_news_article(client, post):
    item = post(
        "Prix de thèse", "doctorat", "masters", date="2026-03-01 09:00", summary="Un résumé.", author="A. Martin",
        image_url="https://pictures.example/p.jpg", image_alt="La salle",
    )  # fmt: skip
    newsroom = {"@type": "NewsMediaOrganization", "name": "École exemple", "url": "https://news.example.org/"}
    assert article(client, item) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": f"https://news.example.org/items/{item.id}/prix-de-these",
        "headline": "Prix de thèse",
        "datePublished": "2026-03-01T09:00:00+01:00",
        "dateModified": "2026-03-01T08:00:00Z",
        "inLanguage": "fr",
        "description": "Un résumé.",
        "articleSection": ["Doctorat", "Masters"],
        "author": {"@type": "Person", "name": "A. Martin"},
        "publisher": newsroom,
        "image": [{"@type": "ImageObject", "url": "https://pictures.example/p.jpg", "caption": "La salle"}],
    }


def test_without_an_author_the_newsroom_is_and_what_is_not_there_is_not_named(client, post):
    told = article(client, post("Brève"))
    assert told["author"] == told["publisher"]
    assert not {"image", "articleSection", "isBasedOn", "description"} & told.keys()
    assert told["datePublished"] == "2026-03-01"


def test_an_english_item_names_its_sections_in_english(client, post):
    assert article(client, post("Prize", "doctorat", language="en"))["articleSection"] == ["Doctorate"]


@pytest.mark.parametrize("title", HOSTILE)
def test_no_title_ends_the_script_it_stands_in(client, post, title):
    item = post(title, summary=title, author=title)
    told = article(client, item)
    assert (told["headline"], told["author"]["name"]) == (item.title, item.author)
    page = client.get(client.get(f"/items/{item.id}").headers["Location"])
    assert len(lxml.html.fromstring(page.text).cssselect("script:not([src])")) == 1


def test_open_graph_says_the_same_as_the_article(client, post):
    item = post("Prix de thèse", "doctorat", summary="Un résumé.", image_url="https://pictures.example/p.jpg")
    page = lxml.html.fromstring(client.get(f"/items/{item.id}/prix-de-these").text)
    said = {each.get("property"): each.get("content") for each in page.cssselect("meta[property]")}
    told = article(client, item)
    assert said["og:type"] == "article"
    assert said["og:title"] == told["headline"]
    assert said["og:url"] == told["mainEntityOfPage"]
    assert said["og:description"] == told["description"]
    assert said["og:image"] == told["image"][0]["url"]
    assert said["article:published_time"] == told["datePublished"]
    assert said["article:modified_time"] == told["dateModified"]
    assert said["article:section"] == told["articleSection"][0]


def test_translations_name_each_other_and_themselves(client, post, desk):
    french = post("Bonjour")
    english = Draft(title="Hello", language="en", date="2026-03-01", status="published")
    made = post_item(desk, replace(english), "cli", story_of=french.id)
    pairs = []
    for path in (f"/items/{french.id}/bonjour", f"/items/{made.id}/hello"):
        page = lxml.html.fromstring(client.get(path).text)
        pairs.append({each.get("hreflang"): each.get("href") for each in page.cssselect("link[hreflang]")})
    assert pairs[0] == pairs[1]
    assert set(pairs[0]) == {"fr", "en"}
