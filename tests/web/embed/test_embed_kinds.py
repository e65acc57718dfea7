"""The block as JSON, for e-mail, as plain text: the same news in each."""

import json
from html.parser import HTMLParser

import pytest

from desk.items.posting import retract_item


class Links(HTMLParser):
    """Links of a document, and the text in them."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.found: list[list[str]] = []
        self.inside = False
        self.feed(markup)

    def handle_starttag(self, tag, attrs) -> None:
        if tag == "a":
            self.found.append([dict(attrs)["href"], ""])
        self.inside = tag == "a"

    def handle_endtag(self, tag) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.found[-1][1] += data


@pytest.fixture
def some_news(post):
    post("Une visite & <b>plus</b>", "masters", "doctorat", link="https://partner.example.net/a?b=1&c=2",
         summary="mot " * 60, date="2026-02-03")  # fmt: skip
    return post("A workshop", "masters", language="en", date="2026-02-02")


def test_every_kind_says_the_same(client, some_news) -> None:
    said = json.loads(client.get("/embed/masters.json").data)
    links = [[item["url"], item["title"]] for item in said["items"]] + [[said["more"]["url"], said["more"]["text"]]]
    for address in (
        "/embed/masters.html",
        "/embed/masters",
        "/embed/masters.email.html",
        "/embed/masters?layout=cards",
    ):
        assert Links(client.get(address).text).found == links, address
    text = client.get("/embed/masters.txt").text
    for item in said["items"]:
        line = f"{', '.join(item['categories'])} — {item['date']}"
        assert f"{item['title']}\n{line}\n" in text
        assert item["url"] in text
        dated = f'{", ".join(item["categories"])} — <time datetime="{item["datetime"]}">{item["date"]}</time>'
        assert dated in client.get("/embed/masters.html").text
        assert dated in client.get("/embed/masters?layout=headlines").text
    assert text.endswith("Toutes les actualités\nhttps://news.example.org/category/masters\n")


def test_json_says_what_is_to_be_shown(client, some_news) -> None:
    answer = client.get("/embed/masters.json?limit=1&layout=whatever")
    said = json.loads(answer.data)
    assert said["label"] == "Dernières actualités\u00a0: Masters"
    (item,) = said["items"]
    assert item["categories"] == ["Doctorat", "Masters"]
    assert (item["date"], item["datetime"], item["image"]) == ("03/02/2026", "2026-02-03", None)
    assert item["excerpt"].endswith("mot [...]")
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "stale-if-error=3600" in answer.headers["Cache-Control"]


@pytest.mark.parametrize("ending", [".json", ".txt", ".email.html", ".html", ""])
def test_whoever_has_it_already_is_told_so(client, some_news, ending: str) -> None:
    first = client.get(f"/embed/masters{ending}")
    again = client.get(f"/embed/masters{ending}", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("ending", [".json", ".txt", ".email.html", ".html", ""])
def test_a_retracted_item_leaves_every_kind(client, some_news, desk, app, ending: str) -> None:
    assert "A workshop" in client.get(f"/embed/masters{ending}").text
    retract_item(desk, some_news.id, "cli")
    app.extensions["publisher"].changed()
    assert "A workshop" not in client.get(f"/embed/masters{ending}").text


def test_another_order_leads_to_the_one_address_with_what_it_asked(client) -> None:
    answer = client.get("/embed/masters+doctorat.json?limit=3&layout=cards")
    assert answer.headers["Location"] == "/embed/doctorat+masters.json?limit=3"
    answer = client.get("/embed/masters+doctorat?layout=cards&ink=FFFFFF&x=1")
    assert answer.headers["Location"] == "/embed/doctorat+masters?layout=cards&ink=ffffff"


def test_mail_carries_no_script_no_style_sheet_and_no_relative_address(client, some_news) -> None:
    mail = client.get("/embed/all.email.html").text
    assert not any(each in mail for each in ("<script", "<style", "<img", "<link", 'href="/'))
    assert 'role="presentation"' in mail


@pytest.mark.parametrize(
    "question", ["layout=grid", "heading=1", "heading=9", "accent=red", "ink=%23fff", "paper=123456%7Dbody", "limit=0"]
)
def test_what_cannot_be_is_one_sentence(client, some_news, question: str) -> None:
    ending = ".html" if "heading" in question else ""
    answer = client.get(f"/embed/masters{ending}?{question}")
    assert answer.status_code == 400
    assert "indiquez" in answer.text or "choisissez" in answer.text


def test_headings_have_the_level_asked_for(client, some_news) -> None:
    assert client.get("/embed/masters.html?heading=4").text.count("<h4") == 2
    assert "<h1>" in client.get("/embed/masters").text
    assert client.get("/embed/masters").text.count("<h2") == 2


def test_headlines_leave_the_excerpts_out(client, some_news) -> None:
    assert "[...]" not in client.get("/embed/masters.html?layout=headlines").text


def test_chosen_colours_are_in_the_style_the_policy_names(client, some_news) -> None:
    plain, chosen = client.get("/embed/masters"), client.get("/embed/masters?ink=112233&paper=ffffff")
    assert "--ink:#112233;--paper:#ffffff" in chosen.text
    assert plain.headers["Content-Security-Policy"] != chosen.headers["Content-Security-Policy"]


def test_one_item_stands_in_a_frame_alone_until_it_is_retracted(client, some_news, desk) -> None:
    address = f"/embed/items/{some_news.id}"
    shown = client.get(address)
    assert "A workshop" in shown.text
    assert '<html lang="en">' in shown.text
    assert "frame-ancestors *" in shown.headers["Content-Security-Policy"]
    retract_item(desk, some_news.id, "cli")
    assert client.get(address).status_code == 410
    assert client.get("/embed/items/nothing").status_code == 404
