"""A scheduled item leaks nowhere one second before it is due and is everywhere at its second, across both changes of
the clocks and for a date without a time: in bodies, counts, validators, archives, search, lists and pings."""

# A place is a line.
# ruff: noqa: E501
from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import create_app
from desk.context import Desk
from desk.items.posting import post_item
from desk.items.publishing_due import publish_due
from desk.notifying.outbox import PING, WHENEVER, tell
from desk.pictures.uploads import upload
from feeds.formats import FORMATS
from news.drafts import Draft
from news.ids import urn
from news.items import Item, Status

TITLE = "Sous embargo"
SHOWN_IN = (
    "all", "all.fr", "doctorat", "doctorat.fr", "ingenieurs+doctorat", "ingenieurs,masters", "doctorat!masters",
    "all.fr-else-en", "all.en-else-fr",
)  # fmt: skip
CASES = [
    # As typed, and the second it is due: both changes of the clocks, each with its day alone, and a summer's day.
    ("2026-03-29T01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
    ("2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
    ("2026-03-29", datetime(2026, 3, 28, 23, 0, tzinfo=UTC)),
    ("2026-03-30", datetime(2026, 3, 29, 22, 0, tzinfo=UTC)),
    ("2026-10-25T02:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    ("2026-10-25T03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ("2026-10-25", datetime(2026, 10, 24, 22, 0, tzinfo=UTC)),
    ("2026-10-26", datetime(2026, 10, 25, 23, 0, tzinfo=UTC)),
    ("2026-07-15", datetime(2026, 7, 14, 22, 0, tzinfo=UTC)),
]


@dataclass(frozen=True)
class Place:
    """A public address. ``names``: whether it shows the item's title once the item is public. ``moves``: whether it
    answers otherwise then, be it by a number. ``{item}``, ``{other}``, ``{picture}`` stand for ids."""

    path: str
    names: bool = True
    moves: bool = True


PLACES = [
    *(Place(f"/feeds/{selection}.{name}") for selection in SHOWN_IN for name in FORMATS),
    *(Place(f"/embed/{selection}{kind}") for selection in ("all", "doctorat.fr") for kind in (".html", "", ".html?limit=20")),
    # The past: what is open, and the next name it will have.
    *(Place(f"/feeds/{each}/archive/1-2.{name}") for each in ("all", "doctorat.fr") for name in ("atom", "json")),
    *(Place(f"/feeds/{each}/archive/1-1.{name}", names=False, moves=False) for each in ("all", "doctorat") for name in ("atom", "json")),
    Place("/"), Place("/category/doctorat"), Place("/?q=embargo"), Place("/category/doctorat?q=sous"),
    Place("/feeds/doctorat"), Place("/feeds/ingenieurs+doctorat"), Place("/items/{item}"), Place("/items/{other}"),
    Place("/sitemap-news.xml"), Place("/sitemap-news.fr.xml"),
    Place("/metrics", names=False), Place("/?lang=en", names=False, moves=False), Place("/feeds", names=False, moves=False), Place("/feeds.opml", names=False, moves=False),
    Place("/feeds/doctorat.en.atom", names=False, moves=False), Place("/feeds/masters.atom", names=False, moves=False),
    Place("/sitemap-news.en.xml", names=False, moves=False), Place("/robots.txt", names=False, moves=False),
    # The picture uploaded for it, in one of its sizes: 404 until its second.
    Place("/media/{picture}/320.jpg", names=False),
]  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """What a stranger learns at an address."""

    status: int
    body: str
    etag: str | None
    modified: str | None
    cached: str | None


@pytest.fixture
def pushing(desk: Desk) -> Desk:
    return desk.with_settings(websub_hub="https://hub.example.org/")


@pytest.fixture
def app(pushing: Desk) -> Flask:
    return create_app(pushing)


@pytest.fixture
def picture(pushing: Desk, draw) -> str:
    """The id of what was uploaded for the item."""
    return upload(pushing, draw(), "cli").id


@pytest.fixture
def look(app: Flask, picture: str) -> Callable[..., dict[str, Seen]]:
    """Everything public as it is now; the second has passed within which every process knows of a change."""
    client = app.test_client()

    def looked(item: Item, other: Item) -> dict[str, Seen]:
        app.extensions["publisher"].changed()
        ids = {"item": item.id, "other": other.id, "picture": picture}
        return {place.path: seen(client, place.path.format_map(ids)) for place in PLACES}

    return looked


def seen(client: FlaskClient, path: str) -> Seen:
    answer = client.get(path, follow_redirects=True)
    said = answer.headers
    body = answer.get_data().decode("utf-8", "backslashreplace")
    return Seen(answer.status_code, body, said.get("ETag"), said.get("Last-Modified"), said.get("Cache-Control"))


@pytest.mark.parametrize(("typed", "second"), CASES, ids=[typed for typed, _ in CASES])
def test_nowhere_one_second_before_and_everywhere_at_its_second(
    pushing: Desk, app, clock, look, picture, typed, second
):
    clock.moment = second - timedelta(days=3)
    other = post_item(pushing, Draft("Déjà là", ("ingenieurs", "doctorat"), status="published"), "cli")
    tell(pushing)
    told = pings(pushing)
    # An id of the same form that nobody has yet: what an address answers when there is nothing.
    before = look(other_id(pushing, other), other)
    written = Draft(TITLE, ("ingenieurs", "doctorat"), typed, status="published", summary="sous embargo")
    item = post_item(pushing, replace(written, image_url=urn(picture), image_alt="Le jury"), "cli")
    assert (item.status, item.due) == (Status.SCHEDULED, second)

    clock.moment = second - timedelta(seconds=1)
    assert publish_due(pushing) == 0
    early = look(item, other)
    assert {path: one for path, one in early.items() if one != before[path]} == {}
    assert [path for path, one in early.items() if TITLE in one.body] == []
    assert early["/items/{item}"].status == 404
    tell(pushing)
    assert pings(pushing) == told, "the hub is told of nothing"
    assert not_modified(app, early) == {place.path for place in PLACES if early[place.path].etag}

    clock.moment = second
    assert publish_due(pushing) == 1
    late = look(item, other)
    assert {place.path: late[place.path].status for place in PLACES if late[place.path].status != 200} == {}
    assert [place.path for place in PLACES if place.names != (TITLE in late[place.path].body)] == []
    assert [place.path for place in PLACES if place.moves != (late[place.path].body != early[place.path].body)] == []
    assert [
        place.path
        for place in PLACES
        if late[place.path].etag and place.moves != (late[place.path].etag != early[place.path].etag)
    ] == []
    tell(pushing)
    assert {(row["category"], row["language"], row["format"]) for row in pings(pushing)} >= {
        (category, language, name) for category in categories(pushing) for language in ("", "fr") for name in FORMATS
    }  # fmt: skip


@pytest.mark.parametrize(("typed", "second"), CASES[:3], ids=[typed for typed, _ in CASES[:3]])
def test_who_asks_by_date_learns_of_it_and_the_past_goes_on(pushing: Desk, app, clock, look, typed, second):
    clock.moment = second - timedelta(days=3)
    for number in range(51):
        other = post_item(pushing, Draft(f"Déjà là, {number}", ("doctorat",), status="published"), "cli")
    item = post_item(pushing, Draft(TITLE, ("doctorat",), typed, status="published"), "cli")
    clock.moment = second - timedelta(seconds=1)
    early = look(item, other)
    since = {"If-Modified-Since": early["/feeds/doctorat.atom"].modified}
    client = app.test_client()
    assert client.get("/feeds/doctorat.atom", headers=since).status_code == 304
    assert json.loads(early["/feeds/doctorat.json"].body)["next_url"].endswith("/archive/1-51.json")

    clock.moment = second
    publish_due(pushing)
    late = look(item, other)
    assert client.get("/feeds/doctorat.atom", headers=since).status_code == 200
    assert json.loads(late["/feeds/doctorat.json"].body)["next_url"].endswith("/archive/1-52.json")


def not_modified(app: Flask, known: dict[str, Seen]) -> set[str]:
    """Where whoever has what is ``known`` is told that it still stands."""
    client = app.test_client()
    asked = {path: one for path, one in known.items() if one.etag and "{" not in path}
    fresh = {
        path for path, one in asked.items() if client.get(path, headers={"If-None-Match": one.etag}).status_code == 304
    }
    return fresh | {path for path, one in known.items() if one.etag and "{" in path}


def other_id(desk: Desk, item: Item) -> Item:
    """An item that was never stored."""
    return replace(item, id=desk.mint())


def pings(desk: Desk) -> list[dict[str, object]]:
    with desk.storage.read() as reader:
        return [dict(row.payload) for row in reader.outbox(WHENEVER, limit=1000, topics=(PING,))]


def categories(desk: Desk) -> set[str]:
    """The ids of the item's categories, and "" for everything."""
    with desk.storage.read() as reader:
        return {"", *(each.id for each in reader.categories() if each.slug in ("ingenieurs", "doctorat"))}
