"""What a careful colleague would say."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from news.items import Image, Item, Status
from news.lint import addresses, lint

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PARIS = ZoneInfo("Europe/Paris")


def said(languages=frozenset({"en"}), **fields):
    whole = {
        "title": "Une nouvelle chaire de mécanique", "summary": "Elle ouvre en septembre.", "language": "fr",
        "categories": frozenset({"c"}), "status": Status.PUBLISHED, "published": NOW,
    } | fields  # fmt: skip
    item = Item(id="i", story_id="i", created=NOW, updated=NOW, **whole)
    return {(each.key, each.field) for each in lint(item, languages, NOW, PARIS)}


def test_of_a_careful_item_nothing_is_said():
    assert said() == set()


@pytest.mark.parametrize(("fields", "key", "field"), [
    ({"title": "x" * 101}, "lint.title.long", "title"),
    ({"title": "RENTRÉE DES ÉLÈVES"}, "lint.title.caps", "title"),
    ({"title": "La rentrée a eu lieu."}, "lint.title.stop", "title"),
    ({"categories": frozenset()}, "lint.category.none", "categories"),
    ({"day": date(2026, 2, 1)}, "lint.date.past", "date"),
    ({"published": datetime(2026, 3, 3, 2, 0, tzinfo=UTC)}, "lint.date.night", "date"),
    ({"summary": ""}, "lint.summary.missing", "summary"),
    ({"summary": "Une nouvelle chaire de mécanique."}, "lint.summary.repeats", "summary"),
    ({"summary": "UNE nouvelle chaire de Mécanique ouvre"}, "lint.summary.repeats", "summary"),
    ({"summary": "Elle ouvre [...]"}, "lint.summary.mark", "summary"),
    ({"content_html": '<p><img src="https://x.example/i.jpg" alt=""></p>'}, "lint.body.image_alt", "body"),
    ({"content_html": "<p>Voir https://x.example/a</p>"}, "lint.body.bare_url", "body"),
    ({"content_html": '<p><a href="https://x.example">cliquez ici</a></p>'}, "lint.body.empty_words", "body"),
    ({"image": Image("https://x.example/i.jpg", credit="X")}, "lint.image.alt", "image_alt"),
    ({"image": Image("https://x.example/i.jpg", "Un bateau")}, "lint.image.credit", "image_credit"),
    ({"languages": frozenset()}, "lint.translation.en", "language"),
    ({"languages": frozenset(), "language": "en"}, "lint.translation.fr", "language"),
])  # fmt: skip
def test_each_thing_is_said_by_its_field(fields, key, field):
    assert said(**fields) == {(key, field)}


@pytest.mark.parametrize("title", ["Le CNRS et l’ENSTA signent", "INSA 2026", "Le R&D, etc.", "Et alors…"])
def test_abbreviations_are_no_shouting(title):
    assert said(title=title) == set()


def test_what_was_published_long_ago_is_not_told_off_for_its_date():
    assert said(day=date(2020, 1, 1), first_published=NOW) == set()


def test_the_addresses_of_an_item_are_its_link_and_those_of_its_body():
    body = '<p><a href="https://b.example/?x=1&amp;y=2" rel="noopener">b</a> <a href="mailto:a@b">m</a></p>'
    item = Item("i", "i", "T", "fr", Status.DRAFT, NOW, NOW, link="https://a.example/", content_html=body)
    assert addresses(item) == ("https://a.example/", "https://b.example/?x=1&y=2")
