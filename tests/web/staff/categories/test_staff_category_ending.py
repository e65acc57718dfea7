import pytest

from desk.categories.registry import list_categories
from desk.items.posting import get_item


def slugs(desk):
    return [category.slug for category in list_categories(desk)]


def test_the_category_page_offers_both_ends(admin):
    page = admin.get("/staff/categories/masters").text
    assert 'href="/staff/categories/masters/merge"' in page
    assert 'href="/staff/categories/masters/retire"' in page


def test_the_page_says_what_would_change_before_anything_does(admin, desk, post):
    post("Une visite", "masters", "doctorat")
    page = admin.get("/staff/categories/masters/retire?into=doctorat").text
    assert "<li>1 item</li>" in page
    assert "<li>3 feeds</li>" in page
    assert '<input type="hidden" name="into" value="doctorat">' in page
    assert "masters" in slugs(desk)


def test_a_category_is_retired_and_listed_as_such(admin, desk):
    admin.get("/staff/categories/masters/retire")
    answer = admin.post("/staff/categories/masters/retire", {"into": "doctorat"})
    assert answer.status_code == 303
    page = admin.get(answer.location).text
    assert "Category retired: Masters." in page
    assert "still answers until" in page
    assert "masters" not in slugs(desk)


def test_a_category_is_merged_once_the_other_is_chosen(admin, desk, post):
    item = post("Une visite", "masters")
    assert "What would change" not in admin.get("/staff/categories/masters/merge").text
    assert "What would change" in admin.get("/staff/categories/masters/merge?into=doctorat").text
    answer = admin.post("/staff/categories/masters/merge", {"into": "doctorat"})
    assert answer.status_code == 303
    assert "Masters is now part of Doctorate." in admin.get(answer.location).text
    into = next(one for one in list_categories(desk) if one.slug == "doctorat")
    assert get_item(desk, item.id).categories == {into.id}
    assert "Category merged into another" in admin.get(f"/staff/items/{item.id}").text


@pytest.mark.parametrize("into", ["", "nulle-part"])
def test_nothing_is_merged_into_nothing(admin, desk, into):
    admin.get("/staff/categories/masters/merge")
    assert admin.post("/staff/categories/masters/merge", {"into": into}).status_code in (400, 404)
    assert "masters" in slugs(desk)


@pytest.mark.parametrize("end", ["retire", "merge"])
def test_editors_end_nothing(editor, desk, end):
    assert editor.get(f"/staff/categories/masters/{end}").status_code == 403
    assert editor.post(f"/staff/categories/masters/{end}", {"into": "doctorat"}).status_code == 403
    assert "masters" in slugs(desk)
