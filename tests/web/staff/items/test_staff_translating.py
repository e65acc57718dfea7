"""Translating: the form of an item in the other language, stored as the same story."""

import lxml.html
import pytest

from desk.items.listing import list_items
from desk.items.posting import post_item
from news.drafts import Draft
from news.items import Status


@pytest.fixture
def item(desk):
    draft = Draft("Une visite", ("masters",), date="2026-03-01", summary="Un mot.", status="published")
    return post_item(desk, draft, "cli")


def values(page):
    return dict(lxml.html.fromstring(page.text).cssselect("#item-form")[0].form_values())


def test_an_items_page_leads_to_its_translation_in_the_other_language(editor, item):
    page = lxml.html.fromstring(editor.get(f"/staff/items/{item.id}").text)
    [link] = [each.get("href") for each in page.cssselect("a") if each.text_content() == "Translate"]
    answer = editor.get(link)
    said = values(answer)
    assert (said["language"], said["status"], said["translates"]) == ("en", "draft", item.id)
    assert (said["categories"], said["date"], said["summary"].strip()) == ("masters", "2026-03-01", "Un mot.")
    assert "Translation of “Une visite”" in answer.text
    assert "Traduction de «\u00a0Une visite\u00a0»" in editor.get(f"{link}&lang=fr").text


def test_the_original_stands_beside_its_translation(editor, desk):
    draft = Draft("Une visite", body="Un **mot**.", status="published", pin="2026-03-09")
    original = post_item(desk, draft, "cli")
    page = lxml.html.fromstring(editor.get(f"/staff/items/new?translates={original.id}").text)
    beside = page.cssselect(".original [lang=fr]")[0]
    assert beside.text_content().split() == ["Une", "visite", "Un", "mot."]
    assert dict(page.cssselect("#item-form")[0].form_values())["pin"] == ""


def test_what_is_posted_from_there_is_the_same_story(editor, desk, item):
    said = values(editor.get(f"/staff/items/new?translates={item.id}"))
    answer = editor.post("/staff/items/new", said | {"title": "A visit", "status": "published"})
    made = list_items(desk)[0]
    assert (answer.status_code, made.title, made.story_id) == (303, "A visit", item.story_id)
    assert editor.client.get("/feeds/masters.en-else-fr.json").text.count(item.story_id) == 1


def test_in_the_language_of_the_original_it_is_refused_and_still_a_translation(editor, desk, item):
    answer = editor.post("/staff/items/new", {"title": "Encore", "language": "fr", "translates": item.id})
    assert answer.status_code == 422
    assert "is in this language already" in answer.text
    assert values(answer)["translates"] == item.id
    assert len(list_items(desk)) == 1


def test_an_author_translates_what_is_public_and_nobody_elses_draft(author, desk, item):
    secret = post_item(desk, Draft("Secret"), "cli")
    assert author.get(f"/staff/items/new?translates={item.id}").status_code == 200
    for answer in (
        author.get(f"/staff/items/new?translates={secret.id}"),
        author.post("/staff/items/new", {"title": "Mine", "language": "en", "translates": secret.id}),
    ):
        assert answer.status_code == 403
        assert "Secret" not in answer.text


def test_what_translates_nothing_that_exists_is_refused(editor, desk):
    nowhere = "018f0000-0000-7000-8000-000000000000"
    assert editor.get(f"/staff/items/new?translates={nowhere}").status_code == 404
    assert editor.post("/staff/items/new", {"title": "x", "translates": "nonsense"}).status_code == 404
    assert list_items(desk) == ()


def test_a_translation_waits_as_a_draft_unless_told_otherwise(editor, desk, item):
    editor.post("/staff/items/new", {"title": "A visit", "language": "en", "translates": item.id})
    drafts = [each for each in list_items(desk) if each.status is Status.DRAFT]
    assert [each.story_id for each in drafts] == [item.story_id]
