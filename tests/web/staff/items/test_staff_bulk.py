"""Acting on several items from the list, over HTTP."""

import re
from html import unescape

import pytest

from desk.items.listing import list_items
from desk.items.posting import get_item, post_item
from news.drafts import Draft

UNDO = re.compile(r'action="(/staff/items/undo[^"]*)"')
DONE = re.compile(r'name="done" value="([^"]+)"')


def acted(browser, action, ids, query="", **more):
    answer = browser.post(f"/staff/items/bulk{query}", {"action": action, "ids": ids, **more})
    assert answer.status_code == 303
    return answer


def test_ticked_drafts_are_published_and_one_button_takes_all_back(editor, post, desk):
    ids = [post(f"n{number}", status="draft").id for number in range(3)]
    answer = acted(editor, "publish", ids[:2], "?status=draft")
    assert answer.location == "/staff/?status=draft"
    page = editor.get(answer.location).text
    assert "2 items published" in page
    assert [get_item(desk, each).status.value for each in ids] == ["published", "published", "draft"]
    undone = editor.post(unescape(UNDO.search(page)[1]), {"done": DONE.findall(page)})
    assert (undone.status_code, undone.location) == (303, "/staff/?status=draft")
    assert "Undone for 2 items" in editor.get("/staff/").text
    assert {item.status.value for item in list_items(desk)} == {"draft"}


def test_the_offer_to_undo_is_made_once(editor, post):
    acted(editor, "withdraw", [post("out").id], reason="Cancelled")
    assert UNDO.search(editor.get("/staff/").text)
    assert not UNDO.search(editor.get("/staff/").text)


def test_an_undo_says_what_it_had_to_leave(editor, post):
    item = post("out")
    acted(editor, "withdraw", [item.id])
    done = DONE.findall(editor.get("/staff/").text)
    editor.post("/staff/items/undo", {"done": done})
    editor.post("/staff/items/undo", {"done": [*done, "nonsense", "x.y"]})
    page = editor.get("/staff/").text
    assert "One item has changed since" in page


def test_a_category_is_added_to_all_ticked(editor, post, desk):
    ids = [post("a").id, post("b", "masters").id]
    acted(editor, "add", ids, category="masters")
    page = editor.get("/staff/?category=masters").text
    assert page.count('class="row__title"') == 2
    assert "One item was so already" in page


def test_what_was_left_is_named_with_its_reason(author, people, post, desk):
    own = post_item(desk, Draft(title="Mine"), people["author"])
    acted(author, "publish", [own.id, post("Not <b>mine</b>").id])
    page = author.get("/staff/").text
    assert "“Not &lt;b&gt;mine&lt;/b&gt;” was not changed" in page
    assert get_item(desk, own.id).status.value == "review"


def test_what_an_author_may_not_see_is_left_without_its_title(author, post):
    hidden = post("Not <b>mine</b>", status="draft")
    acted(author, "publish", [hidden.id])
    page = author.get("/staff/").text
    assert f"“{hidden.id}” was not changed" in page
    assert "mine&lt;/b&gt;" not in page


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({"action": "publish"}, "No item is ticked"),
        ({"action": "explode", "ids": "x"}, "does not know what to do"),
        ({"ids": "x"}, "does not know what to do"),
        ({"action": "add", "ids": "x"}, "No category is chosen"),
        ({"action": "withdraw", "reason": "A long explanation"}, "A long explanation"),
    ],
)
def test_a_form_that_means_nothing_is_refused_in_words_and_keeps_what_was_typed(editor, form, sentence):
    answer = editor.post("/staff/items/bulk", form)
    assert answer.status_code == 400
    assert sentence in answer.text


def test_the_way_back_leads_to_the_list_and_nowhere_else(editor, post):
    query = "?next=https://evil.example&_external=1&_scheme=javascript&_anchor=x&q=out"
    assert acted(editor, "submit", [post("out").id], query).location == "/staff/?q=out"


def test_an_author_is_offered_no_publishing(author, people, desk):
    post_item(desk, Draft(title="Mine"), people["author"])
    page = author.get("/staff/").text
    assert 'value="publish"' not in page
    assert 'value="submit"' in page


def test_enter_in_a_field_presses_no_button(editor, post):
    post("out")
    form = editor.get("/staff/").text.partition("data-list>")[2]
    assert form.partition("<button")[2].startswith(" hidden disabled>")
