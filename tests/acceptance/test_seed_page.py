"""The page the project was born from, collected through the command and published through the web application."""

import io
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import feedparser
import pytest
from flask.testing import FlaskClient
from lxml import html

from app import create_app
from desk.context import open_desk
from desk.settings import load_settings

CATEGORIES = ("Ingénieurs", "Doctorat", "Masters", "Partenariats internationaux", "Diversité & RSE")
PARTNERS = "partenariats-internationaux"
SITE = "https://www.telecom-paris.fr/"
ITEMS = [
    # day, link, title, categories by rank, summary
    (
        "2024-10-04", "eurotech-partner-days-2024-rencontre-enrichissante",
        "Journée des Partenaires EuroTech 2024 : une rencontre enrichissante", [PARTNERS],
        "Télécom Paris a eu l'honneur de co-organiser cet événement sur le campus d'IP Paris. Un grand",
    ),
    (
        "2024-09-16", "evenement-etudiant-recherche-viasm-vietnam",
        "Le premier Student Research Workshop au Viêt Nam, un franc succès !", ["doctorat", "masters", PARTNERS],
        "Le premier événement étudiant de recherche était organisé au VIASM, à Hanoi au",
    ),
    (
        "2024-09-04", "bienvenue-135-eleves-ingenieurs-internationaux",
        "Bienvenue à nos 135 élèves ingénieurs internationaux !", ["ingenieurs", PARTNERS],
        "Le 2 septembre, 135 étudiants internationaux ont intégré notre diplôme d'ingénieur. Dans les",
    ),
    (
        "2024-05-29", "fr/div/semaine-diversite-interculturalite",
        "Semaine de la diversité et de l’interculturalité", ["ingenieurs", PARTNERS, "diversite-rse"],
        "L'objectif était d'aborder plusieurs sujets sur les discriminations et l’intégration",
    ),
    (
        "2024-04-22", "visite-tu-berlin",
        "Échanges franco-allemands : visite de la TU Berlin à Télécom Paris", ["ingenieurs", PARTNERS],
        "Cet échange s’appuie sur le partenariat Erasmus+ établi entre nos deux institutions.",
    ),
]  # fmt: skip
COUNTS = {
    "all": 5, PARTNERS: 5, "ingenieurs": 3, "doctorat": 1, "masters": 1, "diversite-rse": 1, "doctorat+masters": 1,
    "ingenieurs!diversite-rse": 2, "doctorat,diversite-rse": 2, "all.fr": 5, "all.en": 0,
}  # fmt: skip
FORMATS = ("atom", "rss", "json")
READERS = ("Pacific/Honolulu", "Europe/Paris", "Pacific/Auckland")


@dataclass(frozen=True)
class Newsroom:
    """What the command said, and a reader's client."""

    source: dict
    items: list[dict]
    client: FlaskClient

    def get(self, path: str):
        answer = self.client.get(path)
        assert answer.status_code == 200, f"{path}: {answer.status}"
        return answer


@pytest.fixture(scope="module")
def newsroom(
    seed: Path, serve_folder: Callable[[Path], str], environ: dict[str, str], depeche, depeche_json
) -> Iterator[Newsroom]:
    url = f"{serve_folder(seed)}/strategie-internationale.html"
    depeche("init")
    for name in CATEGORIES:
        depeche("category", "add", name)
    source = depeche_json("source", "add", url, "--kind", "page", "--trust", "publish")
    depeche("source", "refresh", "--all")
    later = datetime.now(UTC) + timedelta(hours=1)
    desk = open_desk(load_settings(environ), clock=lambda: later)
    yield Newsroom(source, depeche_json("item", "list"), create_app(desk).test_client())
    desk.storage.close()


def entries(newsroom: Newsroom, selection: str, format_: str) -> list[dict]:
    """The entries of a feed as a reader's program sees them: ``title``, ``link``, ``when``, ``terms``, ``summary``."""
    body = newsroom.get(f"/feeds/{selection}.{format_}").data
    if format_ == "json":
        return [
            {
                "title": item["title"], "link": item.get("external_url") or item["url"],
                "when": datetime.fromisoformat(item["date_published"]), "terms": item.get("tags", []),
                "summary": item.get("summary") or item.get("content_text", ""),
            }
            for item in json.loads(body)["items"]
        ]  # fmt: skip
    parsed = feedparser.parse(io.BytesIO(body))
    assert not parsed.bozo, parsed.get("bozo_exception")
    return [
        {
            "title": entry.title, "link": entry.link, "when": datetime(*entry.published_parsed[:6], tzinfo=UTC),
            "terms": [tag.label or tag.term for tag in entry.get("tags", [])], "summary": entry.get("summary", ""),
        }
        for entry in parsed.entries
    ]  # fmt: skip


def test_exactly_the_five_items_of_the_page_are_there_and_none_of_its_other_links(newsroom: Newsroom):
    assert [item["link"] for item in newsroom.items] == [SITE + link for _, link, *_ in ITEMS]


def test_titles_days_categories_and_excerpts_are_as_on_the_page(newsroom: Newsroom):
    assert [
        (
            item["published"][:10], item["link"].removeprefix(SITE), item["title"],
            [category["slug"] for category in item["categories"]], item["summary"],
        )
        for item in newsroom.items
    ] == ITEMS  # fmt: skip
    assert {(item["date_only"], item["status"], item["language"]) for item in newsroom.items} == {
        (True, "published", "fr")
    }


def test_the_mark_of_truncation_is_nowhere_stored(newsroom: Newsroom):
    assert "[..." not in json.dumps(newsroom.items)
    assert "[…" not in json.dumps(newsroom.items, ensure_ascii=False)


def test_what_the_source_wrote_is_kept_beside(newsroom: Newsroom):
    terms = [item["terms"] for item in newsroom.items]
    assert terms[3] == ["Ingénieurs", "Partenariats internationaux", "Diversité & RSE"]
    assert {item["source"]["id"] for item in newsroom.items} == {newsroom.source["id"]}


@pytest.mark.parametrize("format_", FORMATS)
@pytest.mark.parametrize(("selection", "count"), COUNTS.items())
def test_each_feed_holds_its_items(newsroom: Newsroom, selection: str, count: int, format_: str):
    found = entries(newsroom, selection, format_)
    assert len(found) == count
    assert [entry["when"] for entry in found] == sorted((entry["when"] for entry in found), reverse=True)


@pytest.mark.parametrize("format_", FORMATS)
def test_a_feed_says_what_the_page_says(newsroom: Newsroom, format_: str):
    found = entries(newsroom, PARTNERS, format_)
    assert [(entry["title"], entry["link"]) for entry in found] == [
        (title, SITE + link) for _, link, title, *_ in ITEMS
    ]
    assert found[3]["terms"] == ["Ingénieurs", "Partenariats internationaux", "Diversité & RSE"]
    assert [entry["summary"] for entry in found] == [summary for *_, summary in ITEMS]


@pytest.mark.parametrize("zone", READERS)
@pytest.mark.parametrize("format_", FORMATS)
def test_readers_all_around_the_world_see_the_day_of_the_page(newsroom: Newsroom, format_: str, zone: str):
    seen = [entry["when"].astimezone(ZoneInfo(zone)).date().isoformat() for entry in entries(newsroom, "all", format_)]
    assert seen == [day for day, *_ in ITEMS]


@pytest.mark.parametrize(
    "path",
    [
        *(f"/feeds/diversite-rse.{format_}" for format_ in FORMATS),
        "/embed/diversite-rse.html", "/embed/diversite-rse", "/category/diversite-rse", "/feeds.opml",
    ],
)  # fmt: skip
def test_an_ampersand_is_escaped_exactly_once(newsroom: Newsroom, path: str):
    text = newsroom.get(path).get_data(as_text=True)
    if path.endswith(".json"):
        assert "Diversité & RSE" in json.dumps(json.loads(text), ensure_ascii=False)
        assert "&amp;" not in text
    else:
        assert "Diversité &amp; RSE" in text
        assert "&amp;amp;" not in text
        assert not re.search(r"Diversité & RSE", text)


def test_the_block_shows_the_newest_first_as_the_page_did(newsroom: Newsroom):
    block = html.fromstring(newsroom.get(f"/embed/{PARTNERS}.html?limit=5").get_data(as_text=True))
    times = block.xpath("//time")
    assert [time.text_content() for time in times] == [
        "04/10/2024", "16/09/2024", "04/09/2024", "29/05/2024", "22/04/2024",
    ]  # fmt: skip
    assert [time.get("datetime") for time in times] == [day for day, *_ in ITEMS]
    words = " ".join(block.text_content().split())
    assert words.index("Journée des Partenaires EuroTech 2024") < words.index("04/10/2024")
    assert "Ingénieurs, Partenariats internationaux, Diversité & RSE — 29/05/2024" in words
    assert block.xpath("//a/@href")[:5] == [SITE + link for _, link, *_ in ITEMS]
    assert "Toutes les actualités" in words


def test_the_block_marks_an_excerpt_only_where_it_cut_it(newsroom: Newsroom):
    words = " ".join(newsroom.get(f"/embed/{PARTNERS}.html").get_data(as_text=True).split())
    assert all(len(summary) <= 95 for *_, summary in ITEMS), "the page's own excerpts fit"
    assert "[...]" not in words


def test_an_english_reader_sees_the_fourth_of_october(newsroom: Newsroom):
    page = newsroom.get(f"/category/{PARTNERS}").get_data(as_text=True)
    assert 'datetime="2024-10-04"' in page
    english = newsroom.client.get(f"/embed/{PARTNERS}.en.html").get_data(as_text=True)
    assert "04/10/2024" not in english


def test_a_second_refresh_changes_nothing(newsroom: Newsroom, depeche, depeche_json):
    """The last of the module: it asks for everything before and after."""
    addresses = [f"/feeds/{selection}.{format_}" for selection in COUNTS for format_ in FORMATS]
    addresses += ["/feeds.opml", f"/embed/{PARTNERS}.html", f"/embed/{PARTNERS}"]

    def everything() -> dict[str, tuple[bytes, str | None, str | None]]:
        got = {path: newsroom.get(path) for path in addresses}
        return {
            path: (got.data, got.headers.get("ETag"), got.headers.get("Last-Modified")) for path, got in got.items()
        }

    before = everything()
    depeche("source", "refresh", newsroom.source["id"])
    depeche("source", "refresh", "--all")
    assert depeche_json("item", "list") == newsroom.items
    assert everything() == before
    assert all(etag and etag.startswith('"') for path, (_, etag, _) in before.items() if path.startswith("/feeds/"))


def test_the_same_address_again_is_no_second_source(newsroom: Newsroom, depeche_json):
    again = depeche_json("source", "add", newsroom.source["url"], "--kind", "page")
    assert again["id"] == newsroom.source["id"]
    assert len(depeche_json("source", "list")) == 1
