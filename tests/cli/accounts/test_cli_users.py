from desk.accounts.sign_in import sign_in
from desk.context import open_desk
from desk.settings import load_settings


def test_an_added_person_can_sign_in_with_the_line_from_standard_input(bare):
    bare("init")
    bare("user", "add", "Ada@School.example", "--role", "editor", "--password-stdin", typed="  a pass phrase \nrest\n")

    user = sign_in(open_desk(load_settings()), "ada@school.example", "  a pass phrase ", "127.0.0.1")

    assert user.role == "editor"


def test_the_list_tells_nothing_secret(bare):
    bare("init")
    bare("user", "add", "ada@school.example", "--role", "admin", "--password-stdin", typed="a pass phrase\n")

    (told,) = bare.json("user", "list")

    assert set(told) == {"id", "email", "role", "created", "disabled"}


def test_people_are_listed_last_added_first(bare):
    bare("init")
    for email in ("b@x.example", "a@x.example", "c@x.example"):
        bare("user", "add", email, "--role", "author", "--password-stdin", typed="a pass phrase\n")

    assert [user["email"][0] for user in bare.json("user", "list")] == ["c", "a", "b"]


def test_a_short_password_is_refused_and_nobody_added(bare):
    bare("init")
    told = bare("user", "add", "a@x.example", "--role", "author", "--password-stdin", typed="short\n", status=1)

    assert "10" in told.stderr
    assert bare.json("user", "list") == []


def test_an_address_is_taken_once(bare):
    bare("init")
    bare("user", "add", "a@x.example", "--role", "author", "--password-stdin", typed="a pass phrase\n")

    again = bare("user", "add", "A@x.example", "--role", "admin", "--password-stdin", typed="a pass phrase\n", status=1)

    assert "a@x.example" in again.stderr


def test_a_disabled_person_is_shown_as_such(bare):
    bare("init")
    bare("user", "add", "a@x.example", "--role", "author", "--password-stdin", typed="a pass phrase\n")
    bare("user", "disable", "a@x.example")

    assert bare.json("user", "list")[0]["disabled"]


def test_a_new_password_replaces_the_old_one(bare):
    bare("init")
    bare("user", "add", "a@x.example", "--role", "author", "--password-stdin", typed="a pass phrase\n")
    bare("user", "password", "a@x.example", "--password-stdin", typed="another phrase\r\n")

    assert sign_in(open_desk(load_settings()), "a@x.example", "another phrase", "127.0.0.1")


def test_an_unknown_person_is_an_error(bare):
    bare("init")

    assert "no@x.example" in bare.error("user", "disable", "no@x.example")
