import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import InvalidInput, NotUnderstood
from news.items import Brought, Image, Status, When
from sources.archive import read_archive

PARIS = ZoneInfo("Europe/Paris")
ID = "0190f4a0-0000-7000-8000-000000000001"
TOLD = {"id": ID, "title": "Une", "status": "published", "published": "2024-10-04T08:00:00Z", "language": "fr"}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inside: st.lists(inside, max_size=4) | st.dictionaries(st.text(max_size=9), inside, max_size=4),
    max_leaves=12,
)
NAMES = (
    "id", "guid", "story_id", "link", "title", "summary", "content_html", "language", "author", "image", "categories",
    "published", "updated", "date_only", "status", "source", "source_guid",
)  # fmt: skip


def read(*items: object):
    return [found for _, found in read_archive(json.dumps(items), base="https://n.example", zone=PARIS)]


def one(**said: object):
    (found,) = read(TOLD | said)
    return found


def why(**said: object) -> str:
    found = one(**said)
    assert isinstance(found, InvalidInput)
    return found.key


def test_an_item_is_read_as_it_was_told():
    found = one(
        story_id=ID.replace("1", "2"), link="https://a.example/1", summary="Un\n\nDeux", content_html="<p>Texte</p>",
        author="Ada", image={"url": "https://a.example/i.png", "alt": "Une image", "width": 3, "height": None},
        categories=[{"slug": "doctorat", "name": "Doctorat"}], updated="2024-10-05T08:00:00Z",
    )  # fmt: skip

    assert (found.id, found.story_id, found.title, found.status) == (ID, ID.replace("1", "2"), "Une", Status.PUBLISHED)
    assert (found.link, found.summary, found.content_html) == ("https://a.example/1", "Un\n\nDeux", "<p>Texte</p>")
    assert found.image == Image("https://a.example/i.png", "Une image", 3)
    assert (found.author, found.slugs, found.language) == ("Ada", ("doctorat",), "fr")
    assert found.updated == datetime(2024, 10, 5, 8, tzinfo=UTC)
    assert found.brought is None


def test_a_day_stays_a_day_with_the_moment_it_is_shown_by():
    found = one(published="2024-10-04T10:30:00Z", date_only=True)

    assert found.when == When(day=date(2024, 10, 4))
    assert found.published == datetime(2024, 10, 4, 10, 30, tzinfo=UTC)


def test_a_day_written_by_hand_is_shown_as_that_day():
    assert one(published="2024-10-04").published == datetime(2024, 10, 4, 10, 30, tzinfo=UTC)


def test_markup_is_made_safe_again():
    assert one(content_html="<p onclick='x()'>Texte<script>x()</script></p>").content_html == "<p>Texte</p>"


def test_a_public_name_other_than_the_id_is_kept():
    assert one(guid="https://a.example/?p=1").brought == Brought("https://a.example/?p=1", keeps=True)
    assert one(guid=f"urn:uuid:{ID}").brought is None


def test_a_name_that_only_a_source_used_is_left_to_the_source():
    assert one(source={"id": ID, "name": "S"}, source_guid="1").brought is None
    assert one(source_guid="https://a.example/ 1").brought == Brought("https://a.example/ 1")


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"id": "1"}, "import.item.id"),
        ({"story_id": 7}, "import.item.id"),
        ({"title": " "}, "item.title.empty"),
        ({"title": "t" * 1001}, "item.title.long"),
        ({"status": "gone"}, "item.status.unknown"),
        ({"published": None}, "item.date.needed"),
        ({"published": "hier"}, "date.malformed"),
        ({"updated": "hier"}, "date.malformed"),
        ({"link": "javascript:alert(1)"}, "url.malformed"),
        ({"image": {"url": "data:x"}}, "url.malformed"),
        ({"guid": "urn:uuid:0190f4a0-0000-7000-8000-000000000002"}, "import.item.guid"),
        ({"guid": "un mot"}, "import.item.guid"),
        ({"summary": "s" * 10_001}, "item.summary.long"),
    ],
)
def test_what_an_item_cannot_be_is_said(said, key):
    assert why(**said) == key


def test_one_bad_item_leaves_the_others():
    assert [isinstance(found, InvalidInput) for found in read(TOLD, 1, None, [], {}, TOLD)] == [
        False, True, True, True, True, False,
    ]  # fmt: skip


def test_an_item_is_named_by_its_title_or_its_place():
    names = [name for name, _ in read_archive(json.dumps([TOLD, {"id": "x"}, 1]), base="https://n.example", zone=PARIS)]

    assert names == ["Une", "x", "[3]"]


@pytest.mark.parametrize(("text", "key"), [("[", "import.not_json"), ("[" * 9000, "import.not_json"),
                                           ("{}", "import.not_items"), ('"x"', "import.not_items")])  # fmt: skip
def test_what_is_no_archive_is_refused_whole(text, key):
    with pytest.raises(NotUnderstood) as caught:
        read_archive(text, base="https://n.example", zone=PARIS)

    assert caught.value.key == key


@given(st.lists(st.dictionaries(st.sampled_from(NAMES), JSON) | JSON, max_size=5), st.data())
def test_whatever_stands_in_an_array_is_read_or_named(items, data):
    mixed = [TOLD | item if isinstance(item, dict) and data.draw(st.booleans()) else item for item in items]

    for name, found in read_archive(json.dumps(mixed), base="https://n.example", zone=PARIS):
        assert name
        assert isinstance(found, InvalidInput) or found.title
