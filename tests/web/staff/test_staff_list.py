import pytest

from desk.items import Draft, post_item, retract_item


def test_the_list_shows_every_status_by_word_and_shape(editor, post, desk):
    post("Published one")
    post("Draft one", status="draft")
    post("Scheduled one", date="2027-01-01")
    retract_item(desk, post("Withdrawn one").id, "cli")
    page = editor.get("/staff/").text
    for status, word in (
        ("published", "Published"), ("draft", "Draft"), ("scheduled", "Scheduled"), ("withdrawn", "Withdrawn"),
    ):  # fmt: skip
        assert f'<span class="row__status"><span class="status status--{status}">{word}</span></span>' in page


def test_the_newest_item_comes_first(editor, post):
    post("Older", date="2026-01-01")
    post("Newer", date="2026-02-01")
    page = editor.get("/staff/").text
    assert page.index("Newer") < page.index("Older")


@pytest.mark.parametrize("query", ["q=ecole", "status=draft", "category=masters", "language=en"])
def test_filters_stand_in_the_address(editor, post, query):
    post("Wanted: l’école", "masters", status="draft", date="", language="en")
    post("Other", "doctorat", language="fr")
    page = editor.get(f"/staff/?{query}").text
    assert "Wanted" in page
    assert "Other" not in page


def test_nothing_found_offers_a_way_out(editor, post):
    post("Something")
    page = editor.get("/staff/?q=nothinglikethis").text
    assert "No item matches" in page
    assert "Clear filters" in page


def test_an_empty_newsroom_invites_to_write(editor):
    assert "The first item is yours" in editor.get("/staff/").text


def test_long_lists_have_pages_that_keep_their_filters(editor, post):
    for number in range(45):
        post(f"Number {number:02}", "masters", date=f"2026-01-{number % 28 + 1:02}")
    first = editor.get("/staff/?category=masters").text
    assert 'href="/staff/?category=masters&amp;page=2"' in first
    second = editor.get("/staff/?category=masters&page=2").text
    assert second.count('class="row__title"') == 5
    assert 'rel="prev"' in second
    assert 'rel="next"' not in second


@pytest.mark.parametrize("query", ["page=0", "page=abc", "page=²", "page=99999999", "status=lost", "language=xx"])
def test_a_filter_that_means_nothing_is_refused_in_words(editor, query):
    answer = editor.get(f"/staff/?{query}")
    assert answer.status_code == 400
    assert "<h1>This request is not clear</h1>" in answer.text


@pytest.mark.parametrize("query", ["category=nowhere", "source=nowhere"])
def test_a_filter_for_what_is_not_there_is_not_found(editor, query):
    assert editor.get(f"/staff/?{query}").status_code == 404


@pytest.mark.parametrize("words", ['"', "a OR", "NEAR(", "*", "\x00", "' --", "x" * 5000])
def test_search_takes_whatever_is_typed(editor, post, words):
    post("Something")
    assert editor.get("/staff/", query_string={"q": words}).status_code == 200


def test_the_number_that_waits_stands_in_the_navigation(editor, people, desk):
    post_item(desk, Draft(title="Proposed", status="published"), people["author"])
    assert '<span class="badge">1</span>' in editor.get("/staff/").text


def test_language_is_ones_own_choice_and_stays(editor):
    assert "Nouvelle actualité" in editor.get("/staff/?lang=fr").text
    assert "Nouvelle actualité" in editor.get("/staff/").text
    assert "New item" in editor.get("/staff/?lang=en").text


def test_whatever_else_the_address_says_the_next_page_is_one_of_this_list(editor, post):
    for number in range(41):
        post(f"Number {number:02}")
    for query in ("endpoint=x", "_method=POST", "_external=1", "_scheme=javascript", "_anchor=x"):
        assert f'href="/staff/?{query}&amp;page=2"' in editor.get(f"/staff/?{query}").text
