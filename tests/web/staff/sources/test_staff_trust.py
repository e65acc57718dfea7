"""Rules, floods and stories in the browser."""

import pytest

from desk.items.listing import list_items
from desk.items.posting import get_item, post_item
from desk.items.review import waiting
from desk.sources.floods import flood_of
from desk.sources.registry import NewSource, add_source, get_source
from desk.sources.rules import NewRule, add_rule
from news.drafts import Draft
from news.floods import Flood, FloodKind
from news.items import Item, Origin, Status


@pytest.fixture
def source(desk):
    return add_source(desk, NewSource("https://p.example/feed", "feed", name="Partner", trust="publish"), "cli")


@pytest.fixture
def collected(desk, source):
    """Puts an item of the source in the review list."""

    def make(title: str, *, flood: bool = False) -> Item:
        now, item_id = desk.now(), desk.mint()
        item = Item(item_id, item_id, title, "fr", Status.REVIEW, now, now, published=now,
                    origin=Origin(source.id, source.name, terms=("PhD",)))  # fmt: skip
        with desk.storage.transaction() as tx:
            tx.put_item(item, now)
            if flood:
                tx.put_flood(Flood(source.id, source.name, FloodKind.MANY, now, 0), [item_id])
        return item

    return make


def test_rules_are_added_moved_and_removed_by_form(editor, desk, source):
    path = f"/staff/sources/{source.id}/rules"
    assert "have a name of ours" in editor.get(path).text
    sent = {"kind": "words", "given": "prix", "categories": ["masters"], "stop": "1"}
    assert editor.post(path, sent).status_code == 303
    assert "“prix” → Masters (then stops)" in editor.get(path).text
    editor.post(f"{path}/change", {"were": "2", "down": "1"})
    assert [rule.kind.value for rule in get_source(desk, source.id).rules] == ["words", "names"]
    editor.post(f"{path}/change", {"were": "2", "remove": "1"})
    assert [rule.kind.value for rule in get_source(desk, source.id).rules] == ["names"]


@pytest.mark.parametrize("sent", [{"kind": "always"}, {"kind": "term", "categories": ["masters"]}, {"kind": "x"},
                                  {"kind": "always", "categories": ["nowhere"]}])  # fmt: skip
def test_a_rule_that_cannot_be_is_answered_with_the_form_and_a_sentence(editor, desk, source, sent):
    answer = editor.post(f"/staff/sources/{source.id}/rules", sent)
    assert (answer.status_code, 'role="alert"' in answer.text) == (422, True)
    assert len(get_source(desk, source.id).rules) == 1


@pytest.mark.parametrize("sent", [{"were": "9", "remove": "1"}, {"were": "1", "remove": "x"}, {"were": "1"}])
def test_a_change_made_on_an_older_page_changes_nothing(editor, desk, source, sent):
    assert editor.post(f"/staff/sources/{source.id}/rules/change", sent).status_code == 400
    assert len(get_source(desk, source.id).rules) == 1


def test_rules_are_tried_and_then_applied_to_what_waits(editor, desk, source, collected):
    item = collected("Une thèse")
    add_rule(desk, source.id, NewRule("term", "phd", ("doctorat",)), "cli")
    path = f"/staff/sources/{source.id}/rules"
    editor.post(f"{path}/apply", {"dry": "1"})
    assert "Published: 1. Would still wait: 0." in editor.get(path).text
    assert get_item(desk, item.id).status is Status.REVIEW
    editor.post(f"{path}/apply")
    assert get_item(desk, item.id).status is Status.PUBLISHED


def test_a_flood_stands_above_the_list_and_on_the_sources_page(editor, desk, source, collected):
    for n in range(3):
        collected(f"Titre {n}", flood=True)
    for path in ("/staff/review", f"/staff/sources/{source.id}", f"/staff/sources/{source.id}/flood"):
        assert "Partner brought 3 items at once" in editor.get(path).text
    assert "Titre 1" in editor.get(f"/staff/sources/{source.id}/flood").text
    assert '<span class="badge">1<span class="hidden-text"> waiting</span></span>' in editor.get("/staff/").text
    assert editor.post(f"/staff/sources/{source.id}/flood", {"verdict": "x"}).status_code == 400
    assert editor.post(f"/staff/sources/{source.id}/flood", {"verdict": "refuse"}).status_code == 303
    assert "Refused: 3." in editor.get("/staff/review").text
    assert flood_of(desk, source.id) is None


def test_the_list_shows_one_source_and_comes_back_to_it(editor, desk, source, collected, people):
    collected("Du partenaire")
    mine = post_item(desk, Draft("D’un auteur", status="published"), people["author"])
    page = editor.get(f"/staff/review?source={source.id}").text
    assert ("Du partenaire" in page, "D’un auteur" in page) == (True, False)
    sent = {"action": "edit", "ids": [mine.id], "categories": ["masters"], "source": source.id}
    assert editor.post("/staff/review", sent).location.endswith(f"?source={source.id}")
    assert len(get_item(desk, mine.id).categories) == 1
    assert len(waiting(desk)) == 2
    assert editor.post("/staff/review", {"action": "edit", "ids": [mine.id]}).status_code == 400
    assert editor.get("/staff/review?source=x").status_code == 404


def test_what_resembles_something_is_joined_or_kept_apart_in_place(editor, desk, collected):
    told = post_item(desk, Draft("Une chaire ouvre", ("masters",), status="published"), "cli")
    one, two = collected("Une chaire ouvre ici"), collected("Une chaire ouvre là")
    with desk.storage.transaction() as tx:
        for item in (one, two):
            tx.put_likeness(item.id, told.id, apart=False)
    assert editor.get("/staff/review").text.count("Resembles") == 2
    editor.post(f"/staff/items/{one.id}/story", {"merge": told.id})
    editor.post(f"/staff/items/{two.id}/story", {"apart": told.id})
    assert get_item(desk, one.id).merged_into == told.id
    assert "Partner</span>" in editor.get(f"/items/{told.id}", follow_redirects=True).text
    page = editor.get("/staff/review").text
    assert ("Resembles" in page, "ouvre là" in page) == (False, True)
    assert "joined to another" in editor.get(f"/staff/items/{one.id}").text
    assert editor.post(f"/staff/items/{one.id}/story", {"split": "1", "back": "item"}).location.endswith(one.id)
    assert get_item(desk, one.id).merged_into is None
    assert editor.post(f"/staff/items/{one.id}/story").status_code == 400


def test_an_author_joins_and_decides_nothing(author, desk, source, collected):
    item = collected("Titre", flood=True)
    assert author.post(f"/staff/items/{item.id}/story", {"split": "1"}).status_code == 403
    assert author.post(f"/staff/sources/{source.id}/flood", {"verdict": "accept"}).status_code == 403
    assert author.get(f"/staff/sources/{source.id}/rules").status_code == 403
    assert [one.status for one in list_items(desk)] == [Status.REVIEW]


def test_the_sources_own_categories_are_offered_to_whoever_writes_a_rule(editor, source, collected):
    collected("Une thèse")
    assert '<option value="PhD"></option>' in editor.get(f"/staff/sources/{source.id}/rules").text
