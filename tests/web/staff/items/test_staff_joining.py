"""What looks like another item: joined once it is public, taken over, kept apart; split again."""

import re

import lxml.html
import pytest

from desk.items.listing import list_items
from desk.items.posting import edit_item, get_item, history_of, post_item
from desk.items.publishing_due import publish_due
from desk.items.review import accept
from desk.publishing.browse import listing
from desk.stories.joins import join, joins_of
from news.drafts import Draft
from news.errors import InvalidFields, NotAllowed
from news.items import Status

TOKEN = "019cadfd-8900-7003-b712-ab9420796896"
TITLE = "Une nouvelle chaire de mécanique"
TYPED = {"title": TITLE, "categories": ["masters"], "body": "Du **texte**.", "language": "fr", "status": "draft",
         "token": TOKEN}  # fmt: skip


@pytest.fixture
def theirs(post):
    """What a partner has announced already."""
    return post("Une nouvelle chaire de mécaniques", link="https://partner.example/a")


def fields(page, form="item-form"):
    """The form of a page as a browser without scripts sends it."""
    found = lxml.html.fromstring(page).get_element_by_id(form).form_values()
    return {name: [value for key, value in found if key == name] for name, _ in found}


def choose(browser, other, choice, of=TOKEN):
    return browser.post("/staff/items/join/choose", {"of": of, "other": other.id, "choice": choice})


def public(desk):
    return [view.item.id for view in listing(desk).items]


def test_the_likeness_leads_to_a_choice_and_the_text_is_kept(editor, theirs):
    page = editor.post("/staff/items/preview", TYPED).text
    assert f'formaction="/staff/items/join" name="with" value="{theirs.id}"' in page
    answer = editor.post("/staff/items/join", TYPED | {"with": theirs.id})
    assert (answer.status_code, answer.location) == (303, f"/staff/items/join?of={TOKEN}&other={theirs.id}")
    page = editor.get(answer.location).text
    assert re.findall(r'name="choice" value="(\w+)"', page) == ["mine", "theirs", "apart"]
    assert TITLE in page
    assert f"{TITLE}</textarea>" in editor.get(f"/staff/items/new?resume={TOKEN}").text


def test_mine_goes_on_and_both_are_one_story_once_it_is_public(editor, desk, theirs):
    editor.post("/staff/items/join", TYPED | {"with": theirs.id})
    back = choose(editor, theirs, "mine")
    assert back.location == f"/staff/items/new?resume={TOKEN}"
    page = editor.get(back.location).text
    assert f'name="joins" value="{theirs.id}" checked' in page
    saved = editor.post("/staff/items/new", fields(page) | {"status": "draft"})
    mine = saved.location.rpartition("/")[2]
    assert public(desk) == [theirs.id]
    page = editor.get(saved.location).text
    assert f'name="joins" value="{theirs.id}" checked' in page
    editor.post(saved.location, fields(page) | {"status": "published"})
    assert public(desk) == [mine]
    assert get_item(desk, theirs.id).merged_into == mine
    assert get_item(desk, theirs.id).status is Status.PUBLISHED
    page = editor.get(saved.location).text
    assert "This item also stands for:" in page
    assert "To be joined when published" in page
    assert "Joined to this one" in page
    split = {"split": "1", "back": mine}
    assert editor.post(f"/staff/items/{theirs.id}/story", split).location == f"/staff/items/{mine}"
    assert set(public(desk)) == {mine, theirs.id}
    assert theirs.id not in editor.post("/staff/items/preview", TYPED | {"of": mine}).text


def test_published_at_once_it_is_joined_at_once(editor, desk, theirs):
    editor.post("/staff/items/new", TYPED | {"status": "published", "joins": theirs.id})
    assert [item.title for item in listing_items(desk)] == [TITLE]
    assert joins_of(desk, [public(desk)[0]]) == {}


def listing_items(desk):
    return [view.item for view in listing(desk).items]


def test_a_wish_can_be_taken_back(editor, desk, theirs):
    saved = editor.post("/staff/items/new", TYPED | {"joins": theirs.id})
    mine = saved.location.rpartition("/")[2]
    sent = fields(editor.get(saved.location).text) | {"joins": [], "status": "published"}
    editor.post(saved.location, sent)
    assert set(public(desk)) == {mine, theirs.id}
    assert any(change.action == "not to be joined" for change in history_of(desk, "item", mine))


def test_theirs_is_taken_over_with_my_text_beside_it(editor, theirs):
    editor.post("/staff/items/join", TYPED | {"with": theirs.id})
    answer = choose(editor, theirs, "theirs")
    assert answer.location == f"/staff/items/{theirs.id}?beside={TOKEN}"
    page = editor.get(answer.location).text
    assert "What you had written" in page
    assert "Du **texte**." in page
    assert "You had begun to write here" in editor.get("/staff/items/new").text


def test_two_stories_are_remembered_as_two(editor, desk, theirs):
    editor.post("/staff/items/join", TYPED | {"with": theirs.id})
    page = editor.get(choose(editor, theirs, "apart").location).text
    assert theirs.id not in lxml.html.tostring(lxml.html.fromstring(page).cssselect(".preview")[0]).decode()
    saved = editor.post("/staff/items/new", fields(page))
    with desk.storage.read() as reader:
        assert reader.apart(saved.location.rpartition("/")[2]) == {theirs.id}


def test_what_waits_or_is_scheduled_is_joined_when_it_comes_out(desk, theirs, people, clock):
    later = post_item(desk, Draft(TITLE, date="2026-03-04T09:00", status="published"), people["editor"],
                      joins=[theirs.id])  # fmt: skip
    assert public(desk) == [theirs.id]
    clock.forward(days=3)
    publish_due(desk)
    assert public(desk) == [later.id]


def test_an_author_proposes_and_whoever_accepts_it_joins(desk, theirs, people, editor):
    mine = post_item(desk, Draft(TITLE, status="published"), people["author"], joins=[theirs.id])
    assert (mine.status, public(desk)) == (Status.REVIEW, [theirs.id])
    assert theirs.title in editor.get("/staff/review").text
    accept(desk, [mine.id], people["editor"])
    assert public(desk) == [mine.id]


def test_an_author_hides_nothing_that_an_editor_has_not_seen(desk, theirs, people, post):
    mine = post_item(desk, Draft(TITLE, status="published"), people["author"])
    accept(desk, [mine.id], people["editor"])
    with pytest.raises(NotAllowed):
        join(desk, mine.id, theirs.id, people["author"])
    late = post_item(desk, Draft("Autre", status="published"), people["author"])
    edit_item(desk, late.id, Draft("Autre", date="2027-01-01", status="published"), people["editor"])
    with pytest.raises(InvalidFields):
        join(desk, late.id, theirs.id, people["author"])
    again = edit_item(desk, late.id, Draft("Autre"), people["author"], only=frozenset(), joins=[theirs.id])
    assert again.status is Status.REVIEW
    hidden = post("Brouillon", status="draft", date="")
    with pytest.raises(InvalidFields):
        post_item(desk, Draft(TITLE), people["author"], joins=[hidden.id])


def test_what_became_impossible_meanwhile_loses_no_text(editor, desk, theirs):
    answer = editor.post("/staff/items/new", TYPED | {"joins": theirs.id, "language": "en"})
    assert answer.status_code == 422
    assert f"{TITLE}</textarea>" in answer.text
    assert 'id="joins-error"' in answer.text
    assert editor.post("/staff/items/new", TYPED | {"joins": "x"}).status_code == 422
    assert len(list_items(desk)) == 1


def test_two_items_are_found_and_joined_either_way(editor, desk, theirs, post):
    mine = post("Chaire, suite")
    page = editor.get(f"/staff/items/{mine.id}/join?q=mecaniques").text
    assert f"/staff/items/join?of={mine.id}&amp;other={theirs.id}" in page
    answer = choose(editor, theirs, "mine", of=mine.id)
    assert answer.location == f"/staff/items/{mine.id}"
    assert public(desk) == [mine.id]
    editor.post(f"/staff/items/{theirs.id}/story", {"split": "1", "back": "item"})
    choose(editor, mine, "mine", of=theirs.id)
    assert public(desk) == [theirs.id]
    assert "This item is joined to another" in editor.get(f"/staff/items/{mine.id}").text


def test_mine_becomes_a_copy_of_theirs(editor, desk, theirs, post):
    mine = post("Chaire, suite")
    assert choose(editor, theirs, "theirs", of=mine.id).location == f"/staff/items/{theirs.id}"
    assert public(desk) == [theirs.id]


def test_nothing_chosen_and_strange_items_are_answered_in_words(editor, author, theirs, post):
    mine = post("Chaire, suite")
    answer = editor.post("/staff/items/join/choose", {"of": mine.id, "other": theirs.id})
    assert (answer.status_code, "Choose one of the possibilities." in answer.text) == (422, True)
    assert editor.get(f"/staff/items/join?of={mine.id}&other=x").status_code == 404
    assert editor.get(f"/staff/items/join?of=x&other={theirs.id}").status_code == 404
    assert author.get(f"/staff/items/join?of={mine.id}&other={theirs.id}").status_code == 403
    assert author.get(f"/staff/items/{mine.id}/join").status_code == 403
    own = author.post("/staff/items/new", TYPED).location.rpartition("/")[2]
    assert choose(author, theirs, "apart", of=own).status_code == 403
