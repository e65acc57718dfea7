import pytest

from desk.accounts.users import get_user, list_users

NEW = {"email": "new@school.example", "role": "author", "password": "quite a long password"}


def test_an_account_is_added_and_can_sign_in(admin, nobody):
    assert admin.post("/staff/users", NEW).status_code == 303
    assert nobody.sign_in(NEW["email"], NEW["password"]).status_code == 303


@pytest.mark.parametrize(("typed", "field"), [
    ({"email": "nobody"}, "email"), ({"email": "editor@school.example"}, "email"), ({"password": "short"}, "password"),
    ({"role": "king"}, "role"), ({"role": ""}, "role"),
])  # fmt: skip
def test_a_wrong_account_is_refused_by_its_field(admin, desk, typed, field):
    answer = admin.post("/staff/users", NEW | typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert len(list_users(desk)) == 3
    assert NEW["password"] not in answer.text


def test_a_new_password_replaces_the_old_one(admin, nobody, people):
    admin.post(f"/staff/users/{people['author'].id}/password", {"password": "another long password"})
    assert nobody.sign_in("author@school.example").status_code == 401
    assert nobody.sign_in("author@school.example", "another long password").status_code == 303


def test_changing_ones_own_password_does_not_sign_one_out(admin, people):
    admin.post(f"/staff/users/{people['admin'].id}/password", {"password": "another long password"})
    assert admin.get("/staff/users").status_code == 200


def test_a_short_password_is_refused(admin, people, desk):
    answer = admin.post(f"/staff/users/{people['author'].id}/password", {"password": "short"})
    assert answer.status_code == 422
    assert get_user(desk, people["author"].id) == people["author"]


def test_a_disabled_account_is_shown_as_such(admin, people, desk):
    admin.post(f"/staff/users/{people['author'].id}/disable")
    assert get_user(desk, people["author"].id).disabled
    assert "Disabled" in admin.get("/staff/users").text


def test_nobody_disables_their_own_account(admin, people, desk):
    assert admin.post(f"/staff/users/{people['admin'].id}/disable").status_code == 400
    assert not get_user(desk, people["admin"].id).disabled


def test_an_unknown_account_is_not_found(admin):
    assert admin.get("/staff/users/nope").status_code == 404
