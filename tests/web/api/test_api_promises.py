"""What holds for every call: tokens, problems, tags, keys."""

from __future__ import annotations

import json
import threading

import pytest

from desk.accounts.tokens import revoke_token, tokens_of
from desk.items.listing import ItemFilter, list_items
from web.api.request_values import LARGEST_BODY


def test_no_token_or_a_bad_one_is_401_with_what_to_send(client, nobody, admin, desk):
    answer = nobody.get("/me")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Depeche API"')
    admin.head = {"Authorization": "Bearer dep_" + "x" * 43}
    answer = admin.get("/me")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Depeche API", error=invalid_token'
    assert (answer.mimetype, answer.json["status"], answer.json["instance"]) == (
        "application/problem+json", 401, "/api/v1/me",
    )  # fmt: skip
    for head in ("Basic eDp5", "Bearer", "Bearer  ", "bearer \udcff".encode("utf-8", "replace").decode(), "dep_x"):
        admin.head = {"Authorization": head}
        assert admin.get("/me").status_code == 401, head


def test_a_revoked_token_opens_nothing(editor, desk, people):
    assert editor.get("/me").json["email"] == people["editor"].email
    revoke_token(desk, tokens_of(desk, people["editor"].id)[0].id, "cli")
    assert editor.get("/me").status_code == 401


def test_who_shows_bad_tokens_is_slowed_and_good_ones_are_served_all_the_same(nobody, editor):
    nobody.head = {"Authorization": "Bearer dep_nothing"}
    answers = [nobody.get("/me", X_Forwarded_For=f"192.0.2.{n}") for n in range(32)]
    assert [each.status_code for each in answers] == [401] * 30 + [429] * 2
    assert int(answers[-1].headers["Retry-After"]) > 0
    assert editor.get("/me").status_code == 200


def test_a_cookie_opens_nothing(client, nobody, people, desk):
    from desk.accounts.sessions import begin

    with client.session_transaction(base_url="http://localhost/staff/") as session:
        session["key"] = begin(desk, people["admin"], agent="", address="")
    for name in ("depeche_staff", "session"):
        client.set_cookie(name, "x", path="/")
    assert nobody.get("/me").status_code == 401


def test_problems_speak_the_language_asked_for_and_no_cache_keeps_them(editor):
    path = "/items/x"
    french = editor.get(path, Accept_Language="fr-FR,fr;q=0.9,en;q=0.5")
    english = editor.get(path, Accept_Language="en")
    assert (french.json["title"], english.json["title"]) == ("Introuvable", "Not found")
    assert (french.headers["Content-Language"], english.headers["Content-Language"]) == ("fr", "en")
    assert "Accept-Language" in french.headers["Vary"]
    assert french.headers["Cache-Control"] == "no-store"
    assert editor.get(path, Accept_Language="de").headers["Content-Language"] == "en"


def test_what_is_not_there_or_not_taken_is_a_problem_too(editor, nobody):
    for answer, status in (
        (nobody.get("/nowhere"), 404), (nobody("DELETE", "/items"), 405), (nobody("TRACE", "/me"), 405),
    ):  # fmt: skip
        assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert {"GET", "POST"} <= set(nobody("DELETE", "/items").headers["Allow"].split(", "))


@pytest.mark.parametrize(("body", "kind", "status"), [
    (b"{", "application/json", 400), (b'{"title": NaN}', "application/json", 400),
    (b'{"title": "a", "title": "b"}', "application/json", 400), (b"\xff", "application/json", 400),
    (b'{"title": "\\ud800"}', "application/json", 400), (b"[" * 100_000, "application/json", 400),
    (b'{"title":' + b"[" * 40 + b"]" * 40 + b"}", "application/json", 400), (b"[]", "application/json", 422),
    (b"null", "application/json", 422), (b'{"title": "x"}', "text/plain", 415), (b"title=x", None, 415),
    (b"", "application/json", 400),
])  # fmt: skip
def test_a_body_that_is_no_json_of_ours_is_refused(editor, desk, body, kind, status):
    answer = editor.client.post("/api/v1/items", data=body, content_type=kind, headers=editor.head)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")
    assert list_items(desk) == ()


def test_a_body_of_more_than_four_megabytes_is_refused(editor):
    answer = editor.client.post(
        "/api/v1/items", data=b" " * (LARGEST_BODY + 1), content_type="application/json", headers=editor.head
    )
    assert answer.status_code == 413


def test_a_change_needs_the_tag_of_what_was_read(editor):
    item = editor.post("/items", {"title": "One"}).json
    path = f"/items/{item['id']}"
    old = editor.get(path).headers["ETag"]
    assert editor("PATCH", path, {"title": "Two"}).status_code == 428
    assert editor("PATCH", path, {"title": "Two"}, If_Match=old).status_code == 200
    stale = editor("PATCH", path, {"title": "Three"}, If_Match=old)
    assert (stale.status_code, editor.get(path).json["title"]) == (412, "Two")
    both = f'"x", {editor.get(path).headers["ETag"]}'
    assert editor("PATCH", path, {"title": "Three"}, If_Match=both).status_code == 200
    assert editor("PATCH", path, {"title": "Four"}, If_Match="*").status_code == 200
    for nonsense in ("nonsense", "", ",", '"', 'W/"', '""', "é"):
        assert editor("PATCH", path, {"title": "Five"}, If_Match=nonsense).status_code == 412, nonsense
    packed = "W/" + editor.get(path).headers["ETag"][:-1] + '-gzip"'
    assert editor("PATCH", path, {"title": "Six"}, If_Match=packed).status_code == 200
    assert editor.post(path + "/retract", {}, If_Match=old).status_code == 412


def test_of_two_who_change_at_once_one_is_told(editor, app):
    item = editor.post("/items", {"title": "One"}).json
    path, tag = f"/api/v1/items/{item['id']}", editor.get(f"/items/{item['id']}").headers["ETag"]
    said = []

    def change(title):
        client = app.test_client()
        said.append(client.patch(path, json={"title": title}, headers=editor.head | {"If-Match": tag}).status_code)

    threads = [threading.Thread(target=change, args=(f"T {n}",)) for n in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert sorted(said) == [200, 412, 412, 412]


def test_what_one_has_is_not_sent_again(editor):
    item = editor.post("/items", {"title": "One"})
    path = f"/items/{item.json['id']}"
    read = editor.get(path)
    assert read.headers["Cache-Control"] == "private, no-cache"
    assert "Authorization" in read.headers["Vary"]
    again = editor.get(path, If_None_Match=read.headers["ETag"])
    assert (again.status_code, again.data) == (304, b"")


def test_the_same_key_and_request_get_the_same_answer_once(editor, author, desk, clock):
    sent = {"title": "Once"}
    first = editor.post("/items", sent, Idempotency_Key="abc")
    again = editor.post("/items", sent, Idempotency_Key='"abc"')
    assert (again.status_code, again.json, again.headers["Location"], again.headers["ETag"]) == (
        201, first.json, first.headers["Location"], first.headers["ETag"],
    )  # fmt: skip
    assert again.headers["Idempotent-Replayed"] == "true"
    assert len(list_items(desk)) == 1
    other = editor.post("/items", {"title": "Other"}, Idempotency_Key="abc")
    assert (other.status_code, other.json["code"]) == (422, "api.key.other")
    assert author.post("/items", sent, Idempotency_Key="abc").json["id"] != first.json["id"]
    clock.forward(hours=24)
    assert editor.post("/items", {"title": "Other"}, Idempotency_Key="abc").status_code == 201


def test_a_key_whose_request_failed_may_be_used_again(editor):
    assert editor.post("/items", {"title": ""}, Idempotency_Key="k").status_code == 422
    assert editor.post("/items", {"title": "Good"}, Idempotency_Key="k").status_code == 201


def test_a_key_that_is_none_is_refused(editor):
    for key in ("", "a b", "x" * 201, "é"):
        assert editor.post("/items", {"title": "x"}, Idempotency_Key=key).json["code"] == "api.key", key


def test_requests_with_one_key_at_the_same_time_are_served_once(editor, app, desk):
    said = []

    def send():
        answer = app.test_client().post(
            "/api/v1/items", json={"title": "Once"}, headers=editor.head | {"Idempotency-Key": "k"}
        )
        said.append(answer.json["id"])

    threads = [threading.Thread(target=send) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert (len(set(said)), len(said), len(list_items(desk, ItemFilter()))) == (1, 4, 1)


def test_a_secret_is_not_kept_with_an_answer(admin, desk):
    sent = {"email": "new@school.example", "role": "author"}
    first = admin.post("/users", sent, Idempotency_Key="k").json
    again = admin.post("/users", sent, Idempotency_Key="k").json
    assert first["link"] and again["link"] is None and again["user"] == first["user"]
    assert first["link"].rpartition("/")[2].encode() not in desk.settings.database.read_bytes()


def test_no_secret_is_logged(admin, caplog):
    with caplog.at_level("DEBUG"):
        made = admin.post("/webhooks", {"url": "https://x.example/in"}).json
        link = admin.post("/users", {"email": "n@school.example", "role": "author"}).json["link"]
        admin.get("/me")
        wrong = admin.client.get("/api/v1/me", headers={"Authorization": "Bearer dep_wrong_but_secret"})
    assert wrong.status_code == 401
    for secret in (admin.head["Authorization"][7:], made["secret"], link.rpartition("/")[2], "dep_wrong_but_secret"):
        assert secret not in caplog.text


def test_a_forged_host_is_in_no_address(editor):
    made = editor.post("/items", {"title": "x"}, Host="evil.example", X_Forwarded_Host="evil.example")
    document = editor.get("/openapi.json", Host="evil.example")
    problem = editor.get("/items/x", Host="evil.example")
    assert "evil" not in json.dumps([made.json, dict(made.headers), document.json, problem.json])
