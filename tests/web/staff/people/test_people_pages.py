"""What admins do about one person, and the audit log."""

import re

import pytest

from desk.accounts.second_factor import begin, confirm, in_force
from desk.accounts.users import get_user
from desk.context import Desk


@pytest.fixture
def zoe(people):
    return people["author"]


def test_a_role_is_changed_and_holds_at_once(admin, author, zoe, desk: Desk):
    assert author.get("/staff/review").status_code == 403
    assert admin.post(f"/staff/users/{zoe.id}/role", {"role": "editor"}).status_code == 303
    assert author.get("/staff/review").status_code == 200
    assert admin.post(f"/staff/users/{zoe.id}/role", {"role": "king"}).status_code == 400


@pytest.mark.parametrize("what", ["role", "factor", "erase", "reopen"])
def test_nobody_does_to_themselves_what_another_admin_should(admin, people, desk: Desk, what):
    own = people["admin"]
    assert admin.post(f"/staff/users/{own.id}/{what}", {"role": "author"}).status_code == 400
    assert get_user(desk, own.id) == own


def test_all_of_somebodys_sessions_end(admin, author, zoe):
    admin.post(f"/staff/users/{zoe.id}/sessions")
    assert author.get("/staff/").status_code == 303
    assert admin.get("/staff/").status_code == 200


def test_a_lost_second_factor_is_removed(admin, zoe, desk: Desk):
    import pyotp

    confirm(desk, zoe, pyotp.TOTP(begin(desk, zoe).secret).at(desk.now()))
    assert "Remove the second factor" in admin.get(f"/staff/users/{zoe.id}").text
    admin.post(f"/staff/users/{zoe.id}/factor")
    assert not in_force(desk, zoe)


def test_a_closed_account_is_opened_again_with_a_link(admin, zoe, desk: Desk):
    admin.post(f"/staff/users/{zoe.id}/disable")
    page = admin.post(f"/staff/users/{zoe.id}/reopen").text
    assert "/staff/link/" in page
    assert get_user(desk, zoe.id).disabled is None


def test_an_erased_person_stays_readable_by_a_number(admin, author, zoe, desk: Desk):
    author.post("/staff/items/new", {"title": "What Zoe wrote"})
    admin.post(f"/staff/users/{zoe.id}/erase")
    listed = admin.get("/staff/users").text
    assert zoe.email not in listed and "former member no. 1" in listed
    item = re.search(r'href="(/staff/items/[^"/]+)"[^>]*>What Zoe wrote', admin.get("/staff/").text)[1]
    told = admin.get(item).text
    assert "former member no. 1" in told and zoe.email not in told
    assert zoe.email not in admin.get("/staff/audit").text
    assert admin.get(f"/staff/users/{zoe.id}").status_code == 200


def test_the_audit_log_tells_who_came_and_what_they_did(admin, nobody, zoe):
    nobody.sign_in("author@school.example", "not the password")
    nobody.sign_in("a password typed in the wrong field", "x")
    admin.post(f"/staff/users/{zoe.id}/role", {"role": "editor"})
    page = admin.get("/staff/audit").text
    lines = [
        " ".join(re.sub("<[^>]+>", " ", line).split()) for line in re.findall(r"<li class=\"row.*?</li>", page, re.S)
    ]
    assert any(
        "admin@school.example changed the role of author@school.example Author → Editor" in line for line in lines
    )
    assert any("author@school.example password refused 127.0.0.1" in line for line in lines)
    assert any("unknown account password refused" in line for line in lines)
    assert "wrong field" not in page


def test_the_audit_log_is_filtered(admin, zoe, people):
    admin.post(f"/staff/users/{zoe.id}/role", {"role": "editor"})
    accounts = admin.get("/staff/audit?kind=user").text
    assert "changed the role of" in accounts and "signed in" not in accounts
    assert "signed in" in admin.get("/staff/audit?kind=door").text
    assert "Nothing of the kind" in admin.get(f"/staff/audit?person={people['editor'].id}").text
    for odd in ("kind=x'", "person=%00", "before=99999999999", "before=-1", "before=²", "kind=item&before=5"):
        assert admin.get(f"/staff/audit?{odd}").status_code == 200


def test_the_audit_log_takes_no_form(admin):
    assert admin.post("/staff/audit").status_code in (403, 405)
