import pytest

from desk.categories.registry import list_categories


def slugs(desk):
    return [category.slug for category in list_categories(desk)]


def test_a_category_is_added_last(admin, desk):
    answer = admin.post("/staff/categories", {"name_fr": "Vie étudiante", "name_en": "Student life"})
    assert answer.status_code == 303
    assert slugs(desk)[-1] == "vie-etudiante"
    assert "Category added: Student life." in admin.get(answer.location).text


@pytest.mark.parametrize(("typed", "field"), [
    ({"name_fr": ""}, "name_fr"), ({"name_fr": "All", "slug": "all"}, "slug"), ({"name_fr": "Masters"}, "slug"),
    ({"name_fr": "X", "slug": "a b"}, "slug"),
])  # fmt: skip
def test_a_wrong_category_is_refused_by_its_field(admin, desk, typed, field):
    before = slugs(desk)
    answer = admin.post("/staff/categories", typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert slugs(desk) == before


def test_renaming_keeps_the_address_unless_another_is_given(admin, desk):
    admin.post("/staff/categories/masters", {"name_fr": "Mastères", "name_en": "MSc", "slug": "masters"})
    renamed = list_categories(desk)[2]
    assert (renamed.name_fr, renamed.name_en, renamed.slug) == ("Mastères", "MSc", "masters")


def test_a_new_address_leads_from_the_old_one(admin):
    admin.post("/staff/categories/masters", {"name_fr": "Masters", "name_en": "Masters", "slug": "msc"})
    assert admin.client.get("/category/masters").status_code == 301


def test_a_taken_address_is_refused_and_the_form_kept(admin, desk):
    answer = admin.post("/staff/categories/masters", {"name_fr": "Kept", "name_en": "K", "slug": "doctorat"})
    assert answer.status_code == 422
    assert 'value="Kept"' in answer.text
    assert "masters" in slugs(desk)


def test_moving_changes_the_order_by_one_place(admin, desk):
    admin.post("/staff/categories/doctorat/move", {"direction": "up"})
    assert slugs(desk)[:3] == ["doctorat", "ingenieurs", "masters"]
    admin.post("/staff/categories/doctorat/move", {"direction": "down"})
    assert slugs(desk)[:3] == ["ingenieurs", "doctorat", "masters"]


def test_the_first_stays_first_and_the_last_last(admin, desk):
    before = slugs(desk)
    admin.post(f"/staff/categories/{before[0]}/move", {"direction": "up"})
    admin.post(f"/staff/categories/{before[-1]}/move", {"direction": "down"})
    assert slugs(desk) == before


def test_an_unknown_category_is_not_found(admin):
    answer = admin.get("/staff/categories/nope")
    assert answer.status_code == 404
    assert "Those there are: ingenieurs, doctorat" in answer.text
