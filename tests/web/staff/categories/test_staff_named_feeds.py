import lxml.html
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
    assert ticked(admin.get("/staff/feeds/choix"))[0] == {"doctorat", "masters"}
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


@pytest.mark.parametrize(
    ("ticked", "selection"),
    [
        ({}, "all"),
        ({"in": ["doctorat"]}, "doctorat"),
        ({"in": ["doctorat", "masters"], "how": "either", "language": "fr"}, "doctorat,masters.fr"),
        ({"in": ["masters", "doctorat"], "how": "both", "language": "fr-else-en"}, "doctorat+masters.fr-else-en"),
        ({"not": ["masters"]}, "all!masters"),
        ({"in": ["doctorat"], "not": ["masters", "doctorat"]}, "doctorat!masters"),
        ({"in": ["doctorat"], "selection": "masters"}, "masters"),
    ],
)
def test_a_feed_is_made_of_ticked_boxes_without_knowing_how_addresses_are_written(admin, desk, ticked, selection):
    admin.get("/staff/feeds")
    assert admin.post("/staff/feeds", {"name_fr": "Études", "boxes": "1"} | ticked).status_code == 303
    assert selections(desk) == {"etudes": selection}


def test_the_boxes_come_back_as_they_were_ticked_with_what_is_wrong(admin, desk):
    admin.get("/staff/feeds")
    said = {"name_fr": "Études", "boxes": "1", "in": ["doctorat", "rien"], "how": "both", "language": "en"}
    answer = admin.post("/staff/feeds", said)
    assert answer.status_code == 422 and 'id="in-error"' in answer.text
    assert ticked(answer) == ({"doctorat"}, set(), "both", "en")


def test_the_page_of_a_feed_shows_its_selection_as_ticked_boxes_and_changing_them_tells_what_it_does(admin, desk, post):
    post("Une visite", "masters")
    add_named_feed(desk, "Choix", "doctorat,masters!ingenieurs.fr", actor="cli")
    assert ticked(admin.get("/staff/feeds/choix")) == ({"doctorat", "masters"}, {"ingenieurs"}, "either", "fr")
    page = admin.get("/staff/feeds/choix/change?boxes=1&in=doctorat&how=either&language=").text
    assert "<code>doctorat,masters!ingenieurs.fr</code> → <code>doctorat</code>" in page


def ticked(answer):
    page = lxml.html.fromstring(answer.text)
    within, without = (set(page.xpath("//input[@name=$name][@checked]/@value", name=name)) for name in ("in", "not"))
    (how,) = page.xpath("//input[@name='how'][@checked]/@value")
    return within, without, how, page.xpath("//select[@name='language']/option[@selected]/@value")[0]
