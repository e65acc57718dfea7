"""Stories, many items at once, partners, imports, people, and the newsroom as a whole, by the API."""

from __future__ import annotations

import json

from desk.accounts.identities import admit_known, identities_of
from desk.accounts.second_factor import begin, in_force
from desk.accounts.sessions import begin as sign_in
from desk.categories.named_feeds import named_feed
from desk.partners.registry import list_partners
from desk.settings import SETTINGS
from desk.sources.registry import list_sources
from news.categories import Category
from tests.web.api.test_api_feeds_pictures import picture, uploaded


def posted(program, title, **said):
    answer = program.post("/items", {"title": title, "status": "published", "date": "2026-03-01"} | said)
    assert answer.status_code == 201, answer.text
    return answer.json["id"]


def test_two_items_become_one_story_and_two_again(editor, author):
    one, other = posted(editor, "Un prix"), posted(editor, "Le prix")
    assert author.post(f"/items/{one}/merge", {"into": other}).status_code == 403
    assert editor.post(f"/items/{one}/merge", {"into": one}).status_code == 422
    assert editor.post(f"/items/{one}/merge", {"into": other}).json["id"] == other
    assert editor.get(f"/items/{one}").json["copy_of"] == other
    assert [each["id"] for each in editor.get(f"/items/{other}/copies").json] == [one]
    assert editor.post(f"/items/{one}/split").json["copy_of"] is None
    assert editor.post(f"/items/{one}/split").status_code == 422
    assert editor.post(f"/items/{one}/keep-apart", {"other": other}).status_code == 200
    assert editor.get(f"/items/{one}/alike").json == []
    assert editor.post(f"/items/{one}/keep-apart", {"other": "x"}).status_code == 404


def test_an_author_lets_their_own_draft_tell_what_a_partner_told_once_it_is_public(author, editor):
    theirs, mine = posted(editor, "Le prix"), author.post("/items", {"title": "Un prix"}).json["id"]
    assert author.post(f"/items/{mine}/join", {"other": theirs}).status_code == 200
    assert editor.get(f"/items/{theirs}").json["copy_of"] is None
    assert editor.change("PATCH", f"/items/{mine}", {"status": "published"}).status_code == 200
    assert editor.get(f"/items/{theirs}").json["copy_of"] == mine


def test_nobody_joins_with_the_draft_of_another(author, editor):
    theirs, draft = posted(editor, "Le prix"), editor.post("/items", {"title": "Un prix"}).json["id"]
    assert author.post(f"/items/{draft}/join", {"other": theirs}).status_code == 403
    assert editor.post(f"/items/{draft}/join", {"other": theirs}).status_code == 200


def test_many_items_are_acted_on_and_it_is_taken_back(author, editor):
    mine, theirs = author.post("/items", {"title": "Mine"}).json["id"], posted(editor, "Theirs")
    done = author.post("/items/bulk", {"items": [mine, theirs, "x"], "action": "submit"}).json
    assert [each["id"] for each in done["done"]] == [mine]
    assert {each["code"] for each in done["left"]} == {"item.not_yours", "item.unknown"}
    assert author.get(f"/items/{mine}").json["status"] == "review"
    assert author.post("/items/undo", {"done": done["done"]}).json == {"undone": 1}
    assert author.get(f"/items/{mine}").json["status"] == "draft"
    assert author.post("/items/undo", {"done": done["done"]}).json == {"undone": 0}
    added = editor.post("/items/bulk", {"items": [mine, theirs], "action": "add", "category": "masters"}).json
    assert len(added["done"]) == 2
    assert editor.post("/items/bulk", {"items": [mine], "action": "add"}).status_code == 422


def test_an_item_says_again_what_it_said(editor):
    item = posted(editor, "Before")
    editor.change("PATCH", f"/items/{item}", {"title": "After"})
    assert editor.post(f"/items/{item}/history/1/restore").json["title"] == "Before"
    for version in ("9", "0", "x", "1" * 30):
        assert editor.post(f"/items/{item}/history/{version}/restore").status_code == 404


def test_an_item_is_taken_back_by_itself_and_stands_first_until_a_moment(editor):
    item = posted(editor, "Short", withdraw="2026-05-01", pin="2026-04-01T12:00")
    told = editor.get(f"/items/{item}").json
    assert (told["withdraw"], told["pin"]) == ("2026-04-30T22:00:00Z", "2026-04-01T10:00:00Z")
    assert editor.change("PATCH", f"/items/{item}", {"pin": None}).json["pin"] is None
    refused = editor.change("PATCH", f"/items/{item}", {"withdraw": "2020-01-01"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/withdraw")


def test_a_partner_is_added_changed_gets_another_key_and_is_forgotten(editor, admin, desk):
    made = editor.post("/partners", {"name": "Lyon", "contact": "Ada", "origins": ["https://lyon.example"]})
    assert (made.status_code, made.json["standing"]) == (201, "new")
    path = made.headers["Location"].removeprefix("http://localhost/api/v1")
    assert editor.get(f"/partners/{made.json['key']}").json == made.json
    assert editor.post("/partners", {"name": "Lyon"}).status_code == 409
    assert editor.change("PATCH", path, {"contact": "Eva"}).json["contact"] == "Eva"
    renewed = editor.post(path + "/key").json
    assert (renewed["id"], renewed["key"] != made.json["key"]) == (made.json["id"], True)
    assert editor.get(f"/partners/{made.json['key']}").status_code == 404
    assert editor.change("DELETE", path).status_code == 204
    assert list_partners(desk) == ()
    assert editor.post("/partners", {"name": "Neuf", "selection": "masters"}).status_code == 403
    assert admin.post("/partners", {"name": "Neuf", "selection": "masters"}).json["feed"] == "neuf"


def test_a_list_of_feeds_is_tried_and_then_imported(editor, author, desk):
    body = b"""<opml version="2.0"><body><outline text="A" xmlUrl="https://a.example/feed"/></body></opml>"""

    def send(path, body=body, kind="text/x-opml", ask=editor, **head):
        return ask.client.post(f"/api/v1/imports{path}", data=body, content_type=kind, headers=ask.head | head)

    tried = send("/opml?dry_run=true")
    assert (tried.json["added"], tried.json["dry_run"], list_sources(desk)) == (1, True, ())
    key = {"Idempotency-Key": "k"}
    assert (send("/opml", **key).json["added"], send("/opml", **key).json["added"]) == (1, 1)
    assert send("/opml").json["already_there"] == 1
    assert send("/urls", b"https://b.example/feed\n", "text/plain").json["added"] == 1
    assert len(list_sources(desk)) == 2
    nonsense = send("/opml", b"<html/>")
    assert (nonsense.status_code, nonsense.json["code"]) == (422, "import.opml.not_opml")
    assert send("/opml", kind="text/html").status_code == 415
    assert send("/opml", b"x" * 5_000_001).status_code == 413
    assert send("/opml", ask=author).status_code == 403


def test_items_are_imported_with_their_own_dates(editor, desk):
    feed = {
        "version": "https://jsonfeed.org/version/1.1", "title": "Old", "items": [
            {"id": "https://old.example/1", "title": "Old news", "date_published": "2020-05-01T10:00:00Z"},
        ],
    }  # fmt: skip
    answer = editor.post("/imports/items", feed)
    assert (answer.status_code, answer.json["added"]) == (200, 1)
    assert editor.get("/items").json[0]["published"] == "2020-05-01T10:00:00Z"
    assert editor.post("/imports/items", {"no": "feed"}).status_code == 422


def test_a_rename_is_tried_before_it_is_made(admin, desk):
    tried = admin("PATCH", "/categories/masters", {"slug": "mastere", "dry_run": True})
    assert (tried.status_code, tried.json["past_slugs"], tried.json["dry_run"]) == (200, ["masters"], True)
    assert "ETag" not in tried.headers
    assert admin.get("/categories/masters").json["slug"] == "masters"
    taken = admin("PATCH", "/categories/masters", {"slug": "doctorat", "dry_run": True})
    assert taken.status_code == 409
    assert admin("PATCH", "/categories/masters", {"slug": "x", "dry_run": True}, If_Match='"old"').status_code == 412
    with desk.storage.read() as reader:
        assert isinstance(reader.category_of_slug("masters"), Category)
        assert not any(each.action == "renamed" for each in reader.changes(["category"], 50))


def test_another_selection_of_a_named_feed_is_tried_before_it_is_made(admin, desk):
    posted(admin, "One", categories=["doctorat"])
    admin.post("/feeds", {"name_fr": "Études", "selection": "masters"})
    tried = admin("PATCH", "/feeds/etudes", {"selection": "masters,doctorat", "dry_run": True}).json
    assert (tried["moving"], tried["dry_run"]) == ({"coming": 1, "leaving": 0}, True)
    assert named_feed(desk, "etudes").selection == "masters"


def test_a_person_gets_a_link_is_signed_out_loses_a_factor_and_is_erased(admin, people, desk):
    author = people["author"]
    path = f"/users/{author.id}"
    assert admin.post(path + "/link").json["link"].startswith("http://localhost/staff/link/")
    sign_in(desk, author, agent="", address="")
    assert admin.post(path + "/sign-out").json == {"ended": 1}
    begin(desk, author)
    assert admin.change("DELETE", path + "/second-factor", at=path).status_code == 204
    assert not in_force(desk, author)
    admit_known(desk, "https://sso.example", "n4711", lambda: author.email, "192.0.2.1")
    assert admin.change("DELETE", path + "/identity", at=path).status_code == 204
    assert identities_of(desk, author) == ()
    own = f"/users/{people['admin'].id}"
    assert admin.change("DELETE", own + "/second-factor", at=own).status_code == 422
    assert admin.post(own + "/erase").status_code == 422
    erased = admin.post(path + "/erase").json
    assert (erased["email"], bool(erased["disabled"])) == ("former-1", True)


def test_the_calendar_tells_what_is_planned_and_authors_see_their_own(editor, author):
    posted(editor, "Later", date="2026-03-20")
    told = editor.get("/calendar?from=2026-03-01&to=2026-03-31").json
    assert [(each["day"], each["item"]["title"]) for each in told] == [("2026-03-20", "Later")]
    assert author.get("/calendar?from=2026-03-01").json == []
    wrong = ("from=2026-02-30", "from=2026-03-02&to=2026-03-01", "to=2028-01-01", "from=9999-12-31", "to=0001-01-01")
    for query in wrong:
        assert editor.get(f"/calendar?{query}").status_code == 400, query


def test_settings_and_health_are_for_admins_and_tell_no_secret(admin, editor, desk):
    told = {each["name"]: each for each in admin.get("/settings").json}
    assert set(told) == {setting.name for setting in SETTINGS}
    assert (told["DEPECHE_SECRET_KEY"]["value"], told["DEPECHE_SMTP_URL"]["value"]) == ("yes", None)
    assert desk.settings.secret_key not in json.dumps(told)
    health = admin.get("/health").json
    assert "check.worker" in {each["code"] for each in health["problems"]} and health["worker_alive"] is False
    assert editor.get("/settings").status_code == editor.get("/health").status_code == 403


def test_sources_are_found_by_their_state_and_say_how_they_are(editor):
    for name in ("Alpha", "Beta"):
        editor.post("/sources", {"url": f"https://{name.lower()}.example/feed", "kind": "feed", "name": name})
    (found,) = editor.get("/sources?q=beta").json
    assert found["name"] == "Beta"
    health = editor.get(f"/sources/{found['id']}/health").json
    assert (len(health["weeks"]), health["looks"]) == (26, [])
    assert {each["name"] for each in editor.get(f"/sources?state={health['state']}").json} == {"Alpha", "Beta"}


def test_a_picture_sent_twice_under_one_key_is_kept_once_for_both(author):
    author.head |= {"Idempotency-Key": "k"}
    assert uploaded(author, picture()).json == uploaded(author, picture()).json


def test_the_audience_is_told_to_editors(editor, author):
    told = editor.get("/audience").json
    assert (told["feeds"], told["blocks"], told["sites"]) == ([], [], [])
    assert author.get("/audience").status_code == 403
