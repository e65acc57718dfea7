"""My account, in the pages: password, sessions, second factor, tokens."""

import re
from datetime import timedelta

import pyotp
import pytest
from flask import Flask

from desk.accounts.second_factor import in_force
from desk.accounts.tokens import person_of_token
from desk.accounts.users import disable_user, get_user, set_password
from desk.context import Desk
from news.users import Role

PASSWORD = "a long enough password"


@pytest.fixture
def elsewhere(signed_in):
    return signed_in("author")


def session_ids(page: str) -> list[str]:
    return re.findall(r'action="/staff/account/sessions/([^"]+)"', page)


def test_a_new_password_costs_the_old_one_and_ends_the_other_sessions(author, elsewhere, nobody):
    sent = {"old_password": PASSWORD, "password": "another long password"}
    wrong = author.post("/staff/account/password", sent | {"old_password": "not that one"})
    assert (wrong.status_code, 'id="old_password-error"' in wrong.text) == (422, True)
    short = author.post("/staff/account/password", sent | {"password": "short"})
    assert (short.status_code, 'id="password-error"' in short.text) == (422, True)
    assert author.post("/staff/account/password", sent).status_code == 303
    assert author.get("/staff/account").status_code == 200
    assert elsewhere.get("/staff/account").status_code == 303
    assert nobody.sign_in("author@school.example").status_code == 401
    assert nobody.sign_in("author@school.example", "another long password").status_code == 303


def test_guessing_the_old_password_from_an_open_session_is_slowed_down(author):
    for _ in range(5):
        author.post("/staff/account/password", {"old_password": "guess", "password": "another long password"})
    answer = author.post("/staff/account/password", {"old_password": PASSWORD, "password": "another long password"})
    assert answer.status_code == 429


def test_sessions_are_listed_and_ended_one_by_one(author, app: Flask, nobody):
    nobody.client.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (iPhone; Mac OS X) Safari/604.1 <script>"
    nobody.sign_in("author@school.example")
    page = author.get("/staff/account").text
    assert "Safari, iPhone" in page
    (other,) = session_ids(page)
    assert author.post(f"/staff/account/sessions/{other}").status_code == 303
    assert nobody.get("/staff/").status_code == 303
    assert author.get("/staff/").status_code == 200
    assert author.post(f"/staff/account/sessions/{other}").status_code == 404


def test_nobody_ends_somebody_elses_session(author, editor, elsewhere):
    for other in session_ids(author.get("/staff/account").text):
        assert editor.post(f"/staff/account/sessions/{other}").status_code == 404
    assert elsewhere.get("/staff/").status_code == 200


def test_all_other_sessions_end_at_once(author, elsewhere):
    assert author.post("/staff/account/sessions").status_code == 303
    assert (author.get("/staff/").status_code, elsewhere.get("/staff/").status_code) == (200, 303)


def test_a_copied_cookie_opens_nothing_after_signing_out(author, app: Flask):
    copied = author.client.get_cookie("depeche_staff", path="/staff").value
    thief = app.test_client()
    thief.set_cookie("depeche_staff", copied, path="/staff")
    assert thief.get("/staff/").status_code == 200
    author.post("/staff/logout")
    assert thief.get("/staff/").status_code == 303


def test_signing_in_gives_another_session_than_the_one_before(author):
    before = author.client.get_cookie("depeche_staff", path="/staff").value
    author.post("/staff/logout")
    author.sign_in("author@school.example")
    assert author.client.get_cookie("depeche_staff", path="/staff").value != before


def test_the_language_is_kept_with_the_account(author, nobody, desk: Desk, people):
    author.post("/staff/account/language", {"language": "fr"})
    assert get_user(desk, people["author"].id).language == "fr"
    assert "Mon compte" in author.get("/staff/account").text
    assert author.post("/staff/account/language", {"language": "xx"}).status_code == 400


def set_up(browser) -> pyotp.TOTP:
    browser.post("/staff/account/factor")
    page = browser.get("/staff/account/factor").text
    assert 'src="data:image/svg+xml' in page
    return pyotp.TOTP(re.search(r"<code>([A-Z2-7]{32})</code>", page)[1])


def test_a_second_factor_is_asked_for_after_the_password(author, nobody, desk: Desk, people, clock):
    phone = set_up(author)
    assert author.post("/staff/account/factor/confirm", {"code": "nonsense"}).status_code == 422
    page = author.post("/staff/account/factor/confirm", {"code": phone.at(desk.now())}).text
    recovery = re.findall(r"<code>([a-z2-9-]{19})</code>", page)
    assert len(recovery) == 10
    assert in_force(desk, people["author"])
    clock.forward(minutes=1)
    answer = nobody.sign_in("author@school.example", next="/staff/items/new")
    assert answer.location == "/staff/login/code?next=/staff/items/new"
    assert nobody.get("/staff/").status_code == 303, "half a sign-in opens nothing"
    nobody.get(answer.location)
    refused = nobody.post("/staff/login/code", {"code": "000000", "next": "//evil.example"})
    assert refused.status_code == 401
    assert "evil" not in refused.text
    done = nobody.post("/staff/login/code", {"code": phone.at(desk.now()), "next": "/staff/items/new"})
    assert (done.status_code, done.location) == (303, "/staff/items/new")
    nobody.get("/staff/account")
    nobody.post("/staff/logout")
    nobody.sign_in("author@school.example")
    nobody.get("/staff/login/code")
    assert nobody.post("/staff/login/code", {"code": phone.at(desk.now())}).status_code == 401, "no code twice"
    assert nobody.post("/staff/login/code", {"code": recovery[0]}).status_code == 303


def test_half_a_sign_in_ends_after_ten_minutes(author, nobody, desk: Desk, clock):
    phone = set_up(author)
    author.post("/staff/account/factor/confirm", {"code": phone.at(desk.now())})
    nobody.sign_in("author@school.example")
    nobody.get("/staff/login/code")
    clock.forward(minutes=11)
    answer = nobody.post("/staff/login/code", {"code": phone.at(desk.now())})
    assert answer.location == "/staff/login"
    assert nobody.get("/staff/login/code").location == "/staff/login"


@pytest.mark.parametrize("ending", [
    lambda desk, email: set_password(desk, email, "un autre mot de passe", "cli"),
    lambda desk, email: disable_user(desk, email, "cli"),
])  # fmt: skip
def test_half_a_sign_in_ends_with_a_new_password_and_with_the_account(author, nobody, desk: Desk, ending):
    phone = set_up(author)
    author.post("/staff/account/factor/confirm", {"code": phone.at(desk.now())})
    nobody.sign_in("author@school.example")
    nobody.get("/staff/login/code")
    ending(desk, "author@school.example")
    answer = nobody.post("/staff/login/code", {"code": phone.at(desk.now() + timedelta(seconds=30))})
    assert answer.location == "/staff/login"


def test_removing_the_second_factor_costs_the_password(author, desk: Desk, people):
    author.post("/staff/account/factor/confirm", {"code": set_up(author).at(desk.now())})
    wrong = author.post("/staff/account/factor/remove", {"factor_password": "guess"})
    assert (wrong.status_code, 'id="factor_password-error"' in wrong.text) == (422, True)
    assert author.post("/staff/account/factor/codes", {"factor_password": PASSWORD}).status_code == 200
    assert author.post("/staff/account/factor/remove", {"factor_password": PASSWORD}).status_code == 303
    assert not in_force(desk, people["author"])


def test_a_role_that_needs_one_sets_it_up_before_anything_else(app: Flask, signed_in, desk: Desk):
    app.extensions["desk"] = desk.with_settings(second_factor=frozenset({Role.EDITOR}))
    editor, author = signed_in("editor"), signed_in("author")
    for path in ("/staff/", "/staff/items/new", "/staff/account"):
        assert editor.get(path).location == "/staff/account/factor"
        assert author.get(path).status_code == 200
    page = editor.get("/staff/account/factor").text
    assert "needs a second factor" in page
    editor.post("/staff/account/factor/confirm", {"code": set_up(editor).at(desk.now())})
    assert editor.get("/staff/").status_code == 200


def test_what_was_being_sent_when_a_second_factor_became_needed_is_kept(app: Flask, signed_in, desk: Desk):
    editor = signed_in("editor")
    app.extensions["desk"] = needing = desk.with_settings(second_factor=frozenset({Role.EDITOR}))
    typed = {"title": "Une chaire", "body": "Un long texte", "token": "019cadfd-8900-7003-b712-ab9420796896"}
    answer = editor.post("/staff/items/new", typed)
    assert (answer.status_code, "Un long texte" in answer.text) == (403, True)
    assert "Your text is kept" in answer.text
    assert editor.post("/staff/account/language", {"language": "fr"}).status_code == 403
    app.extensions["desk"] = needing.with_settings(second_factor=frozenset())
    assert "You had begun to write here" in editor.get("/staff/items/new").text
    assert "Un long texte</textarea>" in editor.get(f"/staff/items/new?resume={typed['token']}").text


def test_a_token_is_shown_once_and_ends_when_revoked(author, desk: Desk, people):
    author.get("/staff/account")
    page = author.post("/staff/account/tokens", {"name": "Lab <site>", "role": "author", "days": "90"})
    assert page.headers["Cache-Control"] == "no-store"
    secret = re.search(r'value="(dep_[\w-]{43})"', page.text)[1]
    assert person_of_token(desk, secret).id == people["author"].id
    listed = author.get("/staff/account").text
    assert "Lab &lt;site&gt;" in listed and secret not in listed
    token = re.search(r'action="/staff/account/tokens/([^"/]+)/revoke"', listed)[1]
    assert author.post(f"/staff/account/tokens/{token}/revoke").status_code == 303
    assert person_of_token(desk, secret) is None


@pytest.mark.parametrize(("typed", "field"), [
    ({"role": "admin"}, "role"), ({"name": ""}, "name"), ({"days": "0"}, "days"), ({"days": "²"}, "days"),
    ({"days": "9" * 5000}, "days"),
])  # fmt: skip
def test_a_wrong_token_is_refused_by_its_field(author, typed, field):
    answer = author.post("/staff/account/tokens", {"name": "x", "role": "author", "days": "9"} | typed)
    assert (answer.status_code, f'id="{field}-error"' in answer.text) == (422, True)


def test_nobody_revokes_somebody_elses_token(author, editor, admin, desk: Desk):
    author.post("/staff/account/tokens", {"name": "x", "role": "author", "days": "9"})
    token = re.search(r"tokens/([^\"/]+)/revoke", author.get("/staff/account").text)[1]
    assert editor.post(f"/staff/account/tokens/{token}/revoke").status_code == 403
    assert "revoke" in author.get("/staff/account").text
