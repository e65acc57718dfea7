"""Bad input gets an answer: the right status, a sentence in the reader's language, a way on."""

import re
from pathlib import Path

import lxml.html
import pytest
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.context import Desk
from news.errors import Conflict, DepecheError, NotAllowed, StoreFailed, TooMany
from translations import LANGUAGES, translator
from web.errors import STATUSES


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/?page=abc", 400), ("/?page=0", 400), ("/?page=-1", 400), ("/?page=1.5", 400), ("/?page=²", 400),
        ("/?page=99999999999999999999999", 404), ("/?page=10000", 404), ("/?page=", 200),
        ("/?lang=xx", 400), ("/?lang=%00", 400), ("/?lang=", 200), ("/items/x?lang=fr", 404),
        ("/?q=" + "x" * 10_000, 400), ("/?q=%00%01", 200), ("/?q=%22", 200), ("/?q=NEAR(a%20b)*%20OR%20-", 200),
        ("/?q=%ff%fe", 200), ("/?unknown=1", 200), ("/category/", 404), ("/rien", 404), ("/category/%F0%9F%92%A5", 404),
    ],
)  # fmt: skip
def test_a_senseless_address_gets_its_status(client: FlaskClient, address: str, status: int) -> None:
    assert client.get(address).status_code == status


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(q=st.text(max_size=220), page=st.text(max_size=6), lang=st.sampled_from(["", "fr", "en", "de", "\x00"]))
def test_nothing_in_an_address_breaks_the_front_page(client: FlaskClient, q: str, page: str, lang: str) -> None:
    spoken = {"q": q.encode("utf-8", "replace"), "page": page.encode("utf-8", "replace"), "lang": lang}
    assert client.get("/", query_string=spoken).status_code in {200, 400, 404}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", ["/rien", "/items/x", "/category/inconnue", "/?page=abc", "/?page=9999"])
def test_an_error_page_speaks_the_pages_language_and_leads_on(client: FlaskClient, address: str, language: str) -> None:
    answer = client.get(address, query_string=None if "?" in address else {"lang": language})
    page = lxml.html.fromstring(answer.text)
    assert page.get("lang") == ("fr" if "?" in address else language)
    assert len(page.cssselect(".lead")[0].text) > 20
    assert page.cssselect("a.button")[0].get("href").startswith("/")
    assert not re.search(
        r"\b(public|item|category|error|selection)\.[a-z_.]+\b", page.cssselect("main")[0].text_content()
    )


def test_error_pages_stay_briefly_in_caches(client: FlaskClient) -> None:
    assert client.get("/rien").headers["Cache-Control"] == "public, max-age=60"


def test_a_wrong_method_says_which_are_right(client: FlaskClient) -> None:
    answer = client.post("/category/doctorat")
    assert answer.status_code == 405
    assert "GET" in answer.headers["Allow"]
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize("kind", STATUSES)
def test_every_kind_of_error_has_its_status_and_its_words(app: Flask, kind: type[DepecheError]) -> None:
    app.add_url_rule("/raise", view_func=lambda: _raise(kind("no.such.key", seconds=7)))
    answer = app.test_client().get("/raise")
    assert answer.status_code == STATUSES[kind]
    assert "no.such.key" not in answer.text


def test_the_wait_is_told_to_programs_too(app: Flask) -> None:
    app.add_url_rule("/raise", view_func=lambda: _raise(TooMany("x", seconds=7)))
    assert app.test_client().get("/raise").headers["Retry-After"] == "7"


@pytest.mark.parametrize("kind", [NotAllowed, Conflict, StoreFailed])
def test_passing_and_personal_errors_stay_out_of_caches(app: Flask, kind: type[DepecheError]) -> None:
    app.add_url_rule("/raise", view_func=lambda: _raise(kind("x")))
    assert app.test_client().get("/raise").headers["Cache-Control"] == "no-store"


def test_a_fault_of_ours_shows_no_traceback(app: Flask) -> None:
    app.add_url_rule("/fault", view_func=lambda: 1 / 0)
    answer = app.test_client().get("/fault")
    assert answer.status_code == 500
    assert "La panne est chez nous" in answer.text
    assert "ZeroDivisionError" not in answer.text


@pytest.mark.parametrize("address", ["/", "/items/x", "/feeds/all.atom", "/embed/all", "/staff/login", "/staff/"])
def test_readers_are_not_told_where_the_database_is_but_the_log_is(
    desk: Desk, client: FlaskClient, address: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk.storage.close()
    desk.settings.database.write_bytes(b"no database" * 1000)
    answer = client.get(address)
    assert answer.status_code in {303, 503}
    assert str(desk.settings.database) not in answer.text
    assert answer.status_code == 303 or str(desk.settings.database) in caplog.text


def test_both_languages_have_the_same_public_messages_and_placeholders() -> None:
    found = {language: _messages(language) for language in LANGUAGES}
    assert {key: _holes(text) for key, text in found["fr"].items()} == {
        key: _holes(text) for key, text in found["en"].items()
    }


def test_every_message_the_public_templates_name_exists() -> None:
    templates = Path(__file__).parents[3] / "templates"
    files = [templates / "base.html", *(templates / "macros").glob("*"), *(templates / "public").glob("*")]
    named = {key for path in files for key in re.findall(r"""\bt\(["']([\w.]+\w)["'][,)]""", path.read_text("utf-8"))}
    assert len(named) > 40
    assert {key for key in named if not translator("fr").has(key)} == set()


def _raise(error: DepecheError) -> str:
    raise error


def _messages(language: str) -> dict[str, str]:
    text = (Path(__file__).parents[3] / "translations" / language / "public.po").read_text("utf-8")
    return dict(re.findall(r'msgid "(.+)"\nmsgstr "(.+)"', text))


def _holes(text: str) -> set[str]:
    return set(re.findall(r"{(\w+)}", text))
