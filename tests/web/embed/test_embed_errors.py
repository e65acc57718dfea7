"""Where there is no block, a partner's visitor sees a link, and whoever keeps the page learns why."""

import json

import pytest

from desk.items.posting import retract_item

MORE = "Toutes les actualités"


@pytest.mark.parametrize("ending", [".html", ".email.html"])
def test_an_inclusion_is_a_link_and_says_why_in_its_source(client, ending: str) -> None:
    answer = client.get(f"/embed/nothing.fr{ending}")
    assert answer.status_code == 404
    said, link = answer.text.strip().split("\n")
    assert said.startswith("<!-- ") and "nothing" in said and said.endswith(" -->")
    assert link == f'<p><a href="https://news.example.org/?lang=fr">{MORE}</a></p>'


def test_scripts_are_told_in_the_language_of_the_block(client) -> None:
    for address, more in (("/embed/nothing.fr.json", "catégorie"), ("/embed/nothing.en-else-fr.json", "category")):
        answer = client.get(address)
        assert (answer.status_code, answer.content_type) == (404, "application/problem+json")
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers
        assert more in json.loads(answer.data)["detail"].lower()
    assert client.get("/embed/all.txt?limit=99").text.endswith(f"{MORE}\nhttps://news.example.org/\n")


def test_a_frame_shows_a_link_and_may_be_framed(client, post, desk) -> None:
    item = post("Une visite", "masters")
    retract_item(desk, item.id, "cli")
    for address, status in (("/embed/nothing", 404), ("/embed/a+b,c", 400), (f"/embed/items/{item.id}", 410)):
        answer = client.get(address)
        assert answer.status_code == status, address
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
        assert f'target="_top">{MORE}</a>' in answer.text
        assert "<nav" not in answer.text


@pytest.mark.parametrize("name", ["--><script>alert(1)</script>", "--!><img src=x>", "<b>"])
def test_what_strangers_write_into_the_address_stays_text(client, name: str) -> None:
    for ending in ("", ".html"):
        answer = client.get(f"/embed/{name}{ending}")
        assert answer.status_code in (400, 404)
        assert not any(each in answer.text for each in ("<script>alert", "<img", "<b>", "--><s", "--!>"))


def test_what_is_below_a_block_is_answered_as_a_block_is(client) -> None:
    for address in ("/embed/category/doctorat", "/embed/a%2Fb", "/embed/items/a/b"):
        frame, script, included = (client.get(address + ending) for ending in ("", ".json", ".html"))
        assert {frame.status_code, script.status_code, included.status_code} == {404}, address
        assert "frame-ancestors *" in frame.headers["Content-Security-Policy"]
        assert script.headers["Access-Control-Allow-Origin"] == "*"
        assert json.loads(script.data)["detail"]
        assert included.text.startswith("<!-- ")
        assert client.options(address + ".json").status_code == 204
        assert client.post(address).status_code == 405
