from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from desk.categories.registry import list_categories, order_categories
from desk.categories.views import category_json
from desk.context import Desk
from desk.items.views import item_json
from desk.publishing.shown_item import item_path, view
from desk.sources.registry import NewSource, add_source
from desk.sources.views import source_json
from news.items import Image, Item, Origin

SHAPE = {
    "id", "guid", "story_id", "url", "link", "title", "summary", "content_html", "language", "author", "image",
    "categories", "published", "updated", "date_only", "status", "source",
}  # fmt: skip


def seen(desk: Desk, item: Item):
    with desk.storage.read() as reader:
        return view(desk, reader, item)


def told(desk: Desk, item: Item) -> dict:
    with desk.storage.read() as reader:
        return item_json(desk, reader, item)


def test_an_items_json_has_the_one_public_shape(desk: Desk, post):
    item = post("Été & automne", "doctorat", "ingenieurs", summary="Résumé", link="https://x.example.org/a")
    assert told(desk, item) == {
        "id": item.id,
        "guid": f"urn:uuid:{item.id}",
        "story_id": item.id,
        "url": f"https://news.example.org/items/{item.id}/ete-automne",
        "link": "https://x.example.org/a",
        "title": "Été & automne",
        "summary": "Résumé",
        "content_html": "",
        "language": "fr",
        "author": None,
        "image": None,
        "categories": [{"slug": "ingenieurs", "name": "Ingénieurs"}, {"slug": "doctorat", "name": "Doctorat"}],
        "published": "2026-03-01T10:30:00Z",
        "updated": "2026-03-01T10:30:00Z",
        "date_only": True,
        "status": "published",
        "source": None,
    }


def test_a_collected_items_json_has_what_its_source_wrote(desk: Desk, post):
    item = replace(
        post("Une"), origin=Origin("s", "Partenaire", "42", ("Thèse", "Prix")), image=Image("https://x/i", "i")
    )
    json = told(desk, item)
    assert set(json) == SHAPE | {"terms", "source_guid", "sources"}
    assert (json["terms"], json["source_guid"]) == (["Thèse", "Prix"], "42")
    assert json["source"] == {"id": "s", "name": "Partenaire"}
    assert json["image"] == {"url": "https://x/i", "alt": "i", "width": None, "height": None}


def test_a_draft_without_a_date_has_none(desk: Desk, post):
    json = told(desk, post("Brouillon", date="", status="draft"))
    assert (json["published"], json["date_only"], json["status"]) == (None, False, "draft")


def test_categories_stand_by_rank_whatever_their_names(desk: Desk, post):
    item = post("Une", "masters", "doctorat", "diversite-rse")
    order_categories(desk, ["diversite-rse", "masters"], "cli")
    assert [category.slug for category in seen(desk, item).categories] == ["diversite-rse", "masters", "doctorat"]


@pytest.mark.parametrize(
    ("published", "day", "machine", "time"),
    [
        (datetime(2026, 3, 1, 23, 30, tzinfo=UTC), date(2026, 3, 2), "2026-03-02T00:30:00+01:00", "00:30"),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), date(2026, 7, 2), "2026-07-02T00:30:00+02:00", "00:30"),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29), "2026-03-29T01:59:00+01:00", "01:59"),
        (datetime(2026, 3, 29, 1, 0, tzinfo=UTC), date(2026, 3, 29), "2026-03-29T03:00:00+02:00", "03:00"),
    ],
)
def test_a_moment_is_shown_in_the_newsrooms_zone(desk: Desk, post, published, day, machine, time):
    shown = seen(desk, replace(post("Une"), day=None, published=published))
    assert (shown.day, shown.machine_date, shown.time_text) == (day, machine, time)


def test_midnight_is_shown_as_the_day_alone(desk: Desk, post):
    """Many programs know only the day of an item, and date it at midnight in their feed."""
    shown = seen(desk, replace(post("Une"), day=None, published=datetime(2026, 11, 22, 23, 0, tzinfo=UTC)))
    assert (shown.day, shown.machine_date) == (date(2026, 11, 23), "2026-11-23T00:00:00+01:00")
    assert shown.time_text is None


@pytest.mark.parametrize("zone", ["Europe/Paris", "Pacific/Honolulu", "Pacific/Auckland"])
def test_a_day_is_that_day_in_every_newsroom(desk: Desk, post, zone: str):
    item = post("Une", date="2024-10-04")
    shown = seen(desk.with_settings(timezone=ZoneInfo(zone)), item)
    assert (shown.day, shown.machine_date, shown.time_text) == (date(2024, 10, 4), "2024-10-04", None)


def test_an_excerpt_is_marked_where_something_was_cut_and_the_item_never(desk: Desk, post):
    long = "Le premier événement étudiant de recherche était organisé au VIASM, à Hanoi au Viêt Nam, et il a été suivi."
    shown = seen(desk, post("Longue", summary=long))
    assert shown.excerpt.endswith(" [...]")
    assert len(shown.excerpt) <= 95 + len(" [...]")
    assert long.startswith(shown.excerpt.removesuffix(" [...]"))
    assert shown.item.summary == shown.lead == long
    assert seen(desk, post("Courte", summary="Trois mots ici")).excerpt == "Trois mots ici"


def test_without_a_summary_the_body_speaks(desk: Desk, post):
    assert seen(desk, post("Une", body="<p>Un &amp; deux</p><p>Trois</p>")).excerpt == "Un & deux Trois"


def test_a_title_leads_to_the_link_or_else_to_the_items_page(desk: Desk, post):
    assert seen(desk, post("Une", link="https://x.example.org/")).target == "https://x.example.org/"
    shown = seen(desk, post("Deux"))
    assert shown.target == shown.url == f"https://news.example.org{shown.path}"


def test_a_title_without_a_letter_has_an_address_too(desk: Desk, post):
    assert item_path(post("日本")).endswith("/-")


def test_a_retired_category_is_shown_no_more(desk: Desk, post):
    item = post("Une", "doctorat", "masters")
    with desk.storage.transaction() as tx:
        tx.put_category(replace(tx.category_of_slug("doctorat"), retired=desk.now()), desk.now())
    assert [category.slug for category in seen(desk, item).categories] == ["masters"]


def test_a_sources_json_says_how_it_is(desk: Desk):
    new = NewSource(
        "https://partner.example.org/feed", "feed", name="P", categories=("masters",), map=(("Thèse", "doctorat"),)
    )
    source = add_source(desk, new, "cli")
    with desk.storage.read() as reader:
        json = source_json(reader, source)
    assert (json["categories"], json["map"], json["error"]) == (["masters"], {"Thèse": "doctorat"}, None)
    assert (json["kind"], json["trust"], json["next_check"]) == ("feed", "review", "2026-03-02T09:00:00Z")


def test_a_categorys_json_has_both_names(desk: Desk):
    json = category_json(list_categories(desk)[4])
    assert (json["slug"], json["name_fr"], json["name_en"], json["rank"]) == (
        "diversite-rse", "Diversité & RSE", "Diversity & CSR", 5,
    )  # fmt: skip
