import lxml.html
import pytest

from desk.items.listing import list_items
from desk.items.posting import edit_item, get_item, post_item
from news.drafts import Draft
from news.items import Status

FORM = {
    "title": "Rentrée : 135 élèves",
    "categories": ["masters", "doctorat"],
    "date": "2026-03-01",
    "link": "https://partner.example/a",
    "summary": "Deux phrases. Pas plus.",
    "body": "Un paragraphe.\n\nUn autre.",
    "language": "fr",
    "status": "published",
    "author": "Service",
    "image_url": "https://partner.example/i.jpg",
    "image_alt": "Un bateau",
}


def newest(desk):
    return list_items(desk)[0]


def test_posting_the_form_stores_the_item_and_leads_to_it(editor, desk):
    answer = editor.post("/staff/items/new", FORM)
    item = newest(desk)
    assert (answer.status_code, answer.location) == (303, f"/staff/items/{item.id}")
    assert (item.title, item.status, item.day.isoformat()) == ("Rentrée : 135 élèves", Status.PUBLISHED, "2026-03-01")
    assert item.content_html == "<p>Un paragraphe.</p>\n<p>Un autre.</p>"
    assert (item.link, item.author, item.image.alt) == ("https://partner.example/a", "Service", "Un bateau")
    assert len(item.categories) == 2


def test_a_posted_item_is_in_public_at_once(editor):
    editor.post("/staff/items/new", FORM)
    assert "Rentrée : 135 élèves" in editor.client.get("/").text
    assert "Rentrée : 135 élèves" in editor.client.get("/feeds/masters.atom").text


def test_a_draft_is_nowhere_in_public(editor):
    editor.post("/staff/items/new", FORM | {"status": "draft"})
    assert "Rentrée" not in editor.client.get("/").text
    assert "Rentrée" not in editor.client.get("/feeds/masters.atom").text


def test_without_a_status_the_form_makes_a_draft(editor, desk):
    editor.post("/staff/items/new", {"title": "Only a title"})
    assert newest(desk).status is Status.DRAFT


def test_an_item_published_ahead_is_scheduled_and_the_page_says_when(editor, desk):
    answer = editor.post("/staff/items/new", FORM | {"date": "2026-10-04 09:00"})
    assert newest(desk).status is Status.SCHEDULED
    assert "Publication scheduled for 4 October 2026 at 9:00." in editor.get(answer.location).text
    assert "Publication programmée le 4 octobre 2026 à 9\u00a0h." in editor.get(answer.location + "?lang=fr").text


def test_what_saving_did_is_said_in_one_sentence(editor, desk):
    dated = editor.post("/staff/items/new", FORM | {"date": "2026-10-04 09:00"})
    assert "Scheduled: it will appear on 4 October 2026 at 9:00." in editor.get(dated.location).text
    day = editor.post("/staff/items/new", FORM | {"date": "2026-10-04", "title": "Other"})
    assert "Scheduled: it will appear on 4 October 2026." in editor.get(day.location).text
    made = editor.post("/staff/items/new", FORM | {"title": "Third"})
    assert "Published: it is online." in editor.get(made.location).text
    again = editor.post(made.location, FORM | {"title": "Third, mended", "version": "1"})
    assert "Updated: the changes are online." in editor.get(again.location).text


def test_a_wrong_form_comes_back_as_typed_with_each_error_by_its_field(editor, desk):
    wrong = FORM | {"title": " ", "date": "hier", "link": "partner", "categories": ["masters", "nowhere"]}
    answer = editor.post("/staff/items/new", wrong)
    page = answer.text
    assert answer.status_code == 422
    assert list_items(desk) == ()
    for field in ("title", "date", "link", "categories"):
        assert f'id="{field}-error"' in page
        assert f'href="#{field}"' in page
        assert f'aria-describedby="{field}-error' in page
    assert "4 fields need your attention" in page
    assert 'value="hier"' in page
    assert "Un paragraphe.\n\nUn autre." in page
    assert 'value="masters" checked' in page


def test_what_was_typed_is_never_markup(editor):
    page = editor.post("/staff/items/new", FORM | {"title": "", "summary": "</textarea><script>x</script>"}).text
    assert "<script>x" not in page


def test_the_form_shows_categories_by_rank(editor):
    page = editor.get("/staff/items/new?lang=fr").text
    places = [page.index(f'value="{slug}"') for slug in ("ingenieurs", "doctorat", "masters", "diversite-rse")]
    assert places == sorted(places)


def test_editing_shows_and_changes_the_item(editor, desk, post):
    item = post("Before", "masters", body="One.\n\nTwo.")
    page = editor.get(f"/staff/items/{item.id}").text
    assert "Before</textarea>" in page
    assert "One.\n\nTwo.</textarea>" in page
    answer = editor.post(f"/staff/items/{item.id}", FORM | {"title": "After", "version": str(item.version)})
    assert answer.status_code == 303
    assert get_item(desk, item.id).title == "After"
    assert get_item(desk, item.id).version == item.version + 1


def test_saving_the_form_as_it_is_changes_nothing(editor, desk, post):
    item = post("Title", "masters", body="One.\ntwo &amp; <b>three</b>", summary="S", date="2026-02-01 09:30")
    typed = {"title": "Title", "categories": ["masters"], "body": item.content_html, "version": "1"}
    editor.post(f"/staff/items/{item.id}", typed)
    assert get_item(desk, item.id) == item


def test_a_body_of_paragraphs_comes_back_as_plain_text_and_saving_it_changes_nothing(editor, desk, post):
    item = post("Title", body="<p>Un\u00a0: l’un &amp; l’autre.</p><p>Deux.<br>Trois.</p>")
    page = editor.get(f"/staff/items/{item.id}").text
    assert "\nUn\u00a0: l’un &amp; l’autre.\n\nDeux.\nTrois.</textarea>" in page
    typed = {"title": "Title", "body": "Un\u00a0: l’un & l’autre.\r\n\r\nDeux.\r\nTrois."}
    editor.post(f"/staff/items/{item.id}", typed)
    assert get_item(desk, item.id) == item


def test_a_body_with_markup_comes_back_as_markdown(editor, post):
    item = post("Title", body="<p>One <strong>word</strong>.</p><ul><li>a</li></ul><p>Two.</p>")
    page = editor.get(f"/staff/items/{item.id}").text
    assert "One **word**.\n\n- a\n\nTwo.</textarea>" in page


def test_a_body_that_markdown_cannot_say_comes_back_as_html_one_block_a_paragraph(editor, post):
    item = post("Title", body="<p>One H<sub>2</sub>O.</p><ul><li>a</li></ul><p>Two.</p>")
    page = editor.get(f"/staff/items/{item.id}").text
    shown = "<p>One H<sub>2</sub>O.</p>\n\n<ul><li>a</li></ul>\n\n<p>Two.</p></textarea>"
    assert shown.replace("<", "&lt;").replace(">", "&gt;").replace("&lt;/textarea&gt;", "</textarea>") in page


def test_a_changed_body_is_stored(editor, desk, post):
    item = post("Title", body="One.\n\nTwo.")
    editor.post(f"/staff/items/{item.id}", {"title": "Title", "body": "One.\r\n\r\nThree."})
    assert get_item(desk, item.id).content_html == "<p>One.</p>\n<p>Three.</p>"


def test_unticking_every_category_leaves_none(editor, desk, post):
    item = post("Title", "masters")
    editor.post(f"/staff/items/{item.id}", {"title": "Title"})
    assert get_item(desk, item.id).categories == frozenset()


def test_two_editors_at_once_both_keep_their_words(editor, desk, post, people):
    item = post("Title", "masters", summary="Old.")
    edit_item(desk, item.id, Draft(title="Theirs"), people["admin"], only=frozenset({"title"}))
    answer = editor.post(f"/staff/items/{item.id}", {"title": "Mine", "summary": "Old.", "version": "1"})
    assert answer.status_code == 409
    assert "Mine</textarea>" in answer.text
    assert "<ins>Theirs</ins>" in answer.text
    assert get_item(desk, item.id).title == "Theirs"
    assert 'name="version" value="2"' in answer.text
    assert editor.post(f"/staff/items/{item.id}", {"title": "Mine", "version": "2"}).status_code == 303


def test_a_stale_token_stores_nothing_and_hands_the_form_back(editor, desk):
    answer = editor.post("/staff/items/new", FORM | {"csrf_token": "stale"})
    assert answer.status_code == 400
    assert list_items(desk) == ()
    assert "This form has expired" in answer.text
    assert "Rentrée : 135 élèves</textarea>" in answer.text
    assert f'name="csrf_token" value="{editor.token.split(".")[0]}' in answer.text


def test_a_stale_token_on_a_strangers_item_shows_nothing_of_it(author, post):
    item = post("Secret plan", status="draft", date="")
    answer = author.post(f"/staff/items/{item.id}", {"title": "x", "csrf_token": "stale"})
    assert answer.status_code == 403
    assert "Secret plan" not in answer.text


def test_a_session_that_ended_hands_back_what_was_typed(editor, clock):
    clock.forward(hours=13)
    answer = editor.post("/staff/items/new", FORM)
    assert answer.status_code == 401
    assert "Un paragraphe.\n\nUn autre." in answer.text


def test_a_withdrawn_item_is_gone_and_comes_back_by_one_button(editor, desk, post):
    item = post("Title", "masters")
    answer = editor.post(f"/staff/items/{item.id}/retract", {"reason": "Twice"})
    assert answer.status_code == 303
    assert get_item(desk, item.id).status is Status.WITHDRAWN
    page = editor.get(answer.location).text
    assert "“Title” is withdrawn." in page
    assert '<input type="hidden" name="status" value="published">' in page
    assert "Twice" in page
    editor.post(f"/staff/items/{item.id}/restore", {"status": "published"})
    assert get_item(desk, item.id).status is Status.PUBLISHED
    assert "Title" in editor.client.get("/feeds/masters.atom").text


def test_a_withdrawn_item_can_be_restored_as_a_draft_later(editor, desk, post):
    item = post("Title", "masters")
    editor.post(f"/staff/items/{item.id}/retract")
    editor.post(f"/staff/items/{item.id}/restore", {"status": "draft"})
    assert get_item(desk, item.id).status is Status.DRAFT


def test_the_history_says_who_did_what(editor, post):
    item = post("Title")
    editor.post(f"/staff/items/{item.id}", {"title": "Other"})
    page = editor.get(f"/staff/items/{item.id}").text
    assert "Created" in page
    assert "command line" in page
    assert "editor@school.example · <time" in page
    assert "Title</span>" in page


def history(page):
    return [each.text_content() for each in lxml.html.fromstring(page.text).cssselect(".history li > span:first-child")]


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"status": "draft"}, "Created"),
        ({"status": "published"}, "Created and published"),
        ({"status": "published", "date": "2031-01-01"}, "Created and scheduled"),
    ],
)
def test_the_history_begins_with_what_became_of_it(editor, sent, told):
    page = editor.post("/staff/items/new", {"title": "Title", "language": "en"} | sent, follow_redirects=True)
    assert history(page) == [told]
    assert history(editor.get(page.request.path + "?lang=fr"))[0].startswith("Créée")


def test_the_history_names_each_change_of_status(editor, desk):
    item = post_item(desk, Draft("Title"), "cli")
    path = f"/staff/items/{item.id}"
    for sent in ({"status": "review"}, {"status": "published"}, {"status": "draft", "title": "Other"}):
        editor.post(path, sent)
    told = ["Edited and back to draft: Title", "Published", "Sent to review", "Created"]
    assert history(editor.get(path)) == told


def test_an_authors_publishing_waits_for_review(author, desk):
    answer = author.post("/staff/items/new", FORM)
    assert newest(desk).status is Status.REVIEW
    assert "Sent to review" in author.get(answer.location).text


def test_authors_see_and_edit_their_own_items_only(author, desk, post, people):
    others = post("Of another", status="draft", date="")
    own = post_item(desk, Draft(title="My own"), people["author"])
    page = author.get("/staff/").text
    assert "My own" in page
    assert "Of another" not in page
    assert author.get(f"/staff/items/{own.id}").status_code == 200
    for method, path in (("GET", ""), ("POST", ""), ("POST", "/retract"), ("POST", "/restore")):
        answer = author.client.open(
            f"/staff/items/{others.id}{path}", method=method, data={"csrf_token": author.token, "title": "x"}
        )
        assert answer.status_code == 403
        assert "Of another" not in answer.text
    assert get_item(desk, others.id) == others


def test_an_unknown_item_is_not_found(editor):
    assert editor.get("/staff/items/019cadfd-8900-7003-b712-ab9420796896").status_code == 404


def test_the_preview_says_what_saving_would_do_and_stores_nothing(editor, desk):
    answer = editor.post("/staff/items/preview", FORM | {"date": "2026-10-04", "title": "<b>T</b>"})
    assert answer.status_code == 200
    assert 'data-label="Publish on 4 October 2026"' in answer.text
    assert "&lt;b&gt;T&lt;/b&gt;" in answer.text
    assert 'Doctorat, Masters — <time datetime="2026-10-04">04/10/2026</time>' in answer.text
    assert "<p>Un paragraphe.</p>" in answer.text
    assert list_items(desk) == ()


def test_the_preview_is_as_safe_as_the_page(editor):
    answer = editor.post("/staff/items/preview", {"title": "T", "body": "<p onclick=x>a</p><script>alert(1)</script>"})
    assert "<p>a</p>" in answer.text
    assert "script" not in answer.text


@pytest.mark.parametrize("typed", [
    {"title": "x" * 301}, {"body": "x" * 500_001}, {"summary": "x" * 5001}, {"language": "xx"}, {"status": "gone"},
    {"image_url": "data:x"}, {"date": "2026-03-29 02:30"}, {"date": "9999-99-99"}, {"link": "javascript:alert(1)"},
])  # fmt: skip
def test_every_bad_field_is_named(editor, typed):
    answer = editor.post("/staff/items/new", {"title": "T"} | typed)
    assert answer.status_code == 422
    assert f'id="{next(iter(typed))}-error"' in answer.text


def test_an_article_of_half_a_million_characters_fits(editor, desk):
    editor.post("/staff/items/new", {"title": "Long", "body": "é " * 240_000})
    assert len(newest(desk).content_html) > 470_000


def test_what_is_far_too_long_is_refused_in_words(editor):
    answer = editor.post("/staff/items/new", {"title": "Long", "body": "x" * 4_100_000})
    assert answer.status_code == 413
    assert "4 million characters at most, and a picture of" in answer.text
    assert 'href="/staff/items/new"' in answer.text
