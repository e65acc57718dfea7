"""Named feeds, pictures and changes of sources by the API."""

from __future__ import annotations

import io
from contextlib import ExitStack

import pytest
from PIL import Image

from desk.categories.named_feeds import list_named_feeds
from desk.pictures.darkroom import MOST_AT_ONCE, PLACES
from desk.sources.registry import NewSource, add_source
from news.floods import Flood, FloodKind


def picture(kind="PNG", size=(600, 400)) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, "teal").save(file, kind)
    return file.getvalue()


def uploaded(program, body, kind="image/png"):
    return program.client.post("/api/v1/pictures", data=body, content_type=kind, headers=program.head)


def test_an_uploaded_picture_is_given_to_an_item(author, editor):
    made = uploaded(author, picture())
    assert (made.status_code, made.json["url"][:9], 600 in made.json["widths"]) == (201, "urn:uuid:", True)
    image = {"url": made.json["url"], "alt": "A teal wall", "credit": "Ada"}
    item = author.post("/items", {"title": "With picture", "image": image})
    assert (item.status_code, item.json["image"]["alt"], item.json["image"]["credit"]) == (201, "A teal wall", "Ada")
    without = author.change("PATCH", f"/items/{item.json['id']}", {"image": None})
    assert without.json["image"] is None


def test_a_picture_among_many_is_to_be_sent_again(author):
    with ExitStack() as others:
        for _ in range(MOST_AT_ONCE):
            others.enter_context(PLACES)
        answer = uploaded(author, picture())
    assert (answer.status_code, answer.json["code"], answer.headers["Retry-After"]) == (429, "picture.busy", "10")


def test_a_picture_of_somebody_elses_cannot_be_taken(author, program, editor):
    made = uploaded(editor, picture()).json
    answer = author.post("/items", {"title": "x", "image": {"url": made["url"], "alt": "x"}})
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (422, "/image/url")


@pytest.mark.parametrize(("body", "kind", "status"), [
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", 422), (b"nothing", "image/png", 422),
    (b"", "image/png", 422), (b"{}", "application/json", 415), (b"x" * 10_000_001, "image/png", 413),
])  # fmt: skip
def test_what_is_no_picture_is_refused(editor, body, kind, status):
    answer = uploaded(editor, body, kind)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_a_named_feed_is_added_changed_and_ended(admin, desk):
    made = admin.post("/feeds", {"name_fr": "Études", "selection": "masters,doctorat"})
    assert (made.status_code, made.json["slug"]) == (201, "etudes")
    assert admin.get("/feeds").json == [made.json]
    changed = admin.change("PATCH", "/feeds/etudes", {"selection": "masters", "name_en": "Studies", "slug": "studies"})
    assert (changed.status_code, changed.json["slug"], changed.json["selection"]) == (200, "studies", "masters")
    assert admin.post("/feeds/studies/retire", {"dry_run": True}).json["done"] is False
    assert admin.post("/feeds/studies/retire", {}).json["done"]
    assert (list_named_feeds(desk), admin.get("/feeds/studies").status_code) == ((), 410)
    assert len(admin.get("/feeds?retired=true").json) == 1
    assert admin.post("/feeds", {"name_fr": "x", "selection": "unknown"}).status_code == 404


def test_a_change_of_a_feed_that_fails_in_its_second_half_leaves_the_first_undone(admin):
    admin.post("/feeds", {"name_fr": "Un", "selection": "masters"})
    answer = admin.change("PATCH", "/feeds/un", {"selection": "doctorat", "slug": "masters"})
    assert (answer.status_code, admin.get("/feeds/un").json["selection"]) == (409, "masters")


def test_a_flood_is_listed_and_decided_as_a_whole(editor, desk):
    source = add_source(desk, NewSource(url="https://a.example/feed", kind="feed", name="A"), "cli")
    flood = Flood(source.id, "A", FloodKind.RENAMED, desk.now(), 1)
    item = editor.post("/items", {"title": "Held", "status": "review"}).json
    with desk.storage.transaction() as tx:
        tx.put_flood(flood, [item["id"]])
    (told,) = editor.get("/floods").json
    assert (told["source"]["name"], told["kind"], told["items"]) == ("A", "renamed", 1)
    assert editor.get("/review").json == []
    assert editor.post(f"/floods/{source.id}", {"verdict": "perhaps"}).status_code == 422
    assert editor.post(f"/floods/{source.id}", {"verdict": "refuse"}).json["done"] == 1
    assert (editor.get("/floods").json, editor.get(f"/items/{item['id']}").json["status"]) == ([], "withdrawn")
    assert editor.post(f"/floods/{source.id}", {"verdict": "refuse"}).status_code == 404


def test_rules_are_added_ordered_applied_and_taken_away(editor, desk):
    source = add_source(desk, NewSource(url="https://a.example/feed", kind="feed", name="A"), "cli")
    path = f"/sources/{source.id}"
    first = [each["kind"] for each in editor.get(path).json["rules"]]
    made = editor.post(path + "/rules", {"kind": "term", "given": "Phd", "categories": ["doctorat"], "at": 1})
    assert (made.status_code, [each["kind"] for each in made.json["rules"]]) == (201, ["term", *first])
    numbers = list(range(1, len(first) + 2))
    ordered = editor.change("PUT", path + "/rule-order", {"order": [*numbers[1:], 1]}, at=path)
    assert [each["kind"] for each in ordered.json["rules"]] == [*first, "term"]
    assert editor.post(path + "/apply-rules", {"dry_run": True}).json == {"filed": 0, "published": 0, "wait": 0}
    assert editor("DELETE", f"{path}/rules/{numbers[-1]}").status_code == 428
    assert editor.change("DELETE", f"{path}/rules/{numbers[-1]}", at=path).status_code == 204
    assert [each["kind"] for each in editor.get(path).json["rules"]] == first
    for number, status in (("99", 422), ("x", 422), ("0", 422)):
        assert editor.change("DELETE", f"{path}/rules/{number}", at=path).status_code == status, number
    assert editor.post(path + "/rules", {"kind": "term", "categories": ["doctorat"]}).status_code == 422


def test_a_source_is_changed_and_keeps_what_is_not_sent(editor, desk):
    source = add_source(desk, NewSource(url="https://a.example/feed", kind="feed", name="A", trust="publish"), "cli")
    path = f"/sources/{source.id}"
    changed = editor.change("PATCH", path, {"name": "B", "map": {"Phd": "doctorat"}, "language": "en"})
    assert (changed.status_code, changed.json["name"], changed.json["trust"]) == (200, "B", "publish")
    assert changed.json["map"] == {"Phd": "doctorat"}
    assert editor("PATCH", path, {"name": "C"}).status_code == 428
    assert editor.change("PATCH", path, {"kind": "auto"}).status_code == 502
