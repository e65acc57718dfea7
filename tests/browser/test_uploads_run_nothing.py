"""What is uploaded, and addresses that are programs: an upload is a picture or refused, an address leads to a page."""

from __future__ import annotations

import io
import re
from urllib.parse import urlencode

import pytest

from desk.items.listing import list_items
from tests.browser.hostile import ADDRESSES, RUN
from tests.browser.ways_in import day
from tests.conftest import drawing

pytestmark = [pytest.mark.browser, pytest.mark.long]
AS_SCRIPT = """src => new Promise((done) => {
  const script = document.createElement("script");
  script.onload = script.onerror = done;
  script.src = src;
  document.body.append(script);
})"""
PICTURE = drawing()
FILES = {
    "svg as png": f"<svg xmlns='http://www.w3.org/2000/svg' onload='{RUN}'/>".encode(),
    "html as png": f"<!doctype html><script>{RUN}</script>".encode(),
    "gif and script": b"GIF89a/*\x00\x00*/=1;" + RUN.encode(),
    "picture and html": PICTURE + f"<script>{RUN}</script>".encode(),
    "picture saying html": PICTURE[:20] + f"<script>{RUN}</script>".encode() + PICTURE[20:],
}


@pytest.mark.parametrize("kind", FILES)
def test_an_upload_is_a_picture_whatever_else_it_is(newsroom, person, watch, kind: str) -> None:
    said = {
        "title": "Une visite", "status": "published", "image_alt": "Le jury", "date": day(1),
        "image_file": (io.BytesIO(FILES[kind]), f"'><img src=x onerror={RUN}>.png", "text/html"),
    }  # fmt: skip
    answer = person.client.post("/staff/items/new", data={"csrf_token": person.token} | said)
    watch.show({"answer": answer.text})
    for item in list_items(newsroom.desk):
        assert answer.status_code == 303
        assert item.image and item.image.kept
        for each in item.image.kept.renditions:
            path = f"/media/{item.image.kept.id}/{each.name}"
            opened = watch.visit(path)
            assert opened.headers["content-type"].startswith("image/")
            assert opened.headers["x-content-type-options"] == "nosniff"
            assert RUN.encode() not in opened.body()
            # Not as a script either.
            watch.page.goto(newsroom.url + "/robots.txt")
            watch.page.evaluate(AS_SCRIPT, path)
    assert watch.heard == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_is_a_program_is_no_link(newsroom, person, address: str) -> None:
    """Refused, or kept as an address that leads to a page."""
    for field in ("link", "image_url"):
        answer = person.send(
            "/staff/items/new", {"title": field, "status": "published", field: address, "image_alt": "x"}
        )
        assert answer.status_code in (303, 422)
    person.send("/staff/webhooks", {"url": address})
    person.send("/staff/sources/new", {"url": address, "kind": "feed"})
    person.send("/staff/partners", {"name": "Lyon", "contact": address, "origins": address})
    for item in list_items(newsroom.desk):
        for kept in (item.link, item.image.url if item.image else None):
            assert kept is None or kept.startswith(("http://", "https://"))
    for path in ("/staff/webhooks", "/staff/sources", "/staff/partners"):
        hrefs = re.findall(r'(?:href|src|action)="([^"]*)"', person.read(path).text)
        assert not [each for each in hrefs if not each.startswith(("/", "#", "?", "http://", "https://", "mailto:"))]
    answer = person.client.get(f"/staff/login?{urlencode({'next': address})}")
    assert answer.location.startswith("/staff/")
