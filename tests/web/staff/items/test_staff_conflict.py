"""Two people at one item: mine, theirs, or field by field; and versions side by side."""

from io import BytesIO

import lxml.html
import pytest

from desk.items.posting import edit_item, get_item
from news.drafts import Draft


@pytest.fixture
def crossed(editor, desk, post, people):
    """I have typed a title and a summary; meanwhile somebody has changed the title and the body."""
    item = post("Before", "masters", summary="Old.", body="Old body.")
    editor.get(f"/staff/items/{item.id}")
    theirs = Draft(title="Theirs", body="Their body.")
    edit_item(desk, item.id, theirs, people["admin"], only=frozenset({"title", "body"}))
    typed = {"title": "Mine", "summary": "My summary.", "body": "Old body.", "categories": ["masters"],
             "date": "2026-03-01", "language": "fr", "status": "published"}  # fmt: skip
    answer = editor.post(f"/staff/items/{item.id}", typed | {"version": "1"})
    assert answer.status_code == 409
    return item, typed | {"version": "2"}, lxml.html.fromstring(answer.text)


def test_what_only_one_has_changed_is_chosen_already(crossed):
    _, _, page = crossed
    chosen = {box.get("name"): box.get("value") for box in page.cssselect(".choose input[checked]")}
    assert chosen == {"take.title": "mine", "take.summary": "mine", "take.body": "theirs"}
    assert [each.text_content().split("(")[0].strip() for each in page.cssselect("legend:has(.muted)")] == ["Title"]
    assert {box.get("form") for box in page.cssselect(".choose input")} == {"item-form"}


def test_field_by_field_both_keep_their_words(editor, desk, crossed):
    item, typed, _ = crossed
    chosen = {"take.title": "mine", "take.summary": "mine", "take.body": "theirs", "merge": "1"}
    assert editor.post(f"/staff/items/{item.id}", typed | chosen).status_code == 303
    saved = get_item(desk, item.id)
    assert (saved.title, saved.summary, saved.content_html) == ("Mine", "My summary.", "<p>Their body.</p>")


def test_all_of_mine_is_the_plain_button(editor, desk, crossed):
    item, typed, _ = crossed
    editor.post(f"/staff/items/{item.id}", typed | {"take.body": "theirs"})
    assert get_item(desk, item.id).content_html == "<p>Old body.</p>"


def test_a_third_change_meanwhile_asks_again(editor, desk, crossed, people):
    item, typed, _ = crossed
    edit_item(desk, item.id, Draft(title="Third"), people["admin"], only=frozenset({"title"}))
    assert editor.post(f"/staff/items/{item.id}", typed | {"merge": "1", "take.title": "theirs"}).status_code == 409
    assert get_item(desk, item.id).title == "Third"


def test_an_error_in_between_does_not_forget_when_the_form_was_opened(editor, desk, crossed):
    item, typed, _ = crossed
    sent = typed | {"version": "1", "image_file": (BytesIO(b"no picture"), "a.jpg")}
    page = editor.post(f"/staff/items/{item.id}", sent).text
    assert 'name="version" value="1"' in page


def test_a_change_is_shown_side_by_side_by_word(editor, desk, post):
    item = post("La rentrée est lundi", "masters", body="Un **mot** ici.")
    typed = {"title": "La rentrée est mardi", "categories": ["masters", "doctorat"], "body": "Un **mot** là."}
    editor.post(f"/staff/items/{item.id}", typed)
    page = editor.get(f"/staff/items/{item.id}").text
    assert f'href="/staff/items/{item.id}/history/2"' in page
    page = editor.get(f"/staff/items/{item.id}/history/2").text
    assert "La rentrée est <del>lundi</del>" in page
    assert "La rentrée est <ins>mardi</ins>" in page
    assert "Un **mot** <ins>là</ins>." in page
    assert "<ins>Doctorate, </ins>Masters" in page.replace("Doctorat,", "Doctorate,")
    assert "editor@school.example" in page


def test_an_earlier_version_is_brought_back_and_the_later_stays_in_the_history(editor, desk, post):
    item = post("First", "masters", body="One.", summary="S", image_url="https://x.example/i.jpg", image_alt="A")
    edit_item(desk, item.id, Draft(title="Second", body="Two."), "cli")
    page = editor.get(f"/staff/items/{item.id}/history/1").text
    assert "Bring version 1 back" in page
    assert editor.post(f"/staff/items/{item.id}/history/1").status_code == 303
    again = get_item(desk, item.id)
    assert (again.title, again.content_html, again.summary) == ("First", "<p>One.</p>", "S")
    assert (again.categories, again.image, again.day) == (item.categories, item.image, item.day)
    assert (again.version, again.status) == (3, "draft")
    assert editor.get(f"/staff/items/{item.id}/history/2").status_code == 200


def test_todays_version_has_nothing_to_bring_back(editor, post):
    item = post("First")
    page = editor.get(f"/staff/items/{item.id}/history/1").text
    assert "Bring version" not in page
    assert editor.get(f"/staff/items/{item.id}/history/7").status_code == 404
    assert editor.get(f"/staff/items/{item.id}/history/0").status_code == 404


def test_history_is_for_those_who_may_edit(author, desk, post):
    item = post("Secret", status="draft", date="")
    for answer in (author.get(f"/staff/items/{item.id}/history/1"), author.post(f"/staff/items/{item.id}/history/1")):
        assert answer.status_code == 403
        assert "Secret" not in answer.text
