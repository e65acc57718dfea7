import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import DepecheError, NotUnderstood
from news.items import Image, When
from news.sources import Kind

VERSION = "https://jsonfeed.org/version/1.1"


@pytest.fixture
def read_items(read_as):
    def reading(*items, **head):
        return read_as(json.dumps({"version": VERSION, "title": "Labo", "items": list(items), **head}))

    return reading


def test_an_item_is_read_whole(read_items):
    reading = read_items(
        {
            "id": "7", "url": "/prix", "title": "Diversité & RSE",
            "content_html": "<p>Le <script>x</script><b>"
            "texte</b></p>",
            "summary": "Un début [...]", "image": "/i.jpg", "date_published": "2024-10-04T09:00:00+02:00",
            "date_modified": "2024-10-05T00:00:00Z", "authors": [{"name": "Léa"}, {"name": "Paul"}],
            "tags": ["A", "B", "A"],
            "language": "fr",
        },
        language="fr-FR",
        home_page_url="https://labo.example/",
    )  # fmt: skip
    (entry,) = reading.entries
    assert (reading.format, reading.title, reading.language, reading.home) == (
        "json",
        "Labo",
        "fr-FR",
        "https://labo.example/",
    )
    assert (entry.guid, entry.link, entry.title) == ("7", "https://site.example/prix", "Diversité & RSE")
    assert (entry.summary, entry.content_html) == ("Un début", "<p>Le <b>texte</b></p>")
    assert (entry.author, entry.terms, entry.language) == ("Léa, Paul", ("A", "B"), "fr")
    assert entry.image == Image("https://site.example/i.jpg")
    assert entry.published == When(moment=datetime(2024, 10, 4, 7, tzinfo=UTC))
    assert entry.updated == When(moment=datetime(2024, 10, 5, tzinfo=UTC))


def test_a_text_item_of_version_1_is_read(read_items):
    (entry,) = read_items(
        {"id": 12, "content_text": "Un mot", "date_published": "2024-10-04", "author": {"name": "Léa"}},
        version="https://jsonfeed.org/version/1",
    ).entries
    assert (entry.title, entry.guid, entry.summary, entry.author) == ("Un mot", "12", "Un mot", "Léa")
    assert entry.published == When(day=date(2024, 10, 4))


@pytest.mark.parametrize("wrong", [None, True, 3, 1.5, "x", [], [[]], {}, {"a": 1}])
def test_a_field_of_the_wrong_type_spoils_no_other(read_items, wrong):
    names = (
        "id",
        "url",
        "content_html",
        "summary",
        "image",
        "date_published",
        "authors",
        "author",
        "tags",
        "language",
        "attachments",
    )
    (entry,) = read_items({"title": "Titre", **dict.fromkeys(names, wrong)}).entries
    assert entry.title == "Titre"


@pytest.mark.parametrize("item", [None, 3, "x", [], {}])
def test_an_item_that_is_none_is_left_out(read_items, item):
    assert [entry.title for entry in read_items(item, {"title": "Titre"}).entries] == ["Titre"]


@pytest.mark.parametrize(
    "body", ['{"a": 1}', "[1, 2]", "{", "[" * 100_000, '{"items": []}', '{"version": "1"}', "{}", '{"version": NaN}']
)
def test_what_is_no_json_feed_is_not_understood(read_as, body):
    with pytest.raises(NotUnderstood) as caught:
        read_as(body, "application/json")
    assert caught.value.key == "source.not_a_feed"


def test_a_number_too_long_to_write_is_no_identity(read_as):
    with pytest.raises(NotUnderstood):
        read_as('{"version": "https://jsonfeed.org/version/1", "items": [{"title": "x", "id": ' + "9" * 9999 + "}]}")


def test_a_lone_surrogate_goes_no_further(read_items):
    assert read_items({"title": "a\ud800b", "id": "\udfff"}).entries[0].title == "ab"


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20), lambda x: st.lists(x, max_size=3)
)
NAMES = st.sampled_from(
    ["id", "url", "title", "content_html", "content_text", "summary", "image", "date_published", "authors", "tags"]
)


@given(st.lists(st.dictionaries(NAMES, VALUES, max_size=6), max_size=3))
@settings(max_examples=60, deadline=None)
def test_no_items_break_the_reading(read_as, items):
    try:
        reading = read_as(json.dumps({"version": VERSION, "items": items}), kind=Kind.FEED)
    except DepecheError:
        return
    assert all(entry.title for entry in reading.entries)
