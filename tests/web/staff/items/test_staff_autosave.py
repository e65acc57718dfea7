"""Nothing typed is lost: kept as one types, offered again, sent twice, sent from two places."""

import re

from desk.items.listing import list_items
from desk.items.posting import edit_item, get_item, post_item
from news.drafts import Draft

TOKEN = "019cadfd-8900-7003-b712-ab9420796896"
TYPED = {"title": "Une chaire", "categories": ["masters"], "body": "Du **texte**.", "language": "fr"}


def test_what_is_typed_in_a_new_form_is_offered_again_and_taken_up(editor, desk):
    answer = editor.post("/staff/items/keep", TYPED | {"token": TOKEN})
    assert answer.json["said"].startswith("Draft kept today at 1")
    page = editor.get("/staff/items/new").text
    assert "You had begun to write here without saving" in page
    assert "Une chaire" not in page
    page = editor.get(f"/staff/items/new?resume={TOKEN}").text
    assert "Une chaire</textarea>" in page
    assert "Du **texte**.</textarea>" in page
    assert 'value="masters" checked' in page
    assert f'name="token" value="{TOKEN}"' in page
    editor.post("/staff/items/new", TYPED | {"token": TOKEN})
    assert "You had begun" not in editor.get("/staff/items/new").text
    assert len(list_items(desk)) == 1


def test_what_is_typed_over_an_item_is_offered_on_its_form_alone(editor, desk, post):
    item = post("Before")
    editor.post("/staff/items/keep", TYPED | {"of": item.id, "version": "1"})
    assert "You had begun" not in editor.get("/staff/items/new").text
    page = editor.get(f"/staff/items/{item.id}").text
    assert "You had begun" in page
    assert "Before</textarea>" in page
    assert "Une chaire</textarea>" in editor.get(f"/staff/items/{item.id}?resume=1").text
    assert get_item(desk, item.id) == item


def test_a_text_kept_before_somebody_else_saved_is_not_saved_over_theirs(editor, desk, post, people):
    item = post("Before")
    editor.post("/staff/items/keep", TYPED | {"of": item.id, "version": "1"})
    edit_item(desk, item.id, Draft(title="Theirs"), people["admin"], only=frozenset({"title"}))
    page = editor.get(f"/staff/items/{item.id}?resume=1").text
    assert 'name="version" value="1"' in page
    assert editor.post(f"/staff/items/{item.id}", TYPED | {"version": "1"}).status_code == 409


def test_what_was_kept_can_be_thrown_away(editor):
    editor.post("/staff/items/keep", TYPED | {"token": TOKEN})
    answer = editor.post("/staff/items/keep/drop", {"about": f"new:{TOKEN}"})
    assert (answer.status_code, answer.location) == (303, "/staff/items/new")
    assert "You had begun" not in editor.get("/staff/items/new").text


def test_what_one_types_is_shown_to_nobody_else(editor, author):
    editor.post("/staff/items/keep", TYPED | {"token": TOKEN})
    assert "You had begun" not in author.get("/staff/items/new").text
    assert "Une chaire" not in author.get(f"/staff/items/new?resume={TOKEN}").text


def test_nothing_is_kept_over_an_item_one_may_not_edit(author, post):
    item = post("Before", status="draft", date="")
    assert author.post("/staff/items/keep", TYPED | {"of": item.id}).status_code == 403
    assert author.post("/staff/items/keep", TYPED | {"token": "x"}).status_code == 404
    assert author.post("/staff/items/keep", TYPED | {"token": TOKEN, "body": "x" * 600_000}).status_code == 400


def test_a_form_sent_twice_makes_one_item(editor, desk):
    first = editor.post("/staff/items/new", TYPED | {"token": TOKEN})
    second = editor.post("/staff/items/new", TYPED | {"token": TOKEN})
    assert (second.status_code, second.location) == (303, first.location)
    assert [item.version for item in list_items(desk)] == [1]


def test_a_form_sent_again_with_other_words_changes_the_item_it_made(editor, desk):
    editor.post("/staff/items/new", TYPED | {"token": TOKEN})
    editor.post("/staff/items/new", TYPED | {"token": TOKEN, "title": "Autre titre"})
    assert [(item.title, item.version) for item in list_items(desk)] == [("Autre titre", 2)]
    answer = editor.post("/staff/items/new", TYPED | {"token": TOKEN, "title": "Encore"})
    assert answer.status_code == 409
    assert "Encore</textarea>" in answer.text


def test_another_persons_token_makes_another_item(editor, author, desk):
    editor.post("/staff/items/new", TYPED | {"token": TOKEN})
    author.post("/staff/items/new", TYPED | {"token": TOKEN, "title": "Mine"})
    assert {item.title for item in list_items(desk)} == {"Une chaire", "Mine"}


def test_each_new_form_has_a_token_of_its_own(editor):
    found = {re.search(r'name="token" value="([^"]+)"', editor.get("/staff/items/new").text)[1] for _ in range(3)}
    assert len(found) == 3


def test_a_form_left_open_gets_the_token_of_the_new_session(editor, clock):
    assert editor.get("/staff/items/token").json["csrf_token"]
    clock.forward(hours=13)
    assert editor.get("/staff/items/token").status_code == 303
    assert editor.post("/staff/items/keep", TYPED | {"token": TOKEN}).status_code == 401


def test_a_translation_that_was_not_saved_is_offered_where_it_began(editor, desk, people):
    original = post_item(desk, Draft(title="Originale", status="published"), people["editor"])
    editor.post("/staff/items/keep", TYPED | {"token": TOKEN, "translates": original.id, "language": "en"})
    assert "You had begun" not in editor.get("/staff/items/new").text
    assert "You had begun" in editor.get(f"/staff/items/new?translates={original.id}").text
    page = editor.get(f"/staff/items/new?resume={TOKEN}").text
    assert f'name="translates" value="{original.id}"' in page
