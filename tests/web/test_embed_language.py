"""``?lang=`` behind a block's address, as our pages have it: it leads to the block in that language."""

import pytest

from desk.named_feeds import add_named_feed


@pytest.mark.parametrize(
    ("asked", "address"),
    [
        ("/embed/masters.html?lang=en&limit=3", "/embed/masters.en.html?limit=3"),
        ("/embed/masters?lang=fr-else-en&layout=cards", "/embed/masters.fr-else-en?layout=cards"),
        ("/embed/masters.json?limit=2&lang=fr", "/embed/masters.fr.json?limit=2"),
        ("/embed/masters,doctorat.txt?lang=en", "/embed/doctorat,masters.en.txt"),
    ],
)
def test_it_leads_to_the_address_that_ends_with_the_language(client, asked, address):
    answer = client.get(asked)

    assert (answer.status_code, answer.headers["Location"]) == (301, address)
    assert client.get(address).status_code == 200


def test_a_server_that_includes_and_follows_nobody_is_given_the_block_in_that_language(client, post):
    post("Une visite", "masters", language="fr")
    post("A visit", "masters", language="en")

    told = client.get("/embed/masters.html?lang=en").text

    assert "A visit" in told and "Une visite" not in told


@pytest.mark.parametrize("asked", ["/embed/all.en.html?lang=fr", "/embed/all.html?lang=xx", "/embed/all?lang="])
def test_where_it_says_nothing_new_it_is_passed_over(client, asked):
    assert client.get(asked).status_code == 200


def test_the_address_of_a_partner_keeps_its_key(client):
    assert client.get("/embed/masters?lang=en&p=0123456789abcdef").headers["Location"].startswith("/embed/masters.en")


def test_a_feed_whose_language_staff_fixed_keeps_its_only_address(client, desk):
    add_named_feed(desk, "En anglais", "masters.en", actor="cli")

    assert client.get("/embed/en-anglais.html?lang=fr").headers["Location"] == "/embed/en-anglais.html"


def test_an_unknown_category_stays_unknown(client):
    assert client.get("/embed/nothing.html?lang=en").status_code == 404
