"""Every staff page, with nobody and with each role."""

import pytest
from flask import Flask

from desk.context import Desk
from desk.items import Draft, post_item
from desk.named_feeds import add_named_feed
from desk.partners import add_partner
from desk.pictures import upload
from desk.sources import NewSource, add_source
from desk.webhooks import add_webhook
from news.users import ALLOWED, Action, Role
from web.staff.access import needed


@pytest.fixture
def routes(app: Flask, desk: Desk, people, draw) -> list[tuple[str, str, str]]:
    """(method, path, endpoint) of every staff page, with things that exist in the place of its variables."""
    there = {
        "item_id": post_item(desk, Draft(title="Item"), people["author"]).id,
        "source_id": add_source(desk, NewSource(url="https://partner.example/feed", kind="feed"), "cli").id,
        "slug": "masters",
        "address": add_named_feed(desk, "Choix", "doctorat,masters", actor="cli").feed.slug,
        "picture_id": upload(desk, draw(), people["author"]).id,
        "name": "320.jpg",
        "user_id": people["author"].id,
        "key": add_partner(desk, "Lyon", actor="cli").partner.key,
        "session_id": "none",
        "token_id": "none",
        "webhook_id": add_webhook(desk, "https://partner.example/in", (), "cli").id,
    }
    found = []
    with app.test_request_context():
        for rule in app.url_map.iter_rules():
            if rule.endpoint.startswith("staff."):
                built = rule.build({name: there[name] for name in rule.arguments})
                assert built is not None
                found += [
                    (method, built[1], rule.endpoint) for method in sorted((rule.methods or set()) & {"GET", "POST"})
                ]
    assert len(found) > 25
    return found


def test_every_page_says_which_action_it_needs(app: Flask):
    endpoints = {rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("staff.")}
    assert {name: needed(name) for name in endpoints if needed(name) is None} == {}


def test_nobody_is_sent_to_the_sign_in_page(nobody, routes):
    for method, path, _ in routes:
        answer = nobody.client.open(path, method=method)
        if method == "GET":
            assert (answer.status_code, answer.location.partition("?")[0]) == (303, "/staff/login"), path
        else:
            assert answer.status_code == 401, path


def test_a_form_that_nobody_signed_in_sends_does_nothing(nobody, desk: Desk, people):
    item = post_item(desk, Draft(title="Item"), people["author"])
    nobody.get("/staff/login")
    assert nobody.post(f"/staff/items/{item.id}/retract").status_code == 401
    with desk.storage.read() as reader:
        assert reader.item(item.id) == item


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_own_pages_and_no_others(signed_in, routes, role):
    browser = signed_in(role.value)
    for method, path, endpoint in routes:
        allowed = needed(endpoint) in ALLOWED[role]
        if method == "GET":
            assert browser.get(path).status_code in ((200, 303) if allowed else (403,)), path
        elif not allowed:
            assert browser.post(path).status_code == 403, path


@pytest.mark.parametrize("role", list(Role))
def test_the_navigation_offers_what_the_role_allows(signed_in, role):
    page = signed_in(role.value).get("/staff/").text
    offers = {
        Action.REVIEW: "review",
        Action.SOURCES: "sources",
        Action.PARTNERS: "partners",
        Action.CATEGORIES: "categories",
        Action.USERS: "users",
        Action.WEBHOOKS: "webhooks",
    }
    for action, path in offers.items():
        assert (f'href="/staff/{path}"' in page) == (action in ALLOWED[role])


def test_no_form_is_taken_without_its_token(admin, routes):
    for method, path, _ in routes:
        if method == "POST":
            assert admin.client.post(path).status_code == 400, path


def test_an_unknown_staff_page_is_not_found_for_those_inside_and_closed_to_others(editor, nobody):
    assert editor.get("/staff/nowhere").status_code == 404
    assert nobody.get("/staff/nowhere").status_code == 303


def test_staff_pages_are_kept_by_no_cache_and_framed_by_nobody(admin, routes):
    for method, path, _ in routes:
        if method == "GET":
            answer = admin.get(path)
            assert answer.headers["Cache-Control"] == "no-store", path
            assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"], path


def test_staff_pages_carry_no_script_or_style_of_their_own(admin, routes):
    for method, path, _ in routes:
        if method == "GET":
            page = admin.get(path).get_data().decode(errors="replace")
            assert "<style" not in page, path
            assert " style=" not in page, path
            assert "<script>" not in page, path


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_message_of_the_staff_pages_exists(admin, routes, language):
    for method, path, _ in routes:
        if method == "GET":
            page = admin.get(f"{path}?lang={language}").get_data().decode(errors="replace")
            assert ">staff." not in page, path
            assert '"staff.' not in page, path
