import sqlite3
from contextlib import closing

import pytest

from desk.context import Desk, open_desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import post_item, retract_item
from desk.operating.sample import fill_with_sample, is_empty
from desk.publishing.browse import active_categories, item_page, listing
from desk.selecting import resolve
from desk.settings import Settings
from news.drafts import Draft
from news.errors import Gone, InvalidInput, NotFound


def titles(desk: Desk, *selection: str, **asked) -> list[str]:
    return [view.item.title for view in listing(desk, *selection, **asked).items]


def test_pages_follow_each_other_without_gap_or_repeat(desk: Desk, post):
    for number in range(45):
        post(f"n{number:02}", date="2026-02-01" if number % 2 else "2026-01-01")
    pages = [listing(desk, page=page) for page in (1, 2, 3)]
    seen = [view.item.title for page in pages for view in page.items]
    assert len(seen) == len(set(seen)) == 45
    assert seen == [item.title for item in list_items(desk, ItemFilter(limit=100))]
    assert [(page.has_newer, page.has_older) for page in pages] == [(False, True), (True, True), (True, False)]
    assert listing(desk, page=4).items == ()


@pytest.mark.parametrize("page", [10**6, 10**20, 10**400])
def test_a_page_that_is_very_far_away_is_empty(desk: Desk, post, page: int):
    post("Une")
    assert listing(desk, page=page).items == ()


def test_a_search_finds_words_accents_and_case_aside(desk: Desk, post):
    post("L'École doctorale", summary="Thèse")
    post("Rien")
    for words in ("ecole", "ÉCOLE doct", "these", "doctorale ecole"):
        assert titles(desk, q=words) == ["L'École doctorale"], words
    for words in ("ecole rien", '"', "*", "a OR b", "NEAR(", "-", "\udcff", "\0"):
        assert titles(desk, q=words) == [], words


def test_each_story_stands_once_in_the_newsrooms_language_where_it_is_told(desk: Desk):
    french = post_item(desk, Draft("Une nouvelle", status="published", date="2026-02-01"), "cli")
    draft = Draft("Some news", language="en", status="published", date="2026-02-01")
    english = post_item(desk, draft, "cli", story_of=french.id)
    post_item(desk, Draft("English only", language="en", status="published", date="2026-01-01"), "cli")
    assert titles(desk) == ["Une nouvelle", "English only"]
    assert titles(desk, language="en") == titles(desk, "all.en") == ["Some news", "English only"]
    page = item_page(desk, french.id)
    assert [view.item.id for view in page.translations] == [english.id]


def test_an_items_page_shows_others_of_its_first_category(desk: Desk, post):
    item = post("Une", "doctorat", "masters")
    near = post("Proche", "doctorat")
    post("Loin", "masters")
    assert [view.item.id for view in item_page(desk, item.id).more] == [near.id]


@pytest.mark.parametrize("wrong", ["nothing", "", "018f", "../etc", "\udcff"])
def test_what_is_no_item_is_not_found(desk: Desk, wrong: str):
    with pytest.raises(NotFound):
        item_page(desk, wrong)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("nulle-part", NotFound),
        ("a+b,c", InvalidInput),
        ("", InvalidInput),
        ("all.de", InvalidInput),
        ("\udcff", NotFound),
    ],
)
def test_a_wrong_selection_is_answered(desk: Desk, text: str, error: type[Exception]):
    with pytest.raises(error):
        listing(desk, text)


def test_members_stand_in_the_order_of_adding_in_the_one_address(desk: Desk):
    with desk.storage.read() as reader:
        assert resolve(reader, "masters+doctorat.fr").address == "doctorat+masters.fr"
        assert resolve(reader, "masters,masters").address == "masters"


def test_staffs_filters_narrow_the_list(desk: Desk, post, author):
    post("Publiée", "doctorat")
    post("Brouillon", "doctorat", status="draft", date="2026-02-01")
    post("In English", language="en", date="2026-01-01", summary="rare word")
    post_item(desk, Draft("De l'auteur", date="2025-01-01"), author)
    found = {
        name: [item.title for item in list_items(desk, wanted)]
        for name, wanted in {
            "status": ItemFilter(status="draft"),
            "category": ItemFilter(category="doctorat"),
            "language": ItemFilter(language="en"),
            "text": ItemFilter(text="RARE"),
            "owner": ItemFilter(owner=author.id),
            "since": ItemFilter(since=active_categories(desk)[0].created.date().replace(day=1)),
            "page": ItemFilter(limit=1, offset=1),
        }.items()
    }
    assert found == {
        "status": ["Brouillon", "De l'auteur"], "category": ["Publiée", "Brouillon"], "language": ["In English"],
        "text": ["In English"], "owner": ["De l'auteur"], "since": ["Publiée"], "page": ["Brouillon"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "error"),
    [
        (ItemFilter(status="perhaps"), InvalidInput),
        (ItemFilter(category="nulle-part"), NotFound),
        (ItemFilter(category="\udcff"), NotFound),
        (ItemFilter(source="nobody"), NotFound),
        (ItemFilter(source="\udcff"), NotFound),
    ],
)
def test_a_wrong_filter_is_answered(desk: Desk, wanted: ItemFilter, error: type[Exception]):
    with pytest.raises(error):
        list_items(desk, wanted)


def test_the_sample_fills_an_empty_newsroom_once(settings: Settings, clock, tmp_path):
    desk = open_desk(settings, clock=clock, create=True)
    assert is_empty(desk)
    filled = fill_with_sample(desk)
    assert filled == len(list_items(desk, ItemFilter(limit=1000))) >= 50
    assert not is_empty(desk)
    assert fill_with_sample(desk) == 0
    assert len(list_items(desk, ItemFilter(limit=1000))) == filled
    assert {view.item.language for view in listing(desk, language="en").items} == {"en"}
    desk.storage.close()


def test_the_sample_never_touches_a_newsroom_in_use(desk: Desk):
    assert fill_with_sample(desk) == 0
    assert list_items(desk) == ()


def test_a_sample_that_failed_half_way_can_be_loaded_again(settings: Settings, clock):
    desk = open_desk(settings, clock=clock, create=True)
    with closing(sqlite3.connect(settings.database)) as db:
        db.execute("CREATE TRIGGER refuse BEFORE INSERT ON item BEGIN SELECT raise(ABORT, 'refused'); END")
        with pytest.raises(sqlite3.IntegrityError):
            fill_with_sample(desk)
        db.execute("DROP TRIGGER refuse")
    assert fill_with_sample(desk) > 0
    desk.storage.close()


def test_a_retracted_item_answers_gone(desk: Desk, post):
    item = retract_item(desk, post("Une").id, "cli")
    with pytest.raises(Gone):
        item_page(desk, item.id)
