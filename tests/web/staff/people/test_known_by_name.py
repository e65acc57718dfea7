"""Whom the institution's provider knows: by its own name for them, not by an address that may change hands."""

from urllib.parse import urlencode

import pytest

from app import create_app
from desk.accounts.identities import identities_of
from desk.accounts.status import erase
from desk.accounts.users import disable_user, list_users
from desk.context import Desk
from desk.provider import Provider
from net.allowed_networks import parse_allowed
from tests.identity_provider import IdentityProvider, provider_on_loopback


@pytest.fixture(scope="module")
def running():
    with provider_on_loopback(lambda: None) as provider:
        yield provider


@pytest.fixture
def provider(running: IdentityProvider, desk: Desk) -> IdentityProvider:
    running.now, running.claims, running.userinfo, running.email = desk.now, {}, {}, "editor@school.example"
    return running


@pytest.fixture
def school(desk: Desk, provider: IdentityProvider, people) -> Desk:
    return desk.with_settings(
        oidc=Provider(provider.issuer, *provider.client), allowed_networks=parse_allowed("127.0.0.0/8")
    )


@pytest.fixture
def come(school: Desk, provider: IdentityProvider):
    """Who comes back from the provider: the answer, and the address shown on the desk."""

    def in_(**claims: object):
        provider.claims = claims
        browser = create_app(school).test_client()
        back = provider.authorize(browser.get("/staff/sso").location)
        answer = browser.get(f"/staff/sso/back?{urlencode(back)}")
        return answer, next((each for each in ("editor@", "author@") if each in browser.get("/staff/").text), None)

    return in_


def test_a_changed_address_is_the_same_person(come, provider):
    assert come()[1] == "editor@"
    provider.email = "author@school.example"
    assert come()[1] == "editor@"
    assert come(email=None, email_verified=None)[1] == "editor@"


def test_a_recycled_address_opens_nobodys_account(come, school, people):
    come()
    answer, who = come(sub="43")
    assert (answer.status_code, who) == (403, None)
    assert "knows this account by another name" in answer.text
    assert len(identities_of(school, people["editor"])) == 1


def test_an_admin_forgets_the_name_and_the_next_one_counts(come, admin, people, school):
    come()
    page = admin.get(f"/staff/users/{people['editor'].id}").text
    assert "Recognised by 127.0.0.1" in page
    admin.post(f"/staff/users/{people['editor'].id}/identity")
    assert come(sub="43")[1] == "editor@"
    assert come()[0].status_code == 403


def test_two_people_have_two_names(come, provider):
    assert come()[1] == "editor@"
    provider.email = "author@school.example"
    assert come(sub="43")[1] == "author@"


def test_an_id_token_without_an_address_is_completed_by_the_userinfo_endpoint(come, provider):
    provider.userinfo = {"sub": "42", "email": "author@school.example", "email_verified": True}
    assert come(email=None, email_verified=None)[1] == "author@"


@pytest.mark.parametrize("said", [
    {"sub": "43"}, {"sub": None}, {"email_verified": False}, {"email_verified": "true"}, {"email": None}, {"email": 7},
], ids=str)  # fmt: skip
def test_what_the_userinfo_endpoint_says_of_another_or_does_not_vouch_for_opens_nothing(come, provider, said):
    provider.userinfo = {"sub": "42", "email": "author@school.example", "email_verified": True} | said
    answer, who = come(email=None, email_verified=None)
    assert (answer.status_code, who) == (403, None)


def test_an_address_that_the_id_token_does_not_vouch_for_is_not_asked_for_elsewhere(come, provider):
    provider.userinfo = {"sub": "42", "email": "editor@school.example", "email_verified": True}
    assert come(email_verified=False)[0].status_code == 403


@pytest.mark.parametrize("name", ["", "x" * 256, 42, ["42"]], ids=str)
def test_a_strange_name_opens_nothing(come, name):
    assert come(sub=name)[0].status_code == 403


def test_a_closed_account_stays_closed_and_an_erased_one_is_not_known_any_more(come, school, people, provider):
    come()
    disable_user(school, "editor@school.example", "cli")
    assert come()[0].status_code == 403
    erase(school, people["editor"].id, people["admin"])
    assert come()[0].status_code == 403
    assert len(list_users(school)) == 3
