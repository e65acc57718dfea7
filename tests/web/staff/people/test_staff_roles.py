"""Every staff page, with nobody and with each role."""

import re

import pytest
from flask import Flask
from lxml import etree, html

from desk.categories.named_feeds import add_named_feed
from desk.context import Desk
from desk.items.posting import post_item
from desk.notifying.webhooks import add_webhook
from desk.partners.registry import add_partner
from desk.pictures.uploads import upload
from desk.sources.registry import NewSource, add_source
from news.drafts import Draft
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
        "version": 1,
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


def test_staff_pages_run_and_use_what_carries_their_own_nonce_and_nothing_else(admin, nobody, routes):
    seen = set()
    pages = [path for method, path, endpoint in routes if method == "GET" and endpoint != "staff.picture"]
    shown = [(path, admin) for path in [*pages, "/staff/nowhere"]]
    for path, browser in [*shown, ("/staff/login", nobody), ("/staff/forgotten", nobody), ("/staff/link/x", nobody)]:
        answer = browser.get(path)
        if answer.mimetype == "text/html" and answer.status_code != 303:
            nonce = re.search(r"script-src 'nonce-([\w-]{24})'; style-src 'nonce-\1'; ", _policy(answer))[1]
            assert active(answer.text) == [nonce] * len(active(answer.text)) and active(answer.text), path
            seen.add(nonce)
    assert len(seen) > 25


def test_a_nonce_is_good_for_one_answer_and_nothing_else_may_run(admin):
    one, other = _policy(admin.get("/staff/")), _policy(admin.get("/staff/"))
    assert one != other
    for word in ("'self' 'nonce", "unsafe", "strict-dynamic", "frame-src"):
        assert word not in one
    for rule in ("base-uri 'none'", "object-src 'none'", "form-action 'self'", "require-trusted-types-for 'script'"):
        assert rule in one.split("; "), rule


def test_an_answer_for_programs_and_an_uploaded_picture_may_do_nothing(admin, routes):
    picture = next(path for _, path, endpoint in routes if endpoint == "staff.picture")
    for path in (picture, "/api/v1/openapi.json", "/api/v1/nowhere"):
        answer = admin.get(path)
        assert _policy(answer).startswith("default-src 'none'; ") and "script-src" not in _policy(answer), path
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_public_pages_name_no_nonce_since_caches_keep_them(client):
    answer = client.get("/")
    assert "nonce" not in _policy(answer) + answer.text
    assert "script-src 'self'" in _policy(answer)


def _policy(answer):
    return answer.headers["Content-Security-Policy"]


def active(page):
    """The nonces of the scripts and style sheets of ``page``, in their order ("" without one), where nothing else
    there could run or restyle it."""
    found = []
    for tag in html.fromstring(page).iter(etree.Element):
        assert tag.tag != "style" and not any(name == "style" or name.startswith("on") for name in tag.attrib)
        assert not (tag.get("href") or "").strip().lower().startswith("javascript:")
        if tag.tag == "script" or (tag.tag == "link" and tag.get("rel") == "stylesheet"):
            assert tag.tag == "link" or (tag.get("src") and not tag.text)
            found.append(tag.get("nonce", ""))
    return found
