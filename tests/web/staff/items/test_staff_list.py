import re
from html import unescape

import pytest

from desk.items.posting import post_item, retract_item
from news.drafts import Draft


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
    assert "All that is missing is news" in editor.get("/staff/").text


def links(page: str, rel: str) -> list[str]:
    return [unescape(found) for found in re.findall(rf'href="([^"]*)" rel="{rel}"', page)]


def titles(page: str) -> list[str]:
    return re.findall(r'class="row__title"[^>]*>([^<]*)<', page)


def test_long_lists_have_pages_that_keep_their_filters(editor, post):
    for number in range(85):
        post(f"Number {number:02}", "masters", date=f"2026-01-{number % 28 + 1:02}")
    whole, path, pages = [], "/staff/?category=masters&endpoint=x&_method=POST&_external=1&_anchor=x", 0
    seen = []
    while path:
        page = editor.get(path).text
        whole += titles(page)
        seen.append(titles(page))
        assert path.startswith("/staff/?category=masters&endpoint=x&")
        path, pages = next(iter(links(page, "next")), ""), pages + 1
    assert (pages, len(whole), len(set(whole))) == (3, 85, 85)
    back = editor.get(links(page, "prev")[0]).text
    assert titles(back) == seen[1]
    assert titles(editor.get(links(back, "prev")[0]).text) == seen[0]
    assert links(editor.get(links(back, "prev")[0]).text, "prev") == []


def test_a_page_stays_where_it_is_while_items_are_added_above_it(editor, post):
    for number in range(45):
        post(f"Number {number:02}", date="2026-01-01")
    onward = links(editor.get("/staff/").text, "next")[0]
    was = titles(editor.get(onward).text)
    post("One more", date="2026-02-01")
    assert titles(editor.get(onward).text) == was == [f"Number {number:02}" for number in (4, 3, 2, 1, 0)]


def test_beyond_the_end_there_is_a_way_back(editor, post):
    post("Only one", "masters")
    page = editor.get("/staff/?category=masters&after=-99999999.0190f4e4-0000-7000-8000-000000000000").text
    assert "No item matches" in page


@pytest.mark.parametrize(
    "query",
    [
        "after=0",
        "after=x.y",
        "before=²",
        "after=999999999999.0190f4e4-0000-7000-8000-000000000000",
        "after=1&before=1",
        "status=lost",
        "language=xx",
        "sort=up",
        "missing=sense",
        "author=x",
        "from=yesterday",
        "to=2026-13-01",
        "from=0001-01-01",
        "from=2026-02-01&to=2026-01-01",
    ],
)
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
    assert '<span class="badge">1<' in editor.get("/staff/").text


def test_language_is_ones_own_choice_and_stays(editor):
    assert "Nouvelle actualité" in editor.get("/staff/?lang=fr").text
    assert "Nouvelle actualité" in editor.get("/staff/").text
    assert "New item" in editor.get("/staff/?lang=en").text


def test_an_address_says_which_dates_and_in_which_order(editor, post):
    for title, day in (("one", "2026-01-01"), ("two", "2026-01-02"), ("three", "2026-01-03")):
        post(title, date=day)
    assert titles(editor.get("/staff/?from=2026-01-02").text) == ["three", "two"]
    assert titles(editor.get("/staff/?from=2026-01-01&to=2026-01-02&sort=oldest").text) == ["one", "two"]
    post("late entry", date="2025-01-01")
    assert titles(editor.get("/staff/?sort=added").text)[0] == "late entry"


def test_an_address_says_who_wrote_it(editor, author, people, desk, post):
    post_item(desk, Draft(title="By the author"), people["author"])
    post_item(desk, Draft(title="By the editor"), people["editor"])
    post("By nobody")
    assert titles(editor.get(f"/staff/?author={people['author'].id}").text) == ["By the author"]
    assert titles(editor.get("/staff/?author=me").text) == ["By the editor"]
    assert titles(author.get(f"/staff/?author={people['editor'].id}").text) == ["By the author"]


def test_what_lacks_a_translation_is_found_and_said_in_the_list(editor, desk, post):
    alone, told = post("Seule"), post("Les deux")
    post_item(desk, Draft(title="Both", language="en"), "cli", story_of=told.id)
    page = editor.get("/staff/?missing=translation").text
    assert titles(page) == ["Seule"]
    assert f'href="/staff/items/new?translates={alone.id}">Not yet in English' in page
    assert editor.get("/staff/").text.count("Not yet in English") == 1


def test_an_author_sees_no_count_person_or_source(author, post):
    post("Somebody else’s")
    page = author.get("/staff/?status=published").text
    assert "Somebody" not in page
    assert 'name="author"' not in page
    assert 'class="count"' not in page


def test_the_first_day_has_its_steps_and_knows_which_are_done(editor, admin, author):
    page = editor.get("/staff/").text
    assert [browser.get("/staff/").text.count('<li class="step') for browser in (author, editor, admin)] == [1, 4, 5]
    assert page.count("Done.") == 1
    assert 'href="/staff/categories"' not in page
    assert 'href="/staff/categories">See the categories' in admin.get("/staff/").text
    assert "send it to review" in author.get("/staff/").text
