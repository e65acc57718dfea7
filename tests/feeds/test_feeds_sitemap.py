"""The news sitemap as a document: what Google News asks for, whatever the titles hold."""

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from feeds.sitemap import Story, write

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


def read(document: bytes) -> list[dict[str, str]]:
    found = []
    for url in etree.fromstring(document).findall(f"{SITEMAP}url"):
        told = url.find(f"{NEWS}news")
        found.append(
            {
                "loc": url.findtext(f"{SITEMAP}loc"),
                "name": told.findtext(f"{NEWS}publication/{NEWS}name"),
                "language": told.findtext(f"{NEWS}publication/{NEWS}language"),
                "date": told.findtext(f"{NEWS}publication_date"),
                "title": told.findtext(f"{NEWS}title"),
            }
        )
    return found


def test_a_story_says_where_it_is_whose_it_is_when_and_what():
    story = Story("https://news.example.org/items/1/prix", "Prix de thèse", "fr", "2026-03-01")
    assert read(write("École exemple", [story])) == [
        {
            "loc": "https://news.example.org/items/1/prix",
            "name": "École exemple",
            "language": "fr",
            "date": "2026-03-01",
            "title": "Prix de thèse",
        }
    ]


def test_without_stories_it_is_still_a_sitemap():
    assert etree.fromstring(write("École", [])).tag == f"{SITEMAP}urlset"


@given(st.text(st.characters(), max_size=200))
def test_whatever_a_title_holds_the_document_can_be_read_and_every_story_has_a_title(title):
    document = write("École", [Story("https://news.example.org/items/1/-", title, "fr", "2026-03-01")])
    (told,) = read(document)
    assert told["title"]
    assert document == write("École", [Story("https://news.example.org/items/1/-", title, "fr", "2026-03-01")])
