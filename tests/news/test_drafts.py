"""A form, taken or refused field by field."""

from __future__ import annotations

from datetime import date

import pytest

from news.drafts import Draft, check
from news.errors import InvalidFields
from news.items import Image, Status, When


@pytest.fixture
def checked(category, paris):
    known = {made.slug: made for made in (category("Masters"), category("Doctorat"))}
    return lambda **said: check(Draft(**{"title": "Un titre", **said}), known, paris, "https://news.example.org")


@pytest.mark.parametrize(
    ("field", "value", "key"),
    [
        ("title", "", "item.title.empty"),
        ("title", " \t\u00a0\n", "item.title.empty"),
        ("title", "\x00\ud800", "item.title.empty"),
        ("title", "x" * 301, "item.title.long"),
        ("categories", ("masters", "inconnue"), "item.category.unknown"),
        ("date", "demain", "date.malformed"),
        ("link", "javascript:alert(1)", "url.malformed"),
        ("summary", "x" * 5001, "item.summary.long"),
        ("body", "x" * 500_001, "item.body.long"),
        ("language", "de", "item.language.unknown"),
        ("status", "withdrawn", "item.status.unknown"),
        ("author", "x" * 201, "item.author.long"),
        ("image_url", "pas une adresse", "url.malformed"),
        ("image_alt", "x" * 501, "item.image_alt.long"),
    ],
)
def test_each_field_is_refused_with_its_own_sentence(checked, field, value, key):
    with pytest.raises(InvalidFields) as caught:
        checked(**{field: value})
    assert {name: error.key for name, error in caught.value.fields.items()} == {field: key}


def test_every_bad_field_is_named_at_once(checked):
    with pytest.raises(InvalidFields) as caught:
        checked(title="", date="demain", link="x", language="de")
    assert set(caught.value.fields) == {"title", "date", "link", "language"}
    assert caught.value.key == "item.title.empty"


def test_to_be_scheduled_an_item_needs_a_date(checked):
    with pytest.raises(InvalidFields) as caught:
        checked(status="scheduled")
    assert {name: error.key for name, error in caught.value.fields.items()} == {"date": "item.date.needed"}


def test_a_good_form_becomes_clean_values(checked):
    fields = checked(
        title="  Deux\n lignes\x00 ",
        categories=("doctorat", "masters", "doctorat"),
        date="04/10/2024",
        link=" https://example.org/a b ",
        summary="Un\r\n\r\n\r\n\r\ndeux",
        body="Premier\n\nSecond <3",
        language="en",
        status="published",
        author=" Zoé ",
        image_url="https://example.org/i.jpg",
        image_alt="Une\nvue",
    )
    assert fields.title == "Deux lignes"
    assert fields.categories == frozenset({"id-1", "id-2"})
    assert fields.when == When(day=date(2024, 10, 4))
    assert fields.link == "https://example.org/a%20b"
    assert fields.summary == "Un\n\ndeux"
    assert fields.content_html == "<p>Premier</p>\n<p>Second &lt;3</p>"
    assert (fields.language, fields.status, fields.author) == ("en", Status.PUBLISHED, "Zoé")
    assert fields.image == Image("https://example.org/i.jpg", "Une vue")


def test_what_was_left_empty_is_nothing(checked):
    fields = checked(link=" ", date=" ", author=" ", image_url=" ", image_alt="sans image")
    assert (fields.link, fields.when, fields.author, fields.image) == (None, None, None, None)
    assert fields.status is Status.DRAFT


def test_markup_in_the_body_is_sanitised_and_its_addresses_made_whole(checked):
    body = '<p onclick="x()">a<script>b</script> <a href="/c">d</a></p>'
    link = '<a href="https://news.example.org/c" rel="noopener noreferrer">d</a>'
    assert checked(body=body).content_html == f"<p>a {link}</p>"
