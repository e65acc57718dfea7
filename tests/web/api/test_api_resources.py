"""Categories, sources, people and webhooks by the API."""

from __future__ import annotations

from desk.accounts.users import get_user
from desk.sources.registry import NewSource, add_source, get_source
from news.users import Role
from news.webhooks import Event


def test_categories_are_added_renamed_ordered_and_ended(admin):
    made = admin.post("/categories", {"name_fr": "Sport & santé", "name_en": "Sport"})
    assert (made.status_code, made.json["slug"]) == (201, "sport-sante")
    assert admin.post("/categories", {"name_fr": "Sport & santé"}).status_code == 409
    renamed = admin.change("PATCH", "/categories/sport-sante", {"slug": "sport"})
    assert (renamed.json["slug"], renamed.json["past_slugs"]) == ("sport", ["sport-sante"])
    assert admin.get("/categories/sport-sante").json["slug"] == "sport"
    order = admin.change("PUT", "/category-order", {"order": ["sport", "masters"]}).json["order"]
    assert order[:2] == ["sport", "masters"]
    dry = admin.post("/categories/sport/merge", {"into": "masters", "dry_run": True}).json
    assert (dry["done"], admin.get("/categories/sport").status_code) == (False, 200)
    assert admin.post("/categories/sport/merge", {"into": "masters"}).json["done"]
    assert admin.get("/categories/sport").json["slug"] == "masters"
    assert admin.post("/categories/masters/retire", {}).json["done"]
    assert admin.get("/categories/masters").status_code == 410
    assert "masters" in {each["slug"] for each in admin.get("/categories?retired=true").json}
    assert admin.get("/categories/unknown").status_code == 404


def test_a_source_is_added_once_paused_resumed_asked_for_and_removed(editor, desk, clock):
    sent = {
        "url": "https://partner.example/feed", "kind": "feed", "name": "Partner", "categories": ["masters"],
        "map": {"Phd": "doctorat"}, "trust": "publish", "language": "fr",
    }  # fmt: skip
    made = editor.post("/sources", sent)
    assert (made.status_code, made.json["map"], made.json["trust"]) == (201, {"Phd": "doctorat"}, "publish")
    assert editor.post("/sources", sent).json["id"] == made.json["id"]
    path = f"/sources/{made.json['id']}"
    assert editor.post(path + "/pause").json["paused"]
    asked = editor.post(path + "/refresh")
    assert (asked.status_code, asked.json["code"]) == (409, "source.paused")
    assert editor.post(path + "/resume").json["paused"] is False
    asked = editor.post(path + "/refresh")
    assert (asked.status_code, get_source(desk, made.json["id"]).check.next_at) == (202, desk.now())
    assert editor("DELETE", path).status_code == 428
    gone = editor.change("DELETE", path + "?items=withdraw", at=path)
    assert (gone.status_code, gone.data, editor.get(path).status_code) == (204, b"", 404)


def test_a_check_in_between_does_not_make_a_source_another_edition(editor, desk):
    source = add_source(desk, NewSource(url="https://partner.example/feed", kind="feed"), "cli")
    tag = editor.get(f"/sources/{source.id}").headers["ETag"]
    with desk.storage.transaction() as tx:
        from dataclasses import replace

        tx.put_check(source.id, replace(source.check, failures=1, error_key="source.fetch.timeout"))
    assert editor.get(f"/sources/{source.id}").headers["ETag"] != tag
    assert editor("POST", f"/sources/{source.id}/pause", If_Match=tag).status_code == 200
    assert editor.post(f"/sources/{source.id}/resume", If_Match=tag).status_code == 412


def test_a_source_that_cannot_be_read_is_said_so(editor):
    answer = editor.post("/sources", {"url": "http://127.0.0.1:9/feed"})
    assert (answer.status_code, answer.json["code"]) == (502, "source.fetch.refused_address")
    tried = editor.post("/source-tests", {"url": "http://127.0.0.1:9/feed"}, Accept_Language="fr")
    assert tried.status_code == 200
    assert tried.json["error"]["key"] == "source.fetch.refused_address"
    assert editor.post("/source-tests", {"url": "nope"}).json["items"] == []


def test_people_are_invited_changed_closed_and_reopened(admin, people, desk):
    made = admin.post("/users", {"email": "New@School.example", "role": "author"})
    assert made.json["user"]["email"] == "new@school.example"
    assert made.json["link"].startswith("http://localhost/staff/link/")
    path = f"/users/{made.json['user']['id']}"
    assert admin.change("PATCH", path, {"role": "editor"}).json["role"] == "editor"
    assert admin.change("PATCH", path, {"disabled": True}).json["disabled"]
    assert admin.change("PATCH", path, {"disabled": False}).json["disabled"] is None
    own = f"/users/{people['admin'].id}"
    assert admin.change("PATCH", own, {"disabled": True}).status_code == 422
    assert admin.change("PATCH", own, {"role": "author"}).status_code == 422
    assert get_user(desk, people["admin"].id).role == Role.ADMIN
    assert admin.post("/users", {"email": "new@school.example", "role": "author"}).status_code == 409
    assert "password" not in admin.get("/users").text


def test_a_webhook_shows_its_secret_once(admin):
    made = admin.post("/webhooks", {"url": "https://x.example/in"})
    assert made.json["secret"].startswith("whsec_") and len(made.json["events"]) == len(Event)
    path = f"/webhooks/{made.json['id']}"
    assert "secret" not in admin.get(path).json and "whsec_" not in admin.get("/webhooks").text
    assert admin.change("PATCH", path, {"active": False}).json["active"] is False
    assert admin.post(path + "/secret").json["secret"] != made.json["secret"]
    assert admin.post(path + "/test").status_code == 202
    assert [each["event"] for each in admin.get(path + "/deliveries").json] == ["webhook.test"]
    wrong = admin.post("/webhooks", {"url": "nope"})
    assert (wrong.status_code, wrong.json["errors"][0]["pointer"]) == (422, "/url")
    assert admin.change("DELETE", path).status_code == 204
