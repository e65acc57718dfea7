"""oEmbed: the address of a page of ours, pasted elsewhere, shows its block."""

import json
from urllib.parse import parse_qs, urlsplit

import lxml.etree
import lxml.html
import pytest

from desk.items.posting import retract_item

HOME = "https://news.example.org"


@pytest.fixture
def ask(client):
    def asked(url: str, **more):
        return client.get("/oembed", query_string={"url": url} | more)

    return asked


@pytest.fixture
def item(post):
    return post("Une visite", "masters", date="2026-02-03")


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/", "/embed/all"), ("/?lang=en", "/embed/all.en"), ("/category/masters", "/embed/masters"),
        ("/category/masters?lang=fr", "/embed/masters.fr"), ("/feeds/masters.en", "/embed/masters.en"),
        ("/feeds/masters+doctorat", "/embed/doctorat+masters"),
        ("/feeds/doctorat%2Bmasters", "/embed/doctorat+masters"),
        ("/feeds/masters.atom", "/embed/masters"), ("/embed/masters?limit=3&x=y", "/embed/masters?limit=3"),
        ("/embed/masters.html", "/embed/masters"), ("/category/masters#top", "/embed/masters"),
        ("/category/masters/", "/embed/masters"), ("/category/masters/?lang=fr", "/embed/masters.fr"),
    ],
)  # fmt: skip
def test_pages_of_news_show_their_block(ask, path: str, shown: str) -> None:
    said = ask(HOME + path).json
    (frame,) = lxml.html.fragments_fromstring(said["html"])
    assert (frame.tag, frame.get("src")) == ("iframe", HOME + shown)
    assert (said["type"], said["version"], said["provider_name"]) == ("rich", "1.0", "École exemple")
    assert (int(frame.get("width")), int(frame.get("height"))) == (said["width"], said["height"])
    assert "allow-same-origin" not in frame.get("sandbox")


def test_an_item_shows_itself(ask, item) -> None:
    said = ask(f"{HOME}/items/{item.id}/une-visite").json
    assert said["title"] == "Une visite"
    assert f'src="{HOME}/embed/items/{item.id}"' in said["html"]


def test_what_it_names_is_there(ask, client, item) -> None:
    for path in ("/", f"/items/{item.id}", "/feeds/masters.fr", "/embed/all?limit=2&layout=headlines"):
        (frame,) = lxml.html.fragments_fromstring(ask(HOME + path).json["html"])
        assert client.get(frame.get("src").removeprefix(HOME)).status_code == 200


@pytest.mark.parametrize(
    "url",
    [
        "https://other.example/category/masters", "https://news.example.org.evil.example/", "http://news.example.org/",
        f"{HOME}@evil.example/", f"{HOME}/category/licence", f"{HOME}/staff/", f"{HOME}/category/a+,b", f"{HOME}//[",
        f"{HOME}/feeds", f"{HOME}/items/nothing", f"{HOME}/embed/masters?limit=99", f"{HOME}/?lang=de",
        "javascript:alert(1)", "x" * 9000, f"{HOME}/\x00", f"{HOME}/category/masters.fr",
    ],
)  # fmt: skip
def test_what_is_not_ours_is_not_found(ask, url: str) -> None:
    assert ask(url).status_code == 404


def test_a_forged_host_changes_nothing(client) -> None:
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    assert client.get("/oembed?url=https://evil.example/", headers=headers).status_code == 404
    answer = client.get("/oembed", query_string={"url": f"{HOME}/"}, headers=headers)
    assert "evil" not in answer.text


def test_a_retracted_item_is_not_found(ask, item, desk) -> None:
    retract_item(desk, item.id, "cli")
    assert ask(f"{HOME}/items/{item.id}").status_code == 404


@pytest.mark.parametrize(
    ("question", "status"), [("", 400), (f"url={HOME}/&format=yaml", 501), (f"url={HOME}/&maxwidth=-1", 400)]
)
def test_questions_that_cannot_be_answered(client, question: str, status: int) -> None:
    assert client.get(f"/oembed?{question}").status_code == status


def test_a_format_nobody_knows_is_told_in_its_own_words(client) -> None:
    answer = client.get(f"/oembed?url={HOME}/&format=yaml")
    assert "format=xml" in answer.text
    assert "panne" not in answer.text


@pytest.mark.parametrize("written", ["JSON", "Json", ""])
def test_a_format_may_be_written_in_capitals_or_left_empty(client, written: str) -> None:
    assert client.get(f"/oembed?url={HOME}/&format={written}").json["version"] == "1.0"


def test_a_size_beyond_every_screen_is_a_size(ask) -> None:
    assert ask(f"{HOME}/", maxwidth="99999999999").json["width"] == 600
    assert ask(f"{HOME}/", maxwidth="0000000300").json["width"] == 300


def test_sizes_are_kept_to(ask) -> None:
    said = ask(f"{HOME}/", maxwidth="300", maxheight="200").json
    assert (said["width"], said["height"]) == (300, 200)
    assert ask(f"{HOME}/", maxwidth="9999").json["width"] == 600


def test_xml_says_the_same(ask, post) -> None:
    nasty = post('<script>"&\x0b', "masters", date="2026-02-03")
    url = f"{HOME}/items/{nasty.id}"
    answer = ask(url, format="xml")
    assert answer.headers["Content-Type"] == "text/xml; charset=utf-8"
    told = {each.tag: each.text for each in lxml.etree.fromstring(answer.data)}
    assert told == {name: str(value) for name, value in ask(url).json.items()}
    assert "<script>" not in told["html"]


def test_its_answers_are_cached_and_open_to_scripts(ask) -> None:
    answer = ask(f"{HOME}/")
    assert "max-age=300" in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["ETag"]


def test_pages_lead_to_it(client, item) -> None:
    for path in (
        "/",
        "/category/masters",
        "/feeds/doctorat+masters",
        f"/items/{item.id}/une-visite",
        "/embed/masters?limit=3",
    ):
        page = lxml.html.fromstring(client.get(path).data)
        links = page.cssselect("link[type='application/json+oembed'], link[type='text/xml+oembed']")
        assert len(links) == 2, path
        for link in links:
            address = link.get("href")
            assert parse_qs(urlsplit(address).query)["url"] == [HOME + path]
            assert client.get(address.removeprefix(HOME)).status_code == 200, path


def test_pages_without_a_block_do_not(client) -> None:
    for path in ("/?q=visite", "/feeds", "/embed"):
        assert "+oembed" not in client.get(path).text


def test_json_is_json(ask) -> None:
    assert json.loads(ask(f"{HOME}/", format="json").data)["type"] == "rich"
