import lxml.html
import pytest

from desk.items.posting import edit_item, get_item, post_item
from desk.items.review import refuse
from news.drafts import Draft
from news.items import Status


@pytest.fixture
def proposed(desk, people):
    return [
        post_item(desk, Draft(title=f"Proposal {n}", categories=("masters",), status="published"), people["author"])
        for n in range(3)
    ]


def statuses(desk, items):
    return [get_item(desk, item.id).status for item in items]


def test_the_list_shows_what_waits_with_its_categories(editor, proposed):
    page = editor.get("/staff/review").text
    assert page.count('class="row row--review"') == 3
    assert page.count("<span>Masters</span>") == 3


def test_an_empty_list_says_so(editor):
    assert "Nothing waits for review." in editor.get("/staff/review").text


def test_several_are_accepted_at_once(editor, desk, proposed):
    ids = [proposed[0].id, proposed[2].id]
    assert editor.post("/staff/review", {"action": "accept", "ids": ids}).status_code == 303
    assert statuses(desk, proposed) == [Status.PUBLISHED, Status.REVIEW, Status.PUBLISHED]
    assert "2 items published." in editor.get("/staff/review").text


def test_several_are_refused_at_once(editor, desk, proposed):
    editor.post("/staff/review", {"action": "refuse", "ids": [each.id for each in proposed]})
    assert statuses(desk, proposed) == [Status.WITHDRAWN] * 3


def test_one_is_accepted_by_its_own_button_whatever_is_ticked(editor, desk, proposed):
    editor.post("/staff/review", {"accept": proposed[1].id, "ids": [proposed[0].id]})
    assert statuses(desk, proposed) == [Status.REVIEW, Status.PUBLISHED, Status.REVIEW]


def test_categories_chosen_there_replace_the_items_own(editor, desk, proposed):
    editor.post("/staff/review", {"action": "accept", "ids": [proposed[0].id], "categories": ["doctorat"]})
    assert "Proposal 0" in editor.client.get("/feeds/doctorat.atom").text
    assert "Proposal 0" not in editor.client.get("/feeds/masters.atom").text


@pytest.mark.parametrize(
    "sent", [{"action": "accept"}, {"action": "x", "ids": ["y"]}, {"action": "refuse", "ids": ["y"]}]
)
def test_a_decision_about_nothing_is_refused_in_words(editor, desk, proposed, sent):
    assert editor.post("/staff/review", sent).status_code == 400
    assert statuses(desk, proposed) == [Status.REVIEW] * 3


def test_who_ticked_nothing_stays_on_the_list_and_is_told(editor, proposed):
    answer = editor.post("/staff/review", {"action": "refuse"})
    assert answer.status_code == 400
    assert "Tick at least one item." in answer.text
    assert answer.text.count('class="row row--review"') == 3


def test_filing_without_a_category_stays_on_the_list_and_says_so(editor, proposed):
    answer = editor.post("/staff/review", {"action": "edit", "ids": [proposed[0].id]})
    assert answer.status_code == 400
    assert answer.text.count('class="row row--review"') == 3


def test_a_decision_about_an_unknown_item_changes_nothing(editor, desk, proposed):
    ids = [proposed[0].id, "019cadfd-8900-7003-b712-ab9420796896"]
    assert editor.post("/staff/review", {"action": "accept", "ids": ids}).status_code == 404
    assert statuses(desk, proposed) == [Status.REVIEW] * 3


def undone(editor, **where):
    """Press the undo that the list offers."""
    page = lxml.html.fromstring(editor.get("/staff/review", query_string=where).text)
    (form,) = [each for each in page.forms if "undo" in each.get("class", "")]
    return editor.post(form.action, {"done": [each.get("value") for each in form.xpath(".//input[@name='done']")]})


@pytest.mark.parametrize("verb", ["accept", "refuse", "edit"])
def test_what_was_just_decided_is_turned_back_at_once(editor, desk, proposed, verb):
    ids = [proposed[0].id, proposed[1].id]
    editor.post("/staff/review", {"action": verb, "ids": ids, "categories": ["doctorat"]})
    answer = undone(editor)
    assert (answer.status_code, answer.location) == (303, "/staff/review")
    assert statuses(desk, proposed) == [Status.REVIEW] * 3
    assert [get_item(desk, item_id).categories for item_id in ids] == [proposed[0].categories] * 2
    assert "2 items" in editor.get("/staff/review").text


def test_the_undo_is_offered_once_and_leaves_what_somebody_has_changed_since(editor, desk, people, proposed):
    editor.post("/staff/review", {"action": "refuse", "ids": [each.id for each in proposed]})
    edit_item(desk, proposed[0].id, Draft("Back", status="draft"), people["admin"], only=frozenset({"status"}))
    undone(editor)
    assert statuses(desk, proposed) == [Status.DRAFT, Status.REVIEW, Status.REVIEW]
    assert 'class="notice notice--good undo"' not in editor.get("/staff/review").text


def test_who_decides_on_what_is_decided_already_is_offered_no_undo(editor, desk, people, proposed):
    refuse(desk, [proposed[0].id], people["admin"])
    editor.post("/staff/review", {"action": "refuse", "ids": [proposed[0].id]})
    assert 'class="notice notice--good undo"' not in editor.get("/staff/review").text


def test_an_author_turns_no_decision_back(signed_in, editor, desk, proposed):
    editor.post("/staff/review", {"action": "refuse", "ids": [proposed[0].id]})
    said = {"done": [f"{proposed[0].id}.{get_item(desk, proposed[0].id).version}"]}
    assert signed_in("author").post("/staff/review/undo", said).status_code == 403
    assert statuses(desk, proposed)[0] is Status.WITHDRAWN
