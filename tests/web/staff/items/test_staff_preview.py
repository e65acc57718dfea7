"""The form seen before it is sent: its four shapes, and what a careful colleague would say."""

import lxml.html

from desk.items.listing import list_items
from desk.items.posting import post_item
from desk.pictures.uploads import upload
from news.drafts import Draft

TYPED = {
    "title": "Une chaire", "categories": ["masters"], "date": "2026-03-04", "summary": "Elle ouvre.",
    "body": "Du **texte**.", "language": "fr", "status": "published", "link": "https://partner.example/a",
}  # fmt: skip


def shown(browser, **typed):
    answer = browser.post("/staff/items/preview", TYPED | typed)
    assert answer.status_code == 200
    return lxml.html.fromstring(answer.text)


def text(page, selector):
    return " ".join(page.cssselect(selector)[0].text_content().split())


def test_the_block_of_the_preview_is_the_public_block(editor, desk):
    before = shown(editor, date="2026-03-01").cssselect(".view--block section")[0]
    editor.post("/staff/items/new", TYPED | {"date": "2026-03-01"})
    public = editor.client.get("/embed/all.fr.html").text
    assert lxml.html.tostring(before.cssselect("li")[0]).split() == (
        lxml.html.tostring(lxml.html.fromstring(public).cssselect("li")[0]).split()
    )


def test_the_page_of_the_preview_is_the_public_article(editor, desk):
    before = shown(editor, date="2026-03-01", language="en").cssselect("article")[0]
    editor.post("/staff/items/new", TYPED | {"date": "2026-03-01", "language": "en"})
    item = list_items(desk)[0]
    public = lxml.html.fromstring(editor.client.get(f"/items/{item.id}/une-chaire").text).cssselect("article")[0]
    assert before.text_content().split()[:-1] == public.text_content().split()[:-1]


def test_a_feed_reader_and_a_shared_link_are_shown(editor):
    page = shown(editor)
    assert "<strong>texte</strong>" in lxml.html.tostring(page.cssselect(".view--reader .prose")[0]).decode()
    assert text(page, ".card__text") == "localhost Une chaire Elle ouvre."


def test_whatever_is_typed_there_is_something_to_see(editor):
    page = shown(editor, title="", date="hier", link="javascript:alert(1)", language="xx", categories=["nowhere"],
                 image_url="data:x", summary="x" * 6000)  # fmt: skip
    assert "Du texte." in text(page, ".view--page")
    assert "javascript" not in lxml.html.tostring(page).decode()


def test_an_upload_that_is_not_public_yet_is_seen_by_who_brought_it_alone(author, signed_in, desk, people, draw):
    picture = upload(desk, draw(), people["editor"])
    typed = {"image_url": f"urn:uuid:{picture.id}", "image_alt": "Quatre coins"}
    assert shown(author, **typed).cssselect(".view--page img") == []
    seen = shown(signed_in("editor"), **typed).cssselect(".view--page img")[0]
    assert seen.get("src").startswith(f"/staff/pictures/{picture.id}/")


def test_advice_is_given_by_field_and_refuses_nothing(editor, desk):
    page = shown(editor, title="UNE NOUVELLE CHAIRE DE MÉCANIQUE")
    said = [" ".join(each.text_content().split()) for each in page.cssselect(".advice")]
    assert said == ["Title: all in capitals, which is hard to read.", "Language: no English version yet."]
    assert page.cssselect(".advice a")[0].get("href") == "#title"
    assert editor.post("/staff/items/new", TYPED | {"title": "UNE NOUVELLE CHAIRE"}).status_code == 303


def test_what_looks_like_another_item_is_said_and_its_translation_is_not(editor, desk, post):
    other = post("Une nouvelle chaire de mécanique", link="https://partner.example/a?utm_source=x")
    page = shown(editor, title="Autre chose")
    assert page.cssselect(".advice--alike a")[0].get("href") == f"/staff/items/{other.id}"
    page = shown(editor, title="Une nouvelle chaire de mécaniques", link="")
    assert "Une nouvelle chaire de mécanique" in text(page, ".advice--alike")
    assert shown(editor, title="Autre chose", translates=other.id).cssselect(".advice--alike") == []
    assert shown(editor, title="Autre chose", of=other.id).cssselect(".advice--alike") == []


def test_an_author_is_not_told_of_strangers_drafts(author, desk, people, post):
    post_item(desk, Draft(title="Une nouvelle chaire de mécanique", language="fr"), people["editor"])
    assert shown(author, title="Une nouvelle chaire de mécanique", link="").cssselect(".advice--alike") == []


def test_a_link_to_a_private_address_is_not_followed(editor):
    answer = editor.post("/staff/items/links", TYPED | {"link": "http://127.0.0.1:9/x"})
    assert (answer.status_code, answer.text.strip()) == (200, "")


def test_a_draft_of_somebody_else_is_not_shown_by_naming_it(author, desk, people):
    hidden = post_item(desk, Draft(title="Secret", author="Quelqu’un", image_url="https://x.example/secret.jpg"), "cli")
    page = shown(author, of=hidden.id, image_url="https://x.example/secret.jpg")
    assert hidden.id not in lxml.html.tostring(page).decode()
