"""Tokens, the audit log and one's own account by the API."""

from __future__ import annotations

from desk.accounts.tokens import add_token, tokens_of
from news.users import Role


def test_a_token_is_made_shown_once_listed_and_ended(editor, desk, people, nobody):
    made = editor.post("/tokens", {"name": "Site", "role": "author", "days": 7})
    assert (made.status_code, made.json["role"], made.json["token"][:4]) == (201, "author", "dep_")
    path = f"/tokens/{made.json['id']}"
    assert "token" not in editor.get(path).json
    assert {each["name"] for each in editor.get("/tokens").json} == {"Site", "Test"}
    nobody.head = {"Authorization": f"Bearer {made.json['token']}"}
    assert nobody.get("/me").json["role"] == "author"
    assert editor("DELETE", path).status_code == 428
    assert editor.change("DELETE", path).status_code == 204
    assert (nobody.get("/me").status_code, bool(editor.get(path).json["revoked"])) == (401, True)


def test_what_a_token_makes_may_no_more_than_it_and_ends_with_it(desk, people, nobody, clock):
    user = people["admin"]
    small, secret = add_token(desk, user.email, name="Small", role="author", days=2, actor=user)
    nobody.head = {"Authorization": f"Bearer {secret}"}
    refused = nobody.post("/tokens", {"name": "Great", "role": "admin"})
    assert (refused.status_code, refused.json["errors"][0]["pointer"]) == (422, "/role")
    made = nobody.post("/tokens", {"name": "Same", "role": "author", "days": 300}).json
    assert tokens_of(desk, user.id)[0].expires == small.expires
    with desk.storage.read() as reader:
        assert reader.history("user", user.id, 1)[0].data["by"] == small.prefix
    assert made["id"] in {each["id"] for each in nobody.get("/tokens").json}


def test_a_secret_is_not_told_again_under_its_key(editor):
    sent = {"name": "Once"}
    first = editor.post("/tokens", sent, Idempotency_Key="k").json
    again = editor.post("/tokens", sent, Idempotency_Key="k").json
    assert (again["id"], again["token"], first["token"][:4]) == (first["id"], None, "dep_")


def test_other_peoples_tokens_are_for_admins(editor, admin, desk, people):
    theirs = tokens_of(desk, people["admin"].id)[0].id
    assert editor.get(f"/tokens/{theirs}").status_code == 404
    assert editor("DELETE", f"/tokens/{theirs}", If_Match="*").status_code == 404
    assert editor.get("/tokens?everybody=true").status_code == 403
    own = tokens_of(desk, people["editor"].id)[0].id
    assert {each["email"] for each in admin.get("/tokens?everybody=true").json} == {
        people["admin"].email, people["editor"].email,
    }  # fmt: skip
    assert admin.change("DELETE", f"/tokens/{own}").status_code == 204
    assert editor.get("/me").status_code == 401


def test_the_audit_log_is_read_by_admins_filtered_and_walked(admin, editor, people, clock):
    assert editor.get("/audit").status_code == 403
    for number in range(60):
        clock.forward(seconds=1)
        admin.post("/categories", {"name_fr": f"Sujet {number}"})
    first = admin.get("/audit?kind=category")
    assert (len(first.json), first.json[0]["changed"]["slug"]) == (50, "sujet-59")
    assert first.json[0]["actor"] == f"user:{people['admin'].id}"
    following = first.headers["Link"].partition(">")[0].removeprefix("<http://localhost/api/v1")
    rest = admin.get(following)
    assert not {each["id"] for each in rest.json} & {each["id"] for each in first.json}
    assert "Link" not in rest.headers and {each["kind"] for each in rest.json} == {"category"}
    assert admin.get(f"/audit?person={people['author'].id}").json == []
    assert admin.get("/audit?cursor=nonsense").status_code == 400
    assert admin.get("/audit?kind=nonsense").status_code == 400


def test_one_changes_ones_language_and_whether_one_is_written_to(editor, author, desk, people):
    changed = editor.change("PATCH", "/me", {"language": "fr", "alerts": True})
    assert (changed.json["language"], changed.json["alerts"], changed.json["role"]) == ("fr", True, "editor")
    assert author.change("PATCH", "/me", {"alerts": True}).status_code == 403
    with desk.storage.read() as reader:
        kept = reader.user(people["editor"].id)
    assert kept and (kept.language, kept.alerts, kept.role) == ("fr", True, Role.EDITOR)


def test_an_admins_small_token_does_not_make_the_admin_small(desk, people, nobody):
    _, secret = add_token(desk, people["admin"].email, name="S", role="author", days=2, actor=people["admin"])
    nobody.head = {"Authorization": f"Bearer {secret}"}
    assert nobody.change("PATCH", "/me", {"language": "fr"}).json["role"] == "author"
    with desk.storage.read() as reader:
        kept = reader.user(people["admin"].id)
    assert kept and kept.role is Role.ADMIN
