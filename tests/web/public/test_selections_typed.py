"""Selections as people type them, and as forms and mails hand them on: capitals, and blanks where a ``+`` was."""

import pytest


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/feeds/Masters.atom", "/feeds/masters.atom"),
        ("/feeds/doctorat%20masters.fr.json", "/feeds/doctorat+masters.fr.json"),
        ("/feeds/MASTERS/archive/1-1.atom", "/feeds/masters/archive/1-1.atom"),
        ("/feeds/Masters", "/feeds/masters"),
        ("/category/Masters", "/category/masters"),
        ("/embed/Doctorat,%20Masters.html?limit=3", "/embed/doctorat,masters.html?limit=3"),
        ("/embed/ALL?layout=cards", "/embed/all?layout=cards"),
    ],
)
def test_they_lead_to_the_one_address(client, post, typed, address):
    post("Une visite", "masters", "doctorat")

    answer = client.get(typed)

    assert (answer.status_code, answer.headers["Location"]) == (301, address)
    assert client.get(address).status_code == 200


def test_an_address_whose_plus_was_lost_on_the_way_shows_its_block(client):
    answer = client.get("/oembed?url=https://news.example.org/feeds/doctorat+masters")

    assert 'src="https://news.example.org/embed/doctorat+masters"' in answer.json["html"]


def test_the_builder_takes_a_selection_typed_into_its_address(client):
    assert client.get("/embed?selection=doctorat+masters").status_code == 200
