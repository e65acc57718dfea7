"""Archive documents over HTTP: where they are, what leads to them, what answers they give."""

import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from desk.categories.registry import rename_category
from desk.items.posting import retract_item
from news.items import Item, Status

ATOM, AT = "{http://www.w3.org/2005/Atom}", "{http://purl.org/atompub/tombstones/1.0}"
FIRST = "/feeds/masters/archive/1.atom"


@pytest.fixture
def many(desk, app, clock):
    """Put so many items into *Masters* at once, each a minute newer than the one before; ``days``: how old they are."""

    def put(count: int, **said) -> list[Item]:
        made = []
        with desk.storage.transaction() as tx:
            masters = tx.category_of_slug("masters")
            for number in range(count):
                item_id = desk.mint()
                item = Item(
                    item_id, item_id, f"n° {number}", "fr", Status.PUBLISHED, desk.now(), desk.now(),
                    published=desk.now(), first_published=desk.now(), categories=frozenset({masters.id}),
                )  # fmt: skip
                made.append(replace(item, **said))
                tx.put_item(made[-1], desk.now())
                clock.forward(minutes=1)
        app.extensions["publisher"].changed()
        return made

    return put


def read(client, address: str) -> ElementTree.Element:
    answer = client.get(address)
    assert answer.status_code == 200
    return ElementTree.fromstring(answer.data)


def links(document: ElementTree.Element) -> dict[str, str]:
    return {
        link.get("rel"): link.get("href").removeprefix("https://news.example.org")
        for link in document.findall(f"{ATOM}link")
    }


def titles(document: ElementTree.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in document.iter(f"{ATOM}entry")]


def test_a_feed_that_shows_all_it_ever_had_leads_to_no_archive(client, many):
    many(50)
    assert "prev-archive" not in links(read(client, "/feeds/masters.atom"))


def test_a_document_is_closed_at_a_hundred_entries(client, many):
    many(230)
    assert links(read(client, "/feeds/masters.atom"))["prev-archive"] == "/feeds/masters/archive/2.atom"
    second = read(client, "/feeds/masters/archive/2.atom")
    assert titles(second) == [f"n° {number}" for number in range(199, 99, -1)]
    assert links(second)["prev-archive"] == FIRST
    assert links(second)["current"] == "/feeds/masters.atom"
    assert "next-archive" not in links(second)
    first = read(client, FIRST)
    assert titles(first) == [f"n° {number}" for number in range(99, -1, -1)]
    assert (links(first)["next-archive"], links(first).get("prev-archive")) == ("/feeds/masters/archive/2.atom", None)


def test_what_came_with_an_old_date_is_reached_at_an_address_of_its_own(client, many, clock, desk):
    old = desk.now().replace(year=2001)
    many(150)
    many(1, title="Ancienne", published=old)
    open_part = "/feeds/masters/archive/2-51.atom"
    assert links(read(client, "/feeds/masters.atom"))["prev-archive"] == open_part
    assert titles(read(client, open_part))[0] == "Ancienne"
    assert links(read(client, open_part))["prev-archive"] == FIRST
    many(1, title="Plus tard", published=old)
    assert links(read(client, "/feeds/masters.atom"))["prev-archive"] == "/feeds/masters/archive/2-52.atom"
    assert titles(read(client, open_part))[0] == "Ancienne"


def test_a_closed_document_keeps_its_bytes_while_items_come(client, many):
    many(230)
    before = client.get("/feeds/masters/archive/1.atom").headers["ETag"]
    many(20)
    assert client.get("/feeds/masters/archive/1.atom", headers={"If-None-Match": before}).status_code == 304


def test_a_retracted_item_leaves_its_document_and_a_tombstone(client, many, desk, app, clock):
    gone = many(120)[7]
    before = client.get("/feeds/masters.atom")
    clock.forward(minutes=1)
    retract_item(desk, gone.id, "cli")
    app.extensions["publisher"].changed()
    assert gone.title not in titles(read(client, FIRST))
    answer = client.get("/feeds/masters.atom", headers={"If-Modified-Since": before.headers["Last-Modified"]})
    assert answer.status_code == 200
    (tombstone,) = ElementTree.fromstring(answer.data).iter(f"{AT}deleted-entry")
    assert dict(tombstone.attrib) == {"ref": gone.guid, "when": desk.now().isoformat()}


def test_the_links_are_in_the_headers_too(client, many):
    many(230)
    for address in ("/feeds/masters.atom", "/feeds/masters/archive/2.atom"):
        answer = client.get(address)
        said = dict(
            re.findall(
                r'<https://news\.example\.org([^>]*)>; rel="([\w-]+)"; type="application/atom', answer.headers["Link"]
            )
        )
        there = links(ElementTree.fromstring(answer.data))
        assert {rel: path for path, rel in said.items()} == {rel: there[rel] for rel in there if rel != "alternate"}


@pytest.mark.parametrize("coding", ["", "gzip", "br"])
def test_an_archive_document_answers_as_a_feed_does(client, many, clock, coding):
    many(120)
    clock.forward(days=1)
    answer, feed = (client.get(path, headers={"Accept-Encoding": coding}) for path in (FIRST, "/feeds/masters.atom"))
    for name in ("Content-Type", "Last-Modified", "Cache-Control", "Vary", "Access-Control-Allow-Origin"):
        assert answer.headers[name] == feed.headers[name]
    assert answer.headers.get("Content-Encoding", "") == coding
    asked = {"Accept-Encoding": coding, "If-None-Match": answer.headers["ETag"]}
    assert client.get(FIRST, headers=asked).status_code == 304
    assert client.get(FIRST, headers={"If-Modified-Since": answer.headers["Last-Modified"]}).status_code == 304
    assert client.head(FIRST).data == b""
    assert client.post(FIRST).status_code == 405
    assert client.options(FIRST).status_code == 204


def test_json_feed_pages_by_the_same_documents(client, many):
    many(130)
    first = client.get("/feeds/masters.json").json["next_url"].removeprefix("https://news.example.org")
    assert first == "/feeds/masters/archive/1.json"
    page = client.get(first).json
    assert (len(page["items"]), "next_url" in page) == (100, False)


@pytest.mark.parametrize("name", ["0", "2", "01", "1-0", "1-120", "1-", "one", "-1", "1-5-6", "9999999999", "２"])
def test_a_document_that_is_not_there_is_not_found(client, many, name):
    many(100)
    assert client.get(f"/feeds/masters/archive/{name}.atom").status_code == 404


@pytest.mark.parametrize("selection", ["doctorat,masters", "all!doctorat"])
def test_combinations_have_no_archives(client, many, selection):
    many(120)
    assert "prev-archive" not in links(read(client, f"/feeds/{selection}.atom"))
    assert client.get(f"/feeds/{selection}/archive/1.atom").status_code == 404


def test_the_documents_of_a_renamed_category_move_with_it(client, many, desk, app):
    many(120)
    rename_category(desk, "masters", new_slug="masteres", actor="cli")
    app.extensions["publisher"].changed()
    answer = client.get(FIRST)
    assert (answer.status_code, answer.headers["Location"]) == (301, "/feeds/masteres/archive/1.atom")


def test_a_document_that_became_empty_is_passed_by(client, many, desk, app):
    items = many(130)
    with desk.storage.transaction() as tx:
        for item in items:
            tx.put_item(replace(item, title=f"{item.title} bis"), desk.now())
    app.extensions["publisher"].changed()
    assert titles(read(client, FIRST)) == []
    assert links(read(client, "/feeds/masters/archive/3-60.atom"))["prev-archive"] == "/feeds/masters/archive/2.atom"
    second = read(client, "/feeds/masters/archive/2.atom")
    assert (len(titles(second)), "prev-archive" in links(second)) == (70, False)
