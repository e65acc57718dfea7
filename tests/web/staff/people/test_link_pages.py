"""Invitations and forgotten passwords, from the page to the mail and back; and that no log holds a secret."""

import io
import logging
import re
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app import create_app
from desk.accounts.one_time_links import answer_asked
from desk.accounts.users import list_users
from desk.context import Desk
from desk.notifying.mails import deliver
from tests.mailbox import Mailbox

NEW = {"email": "new@school.example", "role": "author", "password": ""}
WORD = "quite a long password"


@pytest.fixture
def mailing_app(app: Flask, mailing: Desk) -> Flask:
    app.extensions["desk"] = mailing
    return app


def link_in(text: str) -> str:
    return urlsplit(re.search(r"https?://\S+/staff/link/[\w-]+", text)[0]).path


def test_without_a_mail_server_the_admin_hands_the_link_over(admin, nobody, desk):
    page = admin.post("/staff/users", NEW)
    path = link_in(page.text)
    assert nobody.get(path).headers["Referrer-Policy"] == "no-referrer"
    assert "new@school.example" in nobody.get(path).text
    assert nobody.post(path, {"password": "short"}).status_code == 422
    assert nobody.post(path, {"password": WORD}).location == "/staff/login"
    assert nobody.sign_in(NEW["email"], WORD).status_code == 303
    assert nobody.get(path).status_code == 404


def test_an_invited_person_is_shown_as_such_and_invited_again(admin, nobody, desk):
    first = link_in(admin.post("/staff/users", NEW).text)
    assert "Invited" in admin.get("/staff/users").text
    (person,) = (user for user in list_users(desk) if user.email == NEW["email"])
    assert "Invite again" in admin.get(f"/staff/users/{person.id}").text
    second = link_in(admin.post(f"/staff/users/{person.id}/link").text)
    assert (nobody.get(first).status_code, nobody.get(second).status_code) == (404, 200)


def test_with_a_mail_server_the_invitation_is_mailed(mailing_app, admin, nobody, mailing, box):
    answer = admin.post("/staff/users", NEW)
    assert answer.status_code == 303
    deliver(mailing)
    assert box.mails[0]["To"] == NEW["email"]
    assert nobody.get(link_in(box.text())).status_code == 200


def test_a_forgotten_password_is_asked_for_and_chosen_anew(mailing_app, nobody, people, mailing, box):
    nobody.get("/staff/forgotten")
    nobody.post("/staff/forgotten", {"email": "Editor@school.example "})
    answer_asked(mailing)
    deliver(mailing)
    path = link_in(box.text())
    nobody.get(path)
    nobody.post(path, {"password": WORD})
    assert nobody.sign_in("editor@school.example", WORD).status_code == 303


def test_asking_says_nothing_about_who_has_an_account(mailing_app, nobody, people):
    nobody.get("/staff/forgotten")
    token = nobody.token
    pages = [nobody.client.post("/staff/forgotten", data={"email": email, "csrf_token": token})
             for email in ("editor@school.example", "nobody@school.example", "", "x" * 3000)]  # fmt: skip
    assert {page.status_code for page in pages} == {200}
    # The nonce is another in every answer.
    assert len({re.sub(r' nonce="[^"]*"', "", page.text) for page in pages}) == 1


def test_without_a_mail_server_the_page_says_whom_to_ask(nobody):
    page = nobody.get("/staff/forgotten").text
    assert "sends no mail" in page and "<input class" not in page


def test_asking_too_often_from_one_place_is_slowed_down_whatever_the_header_says(mailing_app, nobody):
    nobody.get("/staff/forgotten")
    codes = [
        nobody.post("/staff/forgotten", {"email": "x@y.example"}, headers={"X-Forwarded-For": f"192.0.2.{n}"})
        for n in range(16)
    ]
    assert [answer.status_code for answer in codes] == [200] * 15 + [429]
    assert int(codes[-1].headers["Retry-After"]) > 0


@pytest.mark.parametrize("secret", ["x", "a" * 300, "%00", "..", "%F0%9F%90%88"])
def test_a_link_that_never_was_says_what_to_do(nobody, secret):
    answer = nobody.get(f"/staff/link/{secret}")
    assert answer.status_code == 404


def test_links_lead_to_the_newsrooms_address_whatever_host_is_named(admin):
    page = admin.post("/staff/users", NEW, headers={"X-Forwarded-Host": "evil.example"}).text
    assert "evil.example" not in page
    assert "http://localhost/staff/link/" in page


def test_no_log_holds_a_secret(mailing, people, box):
    heard = io.StringIO()
    handler = logging.StreamHandler(heard)
    logging.getLogger().addHandler(handler)
    ours = [logging.getLogger(name) for name in ("depeche", "depeche.mail", "depeche.accounts", "werkzeug")]
    for each in ours:
        each.setLevel(logging.DEBUG)
    try:
        secrets = story(mailing, box)
    finally:
        logging.getLogger().removeHandler(handler)
        for each in ours:
            each.setLevel(logging.NOTSET)
    told = heard.getvalue()
    assert "request(s) for a new password" in told
    assert [secret for secret in secrets if secret in told] == []


def story(mailing: Desk, box: Mailbox) -> list[str]:
    """A sign-in that fails, a forgotten password, a token: every secret in it."""
    app = create_app(mailing)
    client, token = app.test_client(), ""

    def post(path: str, **sent: str):
        nonlocal token
        found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(path, follow_redirects=True).text)
        token = found[1] if found else token
        return client.post(path, data={"csrf_token": token, **sent})

    post("/staff/login", email="editor@school.example", password="a wrong secret guess")
    post("/staff/forgotten", email="editor@school.example")
    answer_asked(mailing)
    deliver(mailing)
    path = link_in(box.text())
    post(path, password="the chosen secret")
    post("/staff/login", email="editor@school.example", password="the chosen secret")
    client.get("/staff/account")
    page = client.post(
        "/staff/account/tokens",
        data={"csrf_token": re.search(r'csrf_token" value="([^"]+)"', client.get("/staff/account").text)[1],
              "name": "x", "role": "author", "days": "9"},
    )  # fmt: skip
    secret = re.search(r"dep_[\w-]{43}", page.text)[0]
    return ["a wrong secret guess", path.rpartition("/")[2], "the chosen secret", secret]


def test_an_invited_person_is_welcomed_and_kept_in_the_language_of_their_browser(admin, nobody, desk):
    path = link_in(admin.post("/staff/users", NEW).text)
    french = {"Accept-Language": "fr-FR,fr;q=0.9,en;q=0.5"}
    assert "Bienvenue" in nobody.get(path, headers=french).text
    nobody.post(path, {"password": WORD}, headers=french)
    assert "Connexion" in nobody.get("/staff/login", headers=french).text
    (person,) = (user for user in list_users(desk) if user.email == NEW["email"])
    assert person.language == "fr"


@pytest.mark.parametrize("said", ["de-DE", "", "x;q=nonsense", "*"])
def test_a_browser_of_another_language_finds_the_door_in_the_newsrooms(nobody, said):
    assert "Sign in" in nobody.get("/staff/login", headers={"Accept-Language": said}).text
