import pytest

from desk.categories.named_feeds import list_named_feeds
from desk.partners.registry import add_partner, list_partners
from news.users import ALLOWED, Action

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def lyon(desk, post):
    post("Une visite", "masters")
    return add_partner(desk, "Lyon", contact="ada@lyon.example", selection="masters", actor="cli").partner


def names(desk):
    return [each.partner.name for each in list_partners(desk)]


def test_a_partner_is_added_with_a_feed_of_its_own(admin, desk):
    admin.get("/staff/partners")
    answer = admin.post(
        "/staff/partners", {"name": "Lyon", "selection": "masters", "origins": "a.example\n*.b.example"}
    )
    assert answer.status_code == 303
    page = admin.get(answer.location).text
    assert "Partner added: Lyon." in page and "https://*.b.example" in page
    assert "/embed?selection=lyon&amp;p=" in page
    assert [each.selection for each in list_named_feeds(desk)] == ["masters"]


@pytest.mark.parametrize(
    ("form", "field"),
    [
        ({"name": ""}, "name"), ({"name": "Lyon"}, "name"), ({"name": "Paris", "contact": "x" * 300}, "contact"),
        ({"name": "Paris", "origins": "https://a.example/page"}, "origins"),
        ({"name": "Paris", "feed": "rien"}, "feed"),
        ({"name": "Paris", "selection": "rien"}, "selection"),
        ({"name": "Paris", "selection": "masters", "feed": "lyon"}, "selection"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_beside_its_field_and_adds_nothing(admin, desk, lyon, form, field):
    admin.get("/staff/partners")
    answer = admin.post("/staff/partners", form)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert names(desk) == ["Lyon"] and len(list_named_feeds(desk)) == 1


def test_its_page_shows_what_it_carries_and_takes_changes(editor, app, desk, lyon):
    app.test_client().get(
        f"/embed/lyon.json?p={lyon.key}", headers={"User-Agent": FIREFOX, "Origin": "https://x.example"}
    )
    app.extensions["counting"].write()
    page = editor.get(f"/staff/partners/{lyon.key}").text
    assert "x.example" in page and "carries our news" in page and "element" in page
    answer = editor.post(
        f"/staff/partners/{lyon.key}", {"name": "Lyon 2", "contact": "", "feed": "lyon", "origins": ""}
    )
    assert answer.status_code == 303
    assert names(desk) == ["Lyon 2"]
    assert "carries our news" in editor.get("/staff/partners").text


def test_a_forgotten_partner_leaves_no_contact_anywhere(editor, desk, lyon):
    editor.get(f"/staff/partners/{lyon.key}")
    assert editor.post(f"/staff/partners/{lyon.key}/remove").status_code == 303
    assert names(desk) == []
    with desk.storage.read() as reader:
        told = reader.history("partner", lyon.id)
    assert [each.action for each in told] == ["removed", "added"]
    assert "ada@" not in str(told)
    assert editor.get(f"/staff/partners/{lyon.key}").status_code == 404


def test_the_audience_page_shows_readers_days_formats_and_sites(editor, app, desk, lyon):
    client = app.test_client()
    client.get("/feeds/masters.en.atom", headers={"User-Agent": "Feedly/1.0 (16 subscribers)"})
    client.get("/feeds/masters.en.rss", headers={"User-Agent": "Googlebot/2.1"})
    client.get("/embed/masters", headers={"User-Agent": FIREFOX, "Referer": "https://<b>x.example/"})
    client.get("/embed/masters", headers={"User-Agent": FIREFOX, "Referer": "https://lyon.example/"})
    app.extensions["counting"].write()
    page = editor.get("/staff/audience").text
    assert "Masters (en)" in page and "Feedly 16" in page and "<polyline" in page and "(1 by a bot)" in page
    assert "lyon.example" in page and "<b>x" not in page
    assert "Lecteurs" in editor.get("/staff/audience?lang=fr").text


def test_an_empty_newsroom_has_its_pages_too(editor):
    assert "No partners yet." in editor.get("/staff/partners").text
    assert "Nothing was counted yet." in editor.get("/staff/audience").text


def test_an_editor_makes_no_feed_and_an_author_sees_nothing(editor, author, desk, lyon):
    editor.get("/staff/partners")
    assert editor.post("/staff/partners", {"name": "Paris", "selection": "masters"}).status_code == 403
    author.get("/staff/items/new")
    for path in ("/staff/partners", f"/staff/partners/{lyon.key}", f"/staff/partners/{lyon.key}/remove"):
        assert author.post(path, {"name": "Paris"}).status_code == 403
    assert author.get("/staff/audience").status_code == 403
    assert names(desk) == ["Lyon"]
    assert [role.value for role in ALLOWED if Action.PARTNERS in ALLOWED[role]] == ["editor", "admin"]


def test_the_audit_log_says_who_did_what_to_which_partner_and_names_no_contact(editor, admin, lyon):
    editor.get(f"/staff/partners/{lyon.key}")
    editor.post(f"/staff/partners/{lyon.key}/remove")
    page = admin.get("/staff/audit?kind=partner").text
    assert "added the partner" in page and "removed the partner" in page and "Lyon" in page
    assert "ada@" not in page


def test_a_partner_gets_another_key(editor, desk):
    made = add_partner(desk, "Lyon", actor="cli").partner
    answer = editor.post(f"/staff/partners/{made.key}/key")
    (known,) = list_partners(desk)
    assert (answer.status_code, known.partner.id, known.partner.key != made.key) == (303, made.id, True)
    assert known.partner.key in editor.get(answer.location).text
    assert editor.get(f"/staff/partners/{made.key}").status_code == 404
