"""Public pages as answers: caching, headers, what browsers are told not to do."""

import gzip
from collections.abc import Callable

import lxml.html
import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from app import create_app
from desk.context import Desk
from news.items import Item
from web.theme import DARK_PAPER, LIGHT_PAPER, contrast, shades

Post = Callable[..., Item]
PAGES = ["/", "/category/doctorat", "/feeds", "/feeds/doctorat", "/?q=x", "/?lang=en"]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_kept_for_a_minute_and_then_asked_for_by_its_etag(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert first.headers["Cache-Control"] == "public, max-age=60"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]


def test_a_change_gives_a_page_another_etag(client: FlaskClient, post: Post) -> None:
    before = client.get("/").headers["ETag"]
    post("Nouvelle")
    assert client.get("/", headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, "/rien", "/robots.txt", "/theme.css"])
def test_public_answers_know_nothing_of_cookies(client: FlaskClient, address: str) -> None:
    client.set_cookie("session", "something")
    answer = client.get(address)
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


@pytest.mark.parametrize("address", [*PAGES, "/rien", "/static/depeche.css"])
def test_every_answer_tells_browsers_what_not_to_do(client: FlaskClient, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "Server" not in headers


@pytest.mark.parametrize("address", [*PAGES, "/rien"])
def test_no_page_carries_inline_styles_or_scripts_or_asks_a_third_party(client: FlaskClient, address: str) -> None:
    page = lxml.html.fromstring(client.get(address).text)
    assert page.xpath("//style | //script[not(@src)] | //@style | //@*[starts-with(name(), 'on')]") == []
    loaded = page.xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href | //img/@src")
    assert all(each.startswith("/") and not each.startswith("//") for each in loaded)


def test_what_a_handler_says_of_itself_stays(app: Flask) -> None:
    app.add_url_rule("/own", view_func=lambda: ("", {"Content-Security-Policy": "frame-ancestors *"}))
    assert app.test_client().get("/own").headers["Content-Security-Policy"] == "frame-ancestors *"


def test_styles_are_kept_for_ever_under_the_hash_of_their_bytes(client: FlaskClient) -> None:
    sheets = lxml.html.fromstring(client.get("/").text).xpath("//link[@rel='stylesheet']/@href")
    assert len(sheets) == 2
    for sheet in sheets:
        assert "immutable" in client.get(sheet).headers["Cache-Control"]
        for other in (sheet.partition("?")[0], sheet + "0"):
            assert "immutable" not in client.get(other).headers["Cache-Control"]


def test_another_spelling_of_a_style_sheets_address_finds_it_too(client: FlaskClient) -> None:
    answer = client.get("/static/nowhere/../depeche.css")
    assert answer.status_code == 200
    assert "immutable" not in answer.headers["Cache-Control"]


def test_a_whole_first_visit_weighs_less_than_thirty_kilobytes(client: FlaskClient, post: Post) -> None:
    for number in range(20):
        post(f"Une actualité numéro {number} au titre assez long pour être vrai", "doctorat", summary="Mot " * 60)
    page = client.get("/")
    loaded = lxml.html.fromstring(page.text).xpath("//script/@src | //link[@rel='stylesheet' or @rel='icon']/@href")
    weight = len(gzip.compress(page.data)) + sum(len(gzip.compress(client.get(each).data)) for each in loaded)
    assert weight < 30_000


def test_crawlers_are_kept_out_of_the_staff_pages_only(client: FlaskClient) -> None:
    answer = client.get("/robots.txt")
    assert answer.mimetype == "text/plain"
    assert "Disallow: /staff/" in answer.text


@pytest.mark.parametrize("accent", ["#b3321b", "#ffff00", "#000000", "#ffffff", "#808080", "#0033aa", "#00ff7f"])
@pytest.mark.parametrize("paper", [LIGHT_PAPER, DARK_PAPER])
def test_any_accent_can_be_read_on_light_and_on_dark_paper(accent: str, paper: str) -> None:
    made = shades(accent, paper)
    assert contrast(made.ink, paper) >= 4.5
    assert contrast(made.fill, paper) >= 3
    assert contrast(made.on_fill, made.fill) >= 4.5


def test_an_accent_that_can_be_read_stays_as_chosen() -> None:
    assert shades("#b3321b", LIGHT_PAPER).ink == "#b3321b"


def test_a_proxys_word_counts_only_when_a_setting_names_it(app: Flask, desk: Desk) -> None:
    behind = create_app(desk.with_settings(trusted_proxies=1))
    for each in (app, behind):
        each.add_url_rule("/who", view_func=lambda: f"{request.remote_addr} {request.host}")
    said = {"X-Forwarded-For": "203.0.113.9", "X-Forwarded-Host": "evil.example"}
    assert app.test_client().get("/who", headers=said).text == "127.0.0.1 localhost"
    assert behind.test_client().get("/who", headers=said).text == "203.0.113.9 localhost"
