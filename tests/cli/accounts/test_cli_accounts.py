"""People and tokens from the shell: links, leaving, keys for programs."""

import json

import pytest

from desk.accounts.one_time_links import use
from desk.accounts.sign_in import sign_in
from desk.accounts.tokens import person_of_token
from desk.context import open_desk
from desk.settings import load_settings


@pytest.fixture
def room(bare):
    bare("init")
    bare("user", "add", "ada@x.example", "--role", "editor", "--password-stdin", typed="a pass phrase\n")
    return bare


def test_an_invited_person_chooses_a_password_by_the_printed_link(room):
    link = room("user", "invite", "bob@x.example", "--role", "author").stdout.strip()
    assert link.startswith("http://127.0.0.1:8000/staff/link/")
    desk = open_desk(load_settings())
    use(desk, link.rpartition("/")[2], "a long password")
    assert sign_in(desk, "bob@x.example", "a long password", "127.0.0.1").role == "author"


def test_a_reset_prints_a_link_that_works_once(room):
    link = room.json("user", "reset", "ada@x.example")["link"]
    desk = open_desk(load_settings())
    use(desk, link.rpartition("/")[2], "a long password")
    assert "no@x.example" in room.error("user", "reset", "no@x.example")


def test_people_change_role_leave_and_come_back(room):
    room("user", "role", "ada@x.example", "admin")
    room("user", "signout", "ada@x.example")
    room("user", "factor", "ada@x.example")
    room("user", "unlink", "ada@x.example")
    room("user", "disable", "ada@x.example")
    assert "/staff/link/" in room("user", "reopen", "ada@x.example").stdout
    (ada,) = room.json("user", "list")
    assert (ada["role"], ada["disabled"]) == ("admin", None)
    assert "former-1" in room("user", "erase", "ada@x.example").stdout
    assert room.json("user", "list")[0]["email"] == "former-1"


def test_a_token_is_made_listed_and_revoked(room):
    secret = room("token", "add", "ada@x.example", "--name", "Site").stdout.strip()
    desk = open_desk(load_settings())
    assert person_of_token(desk, secret).role == "author"
    (told,) = room.json("token", "list")
    assert (told["email"], told["name"], told["revoked"]) == ("ada@x.example", "Site", None)
    assert secret not in json.dumps(told)
    assert "Site" in room("token", "list", "ada@x.example").stdout
    room("token", "revoke", told["id"])
    assert person_of_token(desk, secret) is None


def test_a_token_above_its_owner_or_for_nobody_is_refused(room):
    assert "editor" in room.error("token", "add", "ada@x.example", "--name", "x", "--role", "admin")
    assert "no@x.example" in room.error("token", "add", "no@x.example", "--name", "x")
    room("token", "add", "ada@x.example", "--name", "x", "--days", "0", status=2)
    room.error("token", "revoke", "nothing")
