"""Addresses where no feed stands: moved, gone, unknown, impossible."""

from dataclasses import replace

import pytest

from desk.categories.registry import rename_category

FORMATS = ["atom", "rss", "json"]
SHORT = "max-age="


@pytest.mark.parametrize("name", FORMATS)
def test_members_in_another_order_lead_to_the_one_address(client, name: str) -> None:
    answer = client.get(f"/feeds/masters+doctorat.en.{name}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/feeds/doctorat+masters.en.{name}")
    assert SHORT in answer.headers["Cache-Control"]
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_a_member_named_twice_leads_to_the_one_address(client) -> None:
    assert client.get("/feeds/masters,masters.atom").headers["Location"] == "/feeds/masters.atom"


def test_a_renamed_category_leads_to_its_new_address(client, desk) -> None:
    rename_category(desk, "masters", new_slug="masteres", actor="cli")
    answer = client.get("/feeds/masters.atom?x=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/feeds/masteres.atom")


def test_a_moved_block_keeps_its_limit(client) -> None:
    answer = client.get("/embed/masters+doctorat.html?limit=3&x=1")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/embed/doctorat+masters.html?limit=3")


def test_a_wrong_host_does_not_show_in_a_redirect(client) -> None:
    answer = client.get("/feeds/masters+doctorat.atom", headers={"Host": "evil.example"})
    assert "evil" not in answer.headers["Location"]
    assert b"evil" not in answer.data


@pytest.mark.parametrize(
    "address", ["/feeds/licence.atom", "/embed/licence.html", "/embed/licence", "/feeds/masters+licence.rss"]
)
def test_an_unknown_category_is_not_found(client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert SHORT in answer.headers["Cache-Control"]


@pytest.mark.parametrize("address", ["/feeds/masters.atom", "/embed/masters.html", "/feeds/doctorat+masters.json"])
def test_a_retired_category_is_gone(client, desk, address: str) -> None:
    assert client.get(address).status_code == 200
    with desk.storage.transaction() as tx:
        tx.put_category(replace(tx.category_of_slug("masters"), retired=desk.now()), desk.now())
    client.application.extensions["publisher"].changed()
    answer = client.get(address)
    assert answer.status_code == 410
    assert SHORT in answer.headers["Cache-Control"]


@pytest.mark.parametrize(
    "selection",
    [
        "a+b,c",
        "masters.de",
        "all+masters",
        "masters!",
        "!masters",
        "a+b+c+d+e",
        "all!all",
        "+",
        "masters.fr.en",
        "%20",
        "é",
    ],
)
def test_a_selection_that_cannot_be_read_is_explained(client, selection: str) -> None:
    answer = client.get(f"/feeds/{selection}.atom")
    # A space is a plus sign that was lost on the way.
    assert answer.status_code == (404 if selection == "é" else 400)
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize("address", ["/feeds/masters.xml", "/feeds/masters.ATOM", "/feeds/a/b.atom", "/embed/a/b.html"])
def test_what_is_no_address_of_a_feed_is_not_found_or_refused(client, address: str) -> None:
    assert client.get(address).status_code in (400, 404)


@pytest.mark.parametrize("limit", ["0", "21", "-1", "abc", "5.0", "", "1e1", "٣", "99999999999999999999"])
def test_a_limit_that_cannot_be_is_refused(client, limit: str) -> None:
    for address in ("/embed/masters.html", "/embed/masters"):
        assert client.get(address, query_string={"limit": limit}).status_code == 400


def test_a_doubled_slash_leads_nowhere_else(client) -> None:
    answer = client.get("/feeds//masters.atom", headers={"Host": "evil.example"})
    assert answer.status_code == 404
    assert "Location" not in answer.headers
