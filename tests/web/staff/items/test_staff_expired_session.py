"""A form that comes too late, or without its token: the text, the picture and the categories are all there again."""

import io
import re
from urllib.parse import parse_qs, unquote

import pytest

from desk.accounts.sessions import end_all
from desk.items.listing import list_items
from desk.items.posting import get_item

TOKEN = "019cadfd-8900-7003-b712-ab9420796896"
NAMED = re.compile(r'name="image_url" value="(urn:uuid:[^"]+)"')


def form(file: bytes, **said: object) -> dict[str, object]:
    typed = {
        "title": "Une chaire",
        "categories": ["masters", "doctorat"],
        "body": "Du **texte**.",
        "image_alt": "Le jury",
    }
    return typed | {"token": TOKEN, "image_file": (io.BytesIO(file), "photo.jpg")} | said


def test_a_form_with_a_stale_token_comes_back_with_its_picture(editor, desk, draw):
    answer = editor.post("/staff/items/new", form(draw(), csrf_token="stale"))
    assert (answer.status_code, list_items(desk)) == (400, ())
    assert "This form has expired" in answer.text
    (named,) = NAMED.findall(answer.text)
    token = re.search(r'name="csrf_token" value="([^"]+)"', answer.text)[1]
    editor.post("/staff/items/new", {"title": "Une chaire", "image_alt": "x", "image_url": named, "csrf_token": token})
    (item,) = list_items(desk)
    assert item.image.kept


def test_a_stale_token_with_what_is_no_picture_says_so(editor, desk):
    answer = editor.post("/staff/items/new", form(b"no picture", csrf_token="stale"))
    assert answer.status_code == 400
    assert 'id="image_file-error"' in answer.text and "Une chaire</textarea>" in answer.text


def test_a_form_sent_from_another_site_leaves_no_picture_with_us(editor, desk, draw):
    answer = editor.post("/staff/items/new", form(draw(), csrf_token="stale"), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 400
    assert NAMED.search(answer.text) is None
    with desk.storage.transaction() as tx:
        assert tx.sweep_pictures(desk.now(), desk.now()) == 0


def test_a_form_sent_after_its_session_ended_is_taken_up_after_signing_in(editor, desk, clock, draw):
    clock.forward(hours=13)
    answer = editor.post("/staff/items/new", form(draw()))
    assert (answer.status_code, list_items(desk)) == (401, ())
    assert "Une chaire" in answer.text
    onward = f"/staff/items/new?resume={TOKEN}"
    assert f'href="/staff/login?next={onward}"' in unquote(answer.text)
    assert editor.sign_in("editor@school.example", next=onward).location == onward
    page = editor.get(onward).text
    assert "Une chaire</textarea>" in page and "Du **texte**.</textarea>" in page
    assert set(re.findall(r'name="categories" value="([^"]+)" checked', page)) == {"masters", "doctorat"}
    assert NAMED.search(page)


def test_a_change_sent_after_its_session_ended_is_taken_up_after_signing_in(editor, desk, post, clock, draw):
    item = post("Before")
    clock.forward(hours=13)
    answer = editor.post(f"/staff/items/{item.id}", form(draw(), of=item.id, version="1"))
    assert f'href="/staff/login?next=/staff/items/{item.id}?resume=1"' in unquote(answer.text)
    assert get_item(desk, item.id) == item
    editor.sign_in("editor@school.example")
    assert "Une chaire</textarea>" in editor.get(f"/staff/items/{item.id}?resume=1").text


def kept_nothing(browser, answer) -> None:
    assert answer.status_code == 401
    assert "resume" not in answer.text
    browser.sign_in("editor@school.example")
    assert "You had begun" not in browser.get("/staff/items/new").text


def test_a_session_that_somebody_ended_keeps_nothing_more(editor, desk, people, draw):
    end_all(desk, people["editor"], people["editor"])
    kept_nothing(editor, editor.post("/staff/items/new", form(draw())))


def test_a_session_that_ended_long_ago_keeps_nothing_more(editor, clock, draw):
    clock.forward(days=9)
    kept_nothing(editor, editor.post("/staff/items/new", form(draw())))


@pytest.mark.parametrize("said", [{"csrf_token": "stale"}, {"token": "x"}, {"body": "x" * 600_000}])
def test_what_is_not_from_our_form_is_not_kept(editor, clock, draw, said):
    clock.forward(hours=13)
    kept_nothing(editor, editor.post("/staff/items/new", form(draw(), **said)))


def test_nothing_is_kept_over_an_item_one_may_not_edit(author, post, clock, draw):
    item = post("Secret", status="draft", date="")
    clock.forward(hours=13)
    answer = author.post(f"/staff/items/{item.id}", form(draw(), of=item.id))
    assert (answer.status_code, "resume" in answer.text, "Secret" in answer.text) == (401, False, False)


def test_browsers_get_an_address_for_each_form_that_leads_to_its_item_once_there_is_one(editor, author, desk):
    asked = "/staff/items/new?lang=fr&_external=1&_scheme=evil&endpoint=x"
    answer = editor.get(asked, headers={"Sec-Fetch-Mode": "navigate"})
    token = parse_qs(answer.location.partition("?")[2])["form"][0]
    assert answer.location in (f"/staff/items/new?form={token}&lang=fr", f"/staff/items/new?lang=fr&form={token}")
    assert f'name="token" value="{token}"' in editor.get(answer.location).text
    editor.post("/staff/items/new", {"title": "Une chaire", "token": token})
    (item,) = list_items(desk)
    assert editor.get(answer.location).location == f"/staff/items/{item.id}"
    assert author.get(answer.location).status_code == 200
