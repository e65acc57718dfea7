import pytest


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (("itme", "list"), "There is no command itme. Perhaps item?"),
        (("item", "list", "--stattus", "draft"), "There is no option --stattus. Perhaps --status?"),
        (("item", "list", "--status", "new"), "--status: “new” is not possible; choose one of: draft, review,"),
        (("item", "list", "--limit", "0"), "--limit: “0” is not a whole number from 1"),
        (("item", "list", "--limit", "ten"), "--limit: “ten” is not a whole number"),
        (("item", "list", "--limit"), "Option --limit takes one value."),
        (("item", "list", "two", "words"), "There is a word too many"),
        (("item", "add"), "--title is missing."),
        (("item", "show"), "ID is missing."),
        (("item", "edit", "x"), "Say what to change"),
        (("category", "rename", "x"), "Say what to change"),
        (("source", "refresh"), "Say which to read"),
        (("source", "refresh", "x", "--all"), "Say which to read"),
        (("source", "add", "http://x.example/", "--map", "PhD"), "--map: “PhD” is not of the form TERM=SLUG."),
        (("source", "remove", "x"), "--items is missing."),
        (("user", "add", "a@b.example"), "--role is missing."),
        (("user", "add", "a@b.example", "--role", "boss"), "--role: “boss” is not possible; choose one of: author,"),
        (("serve", "--port", "70000"), "--port: “70000” is not a whole number from 1 to 65535."),
    ],
)
def test_a_wrong_use_is_told_in_one_sentence_with_status_2(bare, args, sentence):
    assert sentence in bare.error(*args, status=2)


def test_a_wrong_use_is_told_in_french_too(bare, monkeypatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")

    told = bare("item", "add", "--titre", "x", status=2).stderr

    assert "L’option --titre n’existe pas." in told
    assert "dit comment s’en servir" in told
    assert "Usage\u00a0: depeche item add" in told


def test_a_group_alone_shows_its_commands_with_status_2(bare):
    assert "retract" in bare("item", status=2).stderr


def test_a_password_is_asked_of_nobody_but_a_person(bare):
    bare("init")

    assert "give --password-stdin." in bare.error("user", "add", "a@b.example", "--role", "author", status=2)
