"""A look ahead by the API: as the form's preview and advice, and nothing is stored."""

from __future__ import annotations

from desk.items.listing import list_items
from desk.items.posting import post_item
from news.drafts import Draft

SHOUTED = {"title": "GRAND PRIX DE LA RECHERCHE.", "content_html": "<p>Oui<script>x</script></p>", "language": "fr"}


def test_a_new_item_is_looked_at_and_not_stored(editor, desk):
    seen = editor.post("/items/preview", SHOUTED | {"categories": ["masters"], "date": "2026-03-01"})
    assert seen.status_code == 200, seen.text
    told = seen.json
    assert (told["status"], told["content_html"]) == ("published", "<p>Oui</p>")
    assert told["block"] | {"categories": 1} == {
        "title": SHOUTED["title"], "categories": 1, "date": "01/03/2026", "excerpt": "Oui",
    }  # fmt: skip
    advice = {each["code"]: each for each in told["advice"]}
    assert {"lint.title.caps", "lint.title.stop", "lint.translation.en"} <= set(advice)
    assert advice["lint.title.caps"]["field"] == "title" and len(advice["lint.title.caps"]["detail"]) > 10
    assert list_items(desk) == ()


def test_it_says_what_would_become_of_it(author, editor):
    later = {"title": "T", "date": "2031-01-01"}
    assert editor.post("/items/preview", later).json["status"] == "scheduled"
    assert author.post("/items/preview", later).json["status"] == "review"


def test_a_change_is_looked_at_and_not_made(editor, desk):
    item = post_item(desk, Draft("Titre", summary="Le résumé.", status="published", date="2026-03-01"), "cli")
    told = editor.post(f"/items/{item.id}/preview", {"title": "Autre"}).json
    assert (told["block"]["title"], told["block"]["excerpt"]) == ("Autre", "Le résumé.")
    assert editor.get(f"/items/{item.id}").json["title"] == "Titre"


def test_what_would_be_refused_is_refused_by_the_names_programs_know(editor):
    wrong = editor.post("/items/preview", {"title": "T", "date": "nope", "image": {"url": "nope"}})
    assert wrong.status_code == 422
    assert {each["pointer"] for each in wrong.json["errors"]} == {"/date", "/image/url"}


def test_what_tells_the_same_is_named_to_whoever_may_see_it(editor, author, desk):
    title = "Une chaire internationale consacrée aux océans"
    draft = post_item(desk, Draft(title, language="fr"), "cli")
    same = {"title": title, "language": "fr"}
    assert [each["id"] for each in editor.post("/items/preview", same).json["alike"]] == [draft.id]
    assert author.post("/items/preview", same).json["alike"] == []


def test_nobody_looks_through_it_at_what_is_not_theirs(author, desk):
    others = post_item(desk, Draft("Secret"), "cli")
    assert author.post(f"/items/{others.id}/preview", {"summary": "S"}).status_code == 403
    assert author.post("/items/preview", {"title": "T", "translates": others.id}).status_code == 403
