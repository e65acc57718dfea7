"""Items by the API: the same use cases as the form and the shell."""

from __future__ import annotations

import pytest

from desk.items.posting import get_item, history_of
from news.items import Status


def published(editor, title="News", **said):
    answer = editor.post("/items", {"title": title, "status": "published", "date": "2026-03-01"} | said)
    assert answer.status_code == 201, answer.text
    return answer.json


def test_an_item_is_posted_read_changed_retracted_and_brought_back(editor, desk):
    made = editor.post("/items", {
        "title": "Prize", "status": "published", "categories": ["masters"], "link": "https://x.example/",
        "content_html": "<p>Hello<script>x</script></p>", "language": "fr",
        "image": {"url": "https://x.example/a.jpg", "alt": "A"},
    })  # fmt: skip
    item = made.json
    assert made.status_code == 201
    assert made.headers["Location"] == f"http://localhost/api/v1/items/{item['id']}"
    assert (item["status"], item["content_html"], item["image"]["alt"]) == ("published", "<p>Hello</p>", "A")
    path = f"/items/{item['id']}"
    changed = editor.change("PATCH", path, {"title": "Great prize", "link": None})
    assert (changed.status_code, changed.json["title"], changed.json["link"]) == (200, "Great prize", None)
    assert changed.json["image"]["alt"] == "A"
    assert changed.headers["ETag"] == editor.get(path).headers["ETag"] != made.headers["ETag"]
    assert editor.post(path + "/retract", {"reason": "Wrong"}).json["status"] == "withdrawn"
    assert editor.post(path + "/restore", {"status": "published"}).json["status"] == "published"
    told = editor.get(path + "/history").json
    assert [each["action"] for each in told] == ["edited", "withdrawn: Wrong", "edited", "posted"]
    assert told[0]["actor"].startswith("user:")


def test_only_editors_say_what_stands_first(author):
    refused = author.post("/items", {"title": "T", "pin": "2026-12-24"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/pin")


def test_what_an_author_wants_published_waits_for_an_editor(author, editor):
    item = author.post("/items", {"title": "Mine", "status": "published"}).json
    assert item["status"] == "review"
    assert [each["id"] for each in editor.get("/review").json] == [item["id"]]
    assert editor.post("/review", {"accept": [item["id"]], "categories": ["masters"]}).json["accepted"] == 1
    assert editor.get(f"/items/{item['id']}").json["categories"][0]["slug"] == "masters"


def test_a_decision_is_whole_or_nothing(editor, author, desk):
    ids = [author.post("/items", {"title": f"N {n}", "status": "review"}).json["id"] for n in range(2)]
    answer = editor.post("/review", {"accept": [ids[0]], "refuse": ["unknown"]})
    assert (answer.status_code, get_item(desk, ids[0]).status) == (404, Status.REVIEW)
    assert editor.post("/review", {"accept": ids[:1], "refuse": ids[:1]}).status_code == 422
    assert editor.post("/review", {"categories": []}).status_code == 422
    assert editor.post("/review", {"edit": ids}).json["errors"][0]["pointer"] == "/categories"
    assert editor.post("/review", {"edit": ids, "categories": ["doctorat"]}).json["edited"] == 2
    assert {each["categories"][0]["slug"] for each in editor.get("/review").json} == {"doctorat"}
    assert editor.post("/review", {"accept": ids[:1], "refuse": ids[1:]}).json == {
        "accepted": 1,
        "edited": 0,
        "refused": 1,
    }


def test_an_author_sees_and_changes_their_own_items_alone(author, editor):
    theirs = editor.post("/items", {"title": "Secret draft"}).json
    mine = author.post("/items", {"title": "My draft"}).json
    assert [each["id"] for each in author.get("/items").json] == [mine["id"]]
    for owner in ("x", theirs["id"]):
        assert [each["id"] for each in author.get(f"/items?owner={owner}").json] == [mine["id"]]
    path = f"/items/{theirs['id']}"
    for answer in (
        author.get(path), author.get(path + "/history"), author("PATCH", path, {"title": "x"}, If_Match="*"),
        author.post(path + "/retract", {}), author.post(path + "/restore", {}),
        author.post("/items", {"title": "Copy", "translates": theirs["id"]}),
    ):  # fmt: skip
        assert (answer.status_code, answer.json["code"]) == (403, "item.not_yours")
    assert author.get(f"/items/{published(editor)['id']}").status_code == 200


@pytest.mark.parametrize(("query", "found"), [
    ("status=draft", ["Draft"]), ("category=masters", ["Masters"]), ("language=en", ["Masters"]), ("q=physics", []),
    ("q=masters", ["Masters"]), ("since=2026-03-02", ["Masters", "Draft"]), ("since=2030-01-01T00:00:00Z", []),
])  # fmt: skip
def test_lists_are_filtered_as_staffs_are(editor, query, found):
    published(editor, "Plain")
    editor.post("/items", {"title": "Draft", "language": "fr"})
    published(editor, "Masters", categories=["masters"], date="2026-03-02", language="en")
    published(editor, "Old", date="2026-02-01", language="fr")
    if "language" in query or "draft" in query:
        editor.change("PATCH", f"/items/{editor.get('/items?q=plain').json[0]['id']}", {"language": "fr"})
    assert sorted(each["title"] for each in editor.get(f"/items?{query}").json) == sorted(found)


def test_pages_follow_one_another_though_items_come_in_between(editor):
    for n in range(5):
        published(editor, f"N {n}")
    first = editor.get("/items?limit=2")
    published(editor, "Later", date="2026-03-02")
    following = first.headers["Link"].partition(">")[0].removeprefix("<http://localhost/api/v1")
    second = editor.get(following)
    third = editor.get(second.headers["Link"].partition(">")[0].removeprefix("<http://localhost/api/v1"))
    assert [each["title"] for page in (first, second, third) for each in page.json] == [
        f"N {n}" for n in (4, 3, 2, 1, 0)
    ]
    assert "Link" not in third.headers


@pytest.mark.parametrize("query", [
    "cursor=x", "cursor=WzEsMl0", "cursor=bnVsbA", "limit=0", "limit=101", "limit=x", "nope=1", "status=king",
    "limit=1&limit=2", "since=yesterday", "cursor=%ff",
])  # fmt: skip
def test_what_an_address_cannot_ask_is_said_with_its_name(editor, query):
    answer = editor.get(f"/items?{query}")
    assert (answer.status_code, answer.json["errors"][0]["pointer"]) == (400, "/" + query.partition("=")[0])


def test_every_wrong_field_is_named(editor):
    answer = editor.post("/items", {"title": " ", "link": "nope", "image": {"url": "javascript:x"}})
    assert (answer.status_code, answer.mimetype) == (422, "application/problem+json")
    assert {each["pointer"] for each in answer.json["errors"]} == {"/title", "/link", "/image/url"}
    answer = editor.post("/items", {"titel": "x", "categories": "masters", "image": {"alt": 1}})
    told = {each["pointer"]: each["code"] for each in answer.json["errors"]}
    assert told == {
        "/title": "api.shape.missing", "/titel": "api.shape.unknown", "/categories": "api.shape.type",
        "/image/url": "api.shape.missing", "/image/alt": "api.shape.type",
    }  # fmt: skip


def test_a_change_that_is_none_changes_nothing(editor, desk):
    item = published(editor)
    before = len(history_of(desk, "item", item["id"]))
    assert editor.change("PATCH", f"/items/{item['id']}", {"title": item["title"]}).json == item
    assert len(history_of(desk, "item", item["id"])) == before


def test_a_typo_alerts_nobody_again_when_it_is_said_so(editor, clock):
    item = published(editor)
    clock.forward(hours=1)
    changed = editor.change("PATCH", f"/items/{item['id']}", {"title": "Quite another title", "significant": False})
    assert changed.json["updated"] == item["updated"]
