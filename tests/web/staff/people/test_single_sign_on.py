"""Signing in with the institution's accounts, against a real provider on loopback; and by a trusted header."""

import logging
from pathlib import Path
from urllib.parse import urlencode

import pytest
from joserfc.jwk import OctKey, RSAKey

from app import create_app
from desk.accounts.users import disable_user, list_users
from desk.context import Desk
from desk.provider import Provider
from desk.settings import load_settings
from net.allowed_networks import parse_allowed
from news.errors import InvalidInput
from tests.identity_provider import IdentityProvider, provider_on_loopback


@pytest.fixture
def provider(desk: Desk):
    with provider_on_loopback(desk.now) as running:
        yield running


@pytest.fixture
def open_desk_(desk: Desk, provider: IdentityProvider, people) -> Desk:
    return desk.with_settings(
        oidc=Provider(provider.issuer, *provider.client), allowed_networks=parse_allowed("127.0.0.0/8")
    )


@pytest.fixture
def browser(open_desk_: Desk):
    return create_app(open_desk_).test_client()


def come_in(browser, provider, onward: str = "", **changed: str):
    address = browser.get(f"/staff/sso?{urlencode({'next': onward})}").location
    return browser.get(f"/staff/sso/back?{urlencode(provider.authorize(address) | changed)}")


def is_in(browser) -> bool:
    return browser.get("/staff/").status_code == 200


def test_an_account_of_that_address_comes_in_and_goes_on(browser, provider):
    assert "/staff/sso" in browser.get("/staff/login").text
    answer = come_in(browser, provider, "/staff/items/new")
    assert (answer.status_code, answer.location) == (303, "/staff/items/new")
    assert "editor@school.example" in browser.get("/staff/").text


def test_it_leads_nowhere_else(browser, provider):
    assert come_in(browser, provider, "//evil.example").location == "/staff/"


@pytest.mark.parametrize("claims", [
    {"email_verified": False}, {"email_verified": None}, {"email_verified": "true"}, {"email": None}, {"email": "x"},
    {"email": ["editor@school.example"]}, {"nonce": "another"}, {"nonce": None}, {"aud": "somebody else"},
    {"aud": ["depeche", "another"]}, {"iss": "https://evil.example"}, {"exp": 1}, {"exp": None},
    {"iat": 9_999_999_999}, {"azp": "another"}, {"sub": None},
], ids=str)  # fmt: skip
def test_a_token_that_says_something_else_opens_nothing(browser, provider, claims):
    provider.claims = claims
    answer = come_in(browser, provider)
    assert (answer.status_code, is_in(browser)) == (403, False)


def test_a_token_of_another_signer_opens_nothing(browser, provider):
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "1"})
    assert (come_in(browser, provider).status_code, is_in(browser)) == (403, False)


def test_a_token_signed_with_the_public_key_as_a_password_opens_nothing(browser, provider):
    provider.signs_with, provider.algorithm = OctKey.import_key(provider.key.as_pem(private=False)[27:80]), "HS256"
    assert (come_in(browser, provider).status_code, is_in(browser)) == (403, False)


@pytest.mark.parametrize(
    "changed", [{"state": "another"}, {"state": ""}, {"code": "another"}, {"code": ""}, {"state": "é"}]
)
def test_who_comes_back_with_something_else_stays_out(browser, provider, changed):
    assert (come_in(browser, provider, **changed).status_code, is_in(browser)) == (403, False)


def test_another_browser_cannot_finish_a_journey_and_nobody_twice(browser, provider, open_desk_):
    back = f"/staff/sso/back?{urlencode(provider.authorize(browser.get('/staff/sso').location))}"
    assert create_app(open_desk_).test_client().get(back).status_code == 403
    assert browser.get(back).status_code == 303
    browser.delete_cookie("depeche_staff", path="/staff")
    assert browser.get(back).status_code == 403


def test_a_journey_of_more_than_ten_minutes_is_over(browser, provider, clock):
    back = f"/staff/sso/back?{urlencode(provider.authorize(browser.get('/staff/sso').location))}"
    clock.forward(minutes=11)
    assert "took too long" in browser.get(back).text


def test_a_wrong_secret_or_another_issuer_is_a_refusal(browser, provider):
    provider.client = ("depeche", "another")
    assert come_in(browser, provider).status_code == 403
    provider.describes = {"issuer": "https://evil.example"}
    assert browser.get("/staff/sso").status_code == 403


def test_a_provider_that_is_away_or_behind_the_guard_is_said_so(browser, provider, open_desk_):
    guarded = create_app(open_desk_.with_settings(allowed_networks=())).test_client()
    assert guarded.get("/staff/sso").status_code == 502
    away = Provider("http://127.0.0.1:9", *provider.client)
    assert create_app(open_desk_.with_settings(oidc=away)).test_client().get("/staff/sso").status_code == 502


def test_somebody_without_an_account_gets_one_only_from_a_named_domain(browser, provider, open_desk_):
    provider.email = "New@school.example"
    assert come_in(browser, provider).status_code == 403
    assert len(list_users(open_desk_)) == 3
    welcoming = create_app(open_desk_.with_settings(auth_domains=frozenset({"school.example"}))).test_client()
    assert come_in(welcoming, provider).status_code == 303
    (new,) = (user for user in list_users(open_desk_) if user.email == "new@school.example")
    assert new.role == "author"
    provider.email, provider.claims = "new@evil-school.example", {"sub": "43"}
    assert come_in(welcoming, provider).status_code == 403


def test_a_closed_account_stays_closed(browser, provider, open_desk_):
    disable_user(open_desk_, "editor@school.example", "cli")
    assert (come_in(browser, provider).status_code, is_in(browser)) == (403, False)


def test_without_a_provider_there_is_no_such_door(nobody):
    assert nobody.get("/staff/sso").status_code == 404
    assert "/staff/sso" not in nobody.get("/staff/login").text


def test_the_log_holds_no_code_and_no_secret(browser, provider, caplog):
    caplog.set_level(logging.DEBUG)
    come_in(browser, provider)
    provider.claims = {"exp": 1}
    come_in(browser, provider)
    assert not any(secret in caplog.text for secret in ("hush hush", "code-0", "code-1"))


HEADER = {"DEPECHE_TRUSTED_PROXIES": "1", "DEPECHE_AUTH_HEADER": "RemoteMail"}


@pytest.fixture
def vouched(desk: Desk, people):
    """A browser behind a web server that vouches for people."""
    read = load_settings(HEADER, Path("/nonexistent"))
    settings = {"auth_header": read.auth_header, "trusted_proxies": read.trusted_proxies}
    return create_app(desk.with_settings(**settings)).test_client()


def test_a_trusted_header_says_who_somebody_is(vouched):
    answer = vouched.get("/staff/sso?next=/staff/items/new", headers={"RemoteMail": "Editor@school.example"})
    assert (answer.status_code, answer.location) == (303, "/staff/items/new")
    assert is_in(vouched)


@pytest.mark.parametrize("sent", ["", "nobody@school.example", "editor@school.example,admin@school.example", "x" * 900])
def test_a_header_that_names_nobody_of_ours_opens_nothing(vouched, sent):
    assert vouched.get("/staff/sso", headers={"RemoteMail": sent}).status_code == 403
    assert not is_in(vouched)


@pytest.mark.parametrize("more", [{}, {"X-Forwarded-For": "127.0.0.1"}, {"X-Forwarded-For": "127.0.0.1, 127.0.0.1"}])
def test_a_header_from_anywhere_else_is_not_believed(vouched, more):
    answer = vouched.get(
        "/staff/sso", headers={"RemoteMail": "admin@school.example", **more}, environ_base={"REMOTE_ADDR": "192.0.2.9"}
    )
    assert answer.status_code == 403
    assert not is_in(vouched)


def test_the_header_opens_that_one_door_and_no_other(vouched):
    assert vouched.get("/staff/", headers={"RemoteMail": "admin@school.example"}).status_code == 303
    assert vouched.get("/staff/login", headers={"RemoteMail": "admin@school.example"}).status_code == 200


def test_without_the_setting_no_header_is_looked_at(nobody):
    for name in ("RemoteMail", "Remote-User", "X-Remote-User"):
        assert nobody.get("/staff/sso", headers={name: "admin@school.example"}).status_code == 404


def test_the_settings_go_together():
    given = {"DEPECHE_OIDC_ISSUER": "https://sso.example", "DEPECHE_OIDC_CLIENT_ID": "a"}
    given |= {"DEPECHE_OIDC_CLIENT_SECRET": "hush"}
    settings = load_settings(given, Path("/nonexistent"))
    assert settings.oidc == Provider("https://sso.example", "a", "hush")
    assert "hush" not in repr(settings)
    with pytest.raises(InvalidInput):
        load_settings({"DEPECHE_AUTH_HEADER": "RemoteMail"}, Path("/nonexistent"))
