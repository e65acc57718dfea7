import pytest

from desk.categories.named_feeds import add_named_feed, list_named_feeds


def selections(desk):
    return {each.feed.slug: each.selection for each in list_named_feeds(desk)}


@pytest.fixture
def choice(desk, post):
    post("Une visite", "masters")
    return add_named_feed(desk, "Choix", "doctorat,masters", name_en="Choice", actor="cli").feed


def test_a_feed_is_named(admin, desk):
    admin.get("/staff/feeds")
    answer = admin.post("/staff/feeds", {"name_fr": "Études", "selection": "masters,doctorat.en"})
    assert answer.status_code == 303
    assert "Feed added: Études." in admin.get(answer.location).text
    assert selections(desk) == {"etudes": "doctorat,masters.en"}


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name_fr": "", "selection": "doctorat"}, "name_fr"),
        ({"name_fr": "Études", "selection": "doctorat+"}, "selection"),
        ({"name_fr": "Études", "selection": "rien"}, "selection"),
        ({"name_fr": "Études", "selection": "choix"}, "selection"),
        ({"name_fr": "Masters", "selection": "doctorat"}, "slug"),
        ({"name_fr": "Études", "selection": "doctorat", "slug": "É!"}, "slug"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field_and_what_was_typed_is_kept(admin, desk, choice, form, field):
    admin.get("/staff/feeds")
    answer = admin.post("/staff/feeds", form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert f'name="selection" type="text" value="{form["selection"]}"' in answer.text
    assert selections(desk) == {"choix": "doctorat,masters"}


def test_the_page_says_what_a_change_would_do_before_anything_does(admin, desk, choice):
    page = admin.get("/staff/feeds/choix/change?selection=doctorat").text
    assert "0 items come" in page and "1 item leaves" in page
    assert "<code>doctorat,masters</code> → <code>doctorat</code>" in page
    assert selections(desk) == {"choix": "doctorat,masters"}
    answer = admin.post("/staff/feeds/choix/change", {"selection": "doctorat"})
    assert answer.status_code == 303
    assert selections(desk) == {"choix": "doctorat"}


def test_a_selection_that_cannot_be_read_is_given_back(admin, choice):
    answer = admin.get("/staff/feeds/choix/change?selection=doctorat%2B")
    assert answer.status_code == 422
    assert 'value="doctorat+"' in answer.text and 'id="selection-error"' in answer.text


def test_a_feed_is_renamed(admin, desk, choice):
    assert 'value="doctorat,masters"' in admin.get("/staff/feeds/choix").text
    answer = admin.post("/staff/feeds/choix", {"name_fr": "Retenu", "name_en": "Kept", "slug": "retenu"})
    assert answer.status_code == 303
    assert selections(desk) == {"retenu": "doctorat,masters"}


def test_a_feed_is_retired_with_a_successor_and_listed_as_such(admin, desk, choice):
    page = admin.get("/staff/feeds/choix/retire?into=masters").text
    assert "<li>1 item</li>" in page and '<input type="hidden" name="into" value="masters">' in page
    answer = admin.post("/staff/feeds/choix/retire", {"into": "masters"})
    page = admin.get(answer.location).text
    assert "Feed retired: Choice." in page and "still answers until" in page
    assert selections(desk) == {}


def test_an_editor_changes_nothing(editor, desk, choice):
    editor.get("/staff/")
    for path in ("/staff/feeds", "/staff/feeds/choix", "/staff/feeds/choix/change", "/staff/feeds/choix/retire"):
        assert editor.post(path, {"name_fr": "x", "selection": "all", "into": ""}).status_code == 403
    assert selections(desk) == {"choix": "doctorat,masters"}
