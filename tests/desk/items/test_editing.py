from dataclasses import replace
from datetime import UTC, datetime

import pytest

from desk.context import Desk
from desk.items.draft import draft_of
from desk.items.posting import edit_item, get_item, history_of, post_item, retract_item
from desk.publishing.browse import item_page, listing
from news.drafts import Draft
from news.errors import Conflict, InvalidFields, NotAllowed, NotFound
from news.items import Item, Origin, Status
from news.users import User

NOBODY = "018f0000-0000-7000-8000-000000000000"


def form_of(desk: Desk, item: Item) -> Draft:
    with desk.storage.read() as reader:
        return draft_of(desk, reader, item)


@pytest.fixture
def foreign(desk: Desk) -> Item:
    """A published item as a source may bring it: in a language the form has not, its body one bare line."""
    bare = post_item(desk, Draft("Tom & Jerry", categories=("doctorat",), date="2026-02-01", status="published"), "cli")
    item = replace(bare, language="de", content_html="Tom &amp; Jerry", title="T" * 400, version=2)
    with desk.storage.transaction() as tx:
        tx.put_item(item, desk.now())
    return item


def test_an_edit_changes_what_it_says_and_counts_the_version(desk: Desk, post):
    item = post("Avant", "doctorat")
    after = edit_item(desk, item.id, Draft("Après", ("masters",), "2026-03-01", status="published"), "cli")
    assert (after.title, after.version, after.id) == ("Après", 2, item.id)
    assert [view.item.title for view in listing(desk, "masters").items] == ["Après"]
    assert listing(desk, "doctorat").items == ()


def test_only_the_named_fields_change(desk: Desk, post):
    item = post("Avant", "doctorat", summary="Résumé", link="https://example.org/a")
    after = edit_item(desk, item.id, Draft("Après", date="rien"), "cli", only=frozenset({"title"}))
    assert (after.title, after.summary, after.link, after.categories) == (
        "Après", "Résumé", "https://example.org/a", item.categories,
    )  # fmt: skip


def test_the_form_of_an_item_saved_as_it_is_changes_nothing(desk: Desk, post, clock):
    for item in (
        post("Jour", "doctorat", body="<p>Corps &amp; <em>âme</em></p>", author="Ada", image_url="https://x.org/i.png"),
        post("Heure", date="2026-02-01T10:00:07"),
        post("Heure double", date="2025-10-26T01:30:00Z"),
        post("Plus tard", date="2027-01-01"),
        post_item(desk, Draft("Brouillon", body="Un\n\nDeux"), "cli"),
    ):
        clock.forward(minutes=5)
        assert edit_item(desk, item.id, form_of(desk, item), "cli") == item
        assert len(history_of(desk, "item", item.id)) == 1


def test_updated_moves_when_readers_read_something_else(desk: Desk, post, clock):
    item = post("Avant")
    clock.forward(hours=1)
    after = edit_item(desk, item.id, Draft("Après"), "cli", only=frozenset({"title"}))
    assert after.updated == desk.now()


@pytest.mark.parametrize(("field", "value"), [("categories", ("masters",)), ("date", "2026-02-20")])
def test_updated_stays_when_the_text_stays(desk: Desk, post, clock, field: str, value: object):
    item = post("Avant", "doctorat")
    clock.forward(hours=1)
    after = edit_item(desk, item.id, replace(form_of(desk, item), **{field: value}), "cli", only=frozenset({field}))
    assert after.version == 2
    assert after.updated == item.updated


def test_an_edit_of_what_somebody_else_changed_is_refused(desk: Desk, post):
    item = post("Avant")
    edit_item(desk, item.id, Draft("Première"), "cli", version=1, only=frozenset({"title"}))
    with pytest.raises(Conflict) as raised:
        edit_item(desk, item.id, Draft("Seconde"), "cli", version=1, only=frozenset({"title"}))
    assert raised.value.key == "item.changed_meanwhile"
    assert get_item(desk, item.id).title == "Première"


def test_a_wrong_form_changes_nothing(desk: Desk, post):
    item = post("Avant")
    with pytest.raises(InvalidFields):
        edit_item(desk, item.id, Draft("", status="published"), "cli")
    assert get_item(desk, item.id) == item


def test_an_unknown_item_cannot_be_edited(desk: Desk):
    with pytest.raises(NotFound):
        edit_item(desk, NOBODY, Draft("x"), "cli")


def test_an_author_may_not_edit_anothers_item(desk: Desk, post, author: User):
    item = post("À la rédaction")
    with pytest.raises(NotAllowed):
        edit_item(desk, item.id, Draft("À moi"), author)


def test_an_author_edits_their_own_and_it_waits_again(desk: Desk, author: User, editor: User):
    item = post_item(desk, Draft("Mon texte", status="published"), author)
    after = edit_item(desk, item.id, Draft("Mon texte, mieux", status="published"), author)
    assert (after.title, after.status) == ("Mon texte, mieux", Status.REVIEW)


def test_what_goes_back_to_draft_leaves_the_public(desk: Desk, post):
    item = post("Trop tôt", "doctorat")
    edit_item(desk, item.id, Draft("draft", status="draft"), "cli", only=frozenset({"status"}))
    assert listing(desk).items == ()
    with pytest.raises(NotFound):
        item_page(desk, item.id)


def test_a_published_item_moved_ahead_is_scheduled_and_hidden(desk: Desk, post):
    item = post("Reporté")
    after = edit_item(desk, item.id, Draft("", date="2027-01-01"), "cli", only=frozenset({"date"}))
    assert after.status is Status.SCHEDULED
    assert listing(desk).items == ()


def test_a_retracted_item_stays_so_when_its_title_is_mended(desk: Desk, post):
    item = retract_item(desk, post("Faute").id, "cli")
    after = edit_item(desk, item.id, Draft("Sans faute"), "cli", only=frozenset({"title"}))
    assert (after.title, after.status) == ("Sans faute", Status.WITHDRAWN)


def test_a_retracted_item_may_be_published_again(desk: Desk, post):
    item = retract_item(desk, post("Finalement oui").id, "cli")
    again = edit_item(desk, item.id, Draft("", status="published"), "cli", only=frozenset({"status"}))
    assert (again.status, again.withdrawn) == (Status.PUBLISHED, None)
    assert [view.item.id for view in listing(desk).items] == [item.id]


def test_a_date_taken_out_of_a_scheduled_item_means_now(desk: Desk, post):
    item = post("Finalement tout de suite", date="2027-01-01")
    after = edit_item(desk, item.id, Draft("", date=""), "cli", only=frozenset({"date"}))
    assert (after.status, after.published) == (Status.PUBLISHED, desk.now())


def test_a_date_taken_out_of_a_published_item_leaves_it_where_it_was(desk: Desk, post):
    item = post("Ancienne", date="2024-01-01")
    assert edit_item(desk, item.id, Draft("", date=""), "cli", only=frozenset({"date"})) == item


def test_what_the_form_could_not_take_stays_when_it_is_not_touched(desk: Desk, foreign: Item):
    after = edit_item(desk, foreign.id, Draft("", ("masters",)), "cli", only=frozenset({"categories"}))
    assert (after.language, after.title, after.content_html) == ("de", "T" * 400, "Tom &amp; Jerry")


def test_a_body_that_is_one_bare_line_is_not_escaped_twice(desk: Desk, foreign: Item):
    form = replace(form_of(desk, foreign), title="Tom und Jerry")
    after = edit_item(desk, foreign.id, form, "cli")
    assert (after.title, after.content_html, after.language) == ("Tom und Jerry", "Tom &amp; Jerry", "de")


def test_staffs_changes_of_a_collected_item_are_remembered_by_field(desk: Desk, post):
    plain = post("Chez nous")
    collected = replace(post("D'ailleurs"), origin=Origin("s", "S"))
    with desk.storage.transaction() as tx:
        tx.db.execute(  # the source an origin points at
            "INSERT INTO source (id, url, kind, name, trust, created, next_at)"
            " VALUES ('s', 'https://x.org', 'feed', 'S', 'publish', 0, 0)"
        )
        tx.put_item(collected, desk.now())
    form = replace(form_of(desk, collected), title="Mieux dit", date="2026-02-20", categories=("masters",))
    assert edit_item(desk, collected.id, form, "cli").overridden == {"title", "date", "categories"}
    later = edit_item(desk, collected.id, Draft("", summary="Plus"), "cli", only=frozenset({"summary"}))
    assert later.overridden == {"title", "date", "categories", "summary"}
    assert edit_item(desk, plain.id, Draft("Autre"), "cli", only=frozenset({"title"})).overridden == frozenset()


def test_a_category_that_has_ended_stays_on_the_items_that_have_it(desk: Desk, post):
    item = post("Ancienne", "doctorat")
    with desk.storage.transaction() as tx:
        category = tx.category_of_slug("doctorat")
        tx.put_category(replace(category, retired=datetime(2026, 3, 2, tzinfo=UTC)), desk.now())
    after = edit_item(desk, item.id, replace(form_of(desk, item), title="Toujours là"), "cli")
    assert after.categories == item.categories


def test_other_words_for_a_picture_keep_the_picture_and_its_size(desk: Desk, post):
    item = post("Avec image", image_url="https://x.org/i.png", image_alt="avant")
    with desk.storage.transaction() as tx:
        tx.put_item(replace(item, image=replace(item.image, width=40, height=30)), desk.now())
    after = edit_item(desk, item.id, Draft("", image_alt="après"), "cli", only=frozenset({"image_alt"}))
    assert (after.image.url, after.image.alt, after.image.width) == ("https://x.org/i.png", "après", 40)
    without = edit_item(desk, item.id, Draft("", image_url=""), "cli", only=frozenset({"image_url"}))
    assert without.image is None


def test_to_schedule_needs_a_date_from_the_form_or_from_before(desk: Desk, post):
    dated = post("Datée", status="draft", date="2027-01-01")
    after = edit_item(desk, dated.id, Draft("", status="scheduled"), "cli", only=frozenset({"status"}))
    assert after.status is Status.SCHEDULED
    undated = post("Sans date", status="draft", date="")
    with pytest.raises(InvalidFields) as raised:
        edit_item(desk, undated.id, Draft("", status="scheduled"), "cli", only=frozenset({"status"}))
    assert raised.value.fields["date"].key == "item.date.needed"
