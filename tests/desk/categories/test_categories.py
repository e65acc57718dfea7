from dataclasses import replace

import pytest

from desk.categories.registry import add_category, list_categories, order_categories, rename_category
from desk.context import Desk
from desk.items.posting import history_of
from desk.publishing.browse import listing
from desk.selecting import resolve, selection_title
from news.errors import Conflict, Gone, InvalidInput, NotAllowed, NotFound
from news.users import User


def slugs(desk: Desk) -> list[str]:
    return [category.slug for category in list_categories(desk)]


def test_a_category_stands_last_under_the_slug_of_its_french_name(desk: Desk):
    added = add_category(desk, "Vie étudiante & sport", actor="cli")
    assert (added.slug, added.rank, added.name_en) == ("vie-etudiante-sport", 6, "Vie étudiante & sport")
    assert slugs(desk)[-1] == "vie-etudiante-sport"


def test_the_schools_categories_have_the_addresses_they_should(desk: Desk):
    assert slugs(desk) == ["ingenieurs", "doctorat", "masters", "partenariats-internationaux", "diversite-rse"]


@pytest.mark.parametrize(
    ("name", "slug", "key"),
    [
        ("", None, "category.name.empty"),
        ("!!!", None, "category.name.empty"),
        ("x" * 101, None, "category.name.long"),
        ("All", None, "category.slug.reserved"),
        ("Bien", "a+b", "category.slug.malformed"),
        ("Bien", "Bien", "category.slug.malformed"),
        ("Bien", "", "category.slug.malformed"),
    ],
)
def test_a_wrong_name_or_slug_is_refused(desk: Desk, name: str, slug: str | None, key: str):
    with pytest.raises(InvalidInput) as raised:
        add_category(desk, name, slug=slug, actor="cli")
    assert raised.value.key == key
    assert len(list_categories(desk)) == 5


def test_the_address_of_another_is_taken(desk: Desk):
    with pytest.raises(Conflict) as raised:
        add_category(desk, "Doctorat", actor="cli")
    assert raised.value.key == "category.slug.taken"


def test_renaming_keeps_the_id_and_leads_from_the_old_address(desk: Desk, post):
    post("Thèse", "doctorat")
    before = list_categories(desk)[1]
    after = rename_category(desk, "doctorat", name_fr="École doctorale", new_slug="ecole-doctorale", actor="cli")
    assert (after.id, after.slug, after.past_slugs) == (before.id, "ecole-doctorale", ("doctorat",))
    with desk.storage.read() as reader:
        assert resolve(reader, "doctorat").address == "ecole-doctorale"
    assert [view.item.title for view in listing(desk, "ecole-doctorale").items] == ["Thèse"]


def test_an_old_address_is_never_anothers(desk: Desk):
    rename_category(desk, "doctorat", new_slug="theses", actor="cli")
    with pytest.raises(Conflict):
        add_category(desk, "Doctorat", actor="cli")
    with pytest.raises(Conflict):
        rename_category(desk, "masters", new_slug="doctorat", actor="cli")


def test_a_category_may_take_its_own_old_address_again(desk: Desk):
    rename_category(desk, "doctorat", new_slug="theses", actor="cli")
    back = rename_category(desk, "theses", new_slug="doctorat", actor="cli")
    assert (back.slug, back.past_slugs) == ("doctorat", ("theses",))


def test_old_names_stay_aliases_and_a_name_is_no_alias_of_itself(desk: Desk):
    renamed = rename_category(desk, "doctorat", name_fr="Thèses", actor="cli")
    assert renamed.aliases == ("Doctorat",)
    back = rename_category(desk, "doctorat", name_fr="Doctorat", actor="cli")
    assert back.aliases == ("Thèses",)


def test_renaming_moves_the_feeds_that_show_its_items(desk: Desk, post, clock):
    post("Thèse", "doctorat", "masters")
    clock.forward(hours=1)

    def changed_at(text: str):
        with desk.storage.read() as reader:
            return reader.feed_state(resolve(reader, text)).changed_at

    rename_category(desk, "doctorat", name_fr="Thèses", actor="cli")
    assert [changed_at(text) == desk.now() for text in ("doctorat", "masters", "all", "ingenieurs")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_renaming_to_what_it_is_changes_nothing(desk: Desk):
    before = desk.storage.change_number()
    rename_category(desk, "doctorat", name_fr="Doctorat", name_en="Doctorate", new_slug="doctorat", actor="cli")
    assert desk.storage.change_number() == before


def test_order_puts_the_named_first_and_keeps_the_rest(desk: Desk):
    order_categories(desk, ["masters", "diversite-rse", "masters"], "cli")
    assert slugs(desk) == ["masters", "diversite-rse", "ingenieurs", "doctorat", "partenariats-internationaux"]
    assert [category.rank for category in list_categories(desk)] == [1, 2, 3, 4, 5]


def test_an_unknown_slug_orders_and_renames_nothing(desk: Desk):
    before = slugs(desk)
    with pytest.raises(NotFound):
        order_categories(desk, ["masters", "nulle-part"], "cli")
    with pytest.raises(NotFound):
        rename_category(desk, "nulle-part", name_fr="x", actor="cli")
    assert slugs(desk) == before


def test_a_retired_category_answers_gone_and_is_listed_only_when_asked_for(desk: Desk):
    with desk.storage.transaction() as tx:
        tx.put_category(replace(tx.category_of_slug("masters"), retired=desk.now()), desk.now())
    assert "masters" not in slugs(desk)
    assert [category.slug for category in list_categories(desk, retired=True)][-1] == "masters"
    with pytest.raises(Gone), desk.storage.read() as reader:
        resolve(reader, "doctorat+masters")


@pytest.mark.parametrize("who", ["author", "editor"])
def test_only_admins_manage_categories(desk: Desk, who: str, request):
    person: User = request.getfixturevalue(who)
    with pytest.raises(NotAllowed):
        add_category(desk, "Nouvelle", actor=person)
    with pytest.raises(NotAllowed):
        rename_category(desk, "doctorat", name_fr="x", actor=person)
    with pytest.raises(NotAllowed):
        order_categories(desk, ["masters"], person)


def test_history_keeps_what_was_done_to_a_category(desk: Desk, admin: User):
    added = add_category(desk, "Nouvelle", actor=admin)
    rename_category(desk, "nouvelle", name_fr="Plus nouvelle", actor=admin)
    assert [(change.action, change.actor) for change in history_of(desk, "category", added.id)] == [
        ("renamed", f"user:{admin.id}"),
        ("added", f"user:{admin.id}"),
    ]


def test_a_selection_is_said_in_words(desk: Desk):
    def said(text: str, language: str) -> str:
        with desk.storage.read() as reader:
            return selection_title(resolve(reader, text), language)

    assert said("all", "fr") == "Toutes les actualités"
    assert said("doctorat", "en") == "Doctorate"
    assert "Doctorat" in said("doctorat+masters!ingenieurs", "fr")
    assert "Ingénieurs" in said("doctorat+masters!ingenieurs", "fr")
