"""The form asks whether readers are told of a change again; without an answer, what changed decides."""

import lxml.html
import pytest

from desk.items.posting import get_item, post_item
from desk.publishing.publisher import Publisher
from news.drafts import Draft

ASKED = {"significant_asked": "1"}


@pytest.fixture
def item(desk, clock):
    made = post_item(desk, Draft("La rentrée aprochhe", date="2026-03-01", status="published"), "cli")
    clock.forward(hours=1)
    return made


def box(page):
    return lxml.html.fromstring(page.text).cssselect("#item-form input[type=checkbox][name=significant]")


def test_the_form_of_a_public_item_asks_and_is_ticked(editor, item):
    page = editor.get(f"/staff/items/{item.id}")
    assert [each.get("checked") for each in box(page)] == ["checked"]
    assert "Tell readers of this change" in page.text
    assert "Signaler cette modification aux lecteurs" in editor.get(f"/staff/items/{item.id}?lang=fr").text


def test_what_nobody_has_read_yet_asks_nothing(editor, desk):
    draft = post_item(desk, Draft("Brouillon"), "cli")
    later = post_item(desk, Draft("Demain", date="2026-12-01", status="published"), "cli")
    for path in ("new", draft.id, later.id):
        assert box(editor.get(f"/staff/items/{path}")) == []


def test_unticked_the_text_changes_and_readers_are_not_told(editor, desk, item):
    answer = editor.post(f"/staff/items/{item.id}", {"title": "La rentrée approche", "status": "published"} | ASKED)
    after = get_item(desk, item.id)
    assert (answer.status_code, after.title, after.updated) == (303, "La rentrée approche", item.updated)
    assert "La rentrée approche" in Publisher(desk).feed("all", "atom").body.decode()


@pytest.mark.parametrize("said", [ASKED | {"significant": "1"}, {}])
def test_ticked_or_not_asked_readers_are_told_of_other_words(editor, desk, item, said):
    editor.post(f"/staff/items/{item.id}", {"title": "La rentrée approche", "status": "published"} | said)
    assert get_item(desk, item.id).updated == desk.now()


def test_a_form_that_comes_back_keeps_the_answer(editor, item):
    wrong = {"title": " ", "status": "published"} | ASKED
    unticked, ticked = (editor.post(f"/staff/items/{item.id}", wrong | more) for more in ({}, {"significant": "1"}))
    assert (unticked.status_code, ticked.status_code) == (422, 422)
    assert [each.get("checked") for each in (*box(unticked), *box(ticked))] == [None, "checked"]


@pytest.mark.parametrize(("said", "found"), [({}, None), ({"significant": "1"}, "checked")])
def test_a_form_that_is_taken_up_again_keeps_the_answer(editor, item, said, found):
    typed = {"title": "La rentrée approche", "status": "published", "of": item.id, "version": "1"}
    editor.post("/staff/items/keep", typed | ASKED | said)
    assert [each.get("checked") for each in box(editor.get(f"/staff/items/{item.id}?resume=1"))] == [found]
