import json
import re

import pytest

SHAPE = {
    "id", "guid", "story_id", "url", "link", "title", "summary", "content_html", "language", "author", "image",
    "categories", "published", "updated", "date_only", "status", "source",
}  # fmt: skip


def test_an_added_item_is_published_and_has_the_public_shape(shell):
    added = shell.json("item", "add", "--title", "A new lab", "--category", "doctorat", "--date", "2024-10-04")

    assert set(added) == SHAPE
    assert added["status"] == "published"
    assert added["date_only"] is True
    assert added["published"] == "2024-10-04T10:30:00Z"
    assert added["categories"] == [{"slug": "doctorat", "name": "Doctorat"}]
    assert added["guid"] == f"urn:uuid:{added['id']}"


def test_when_an_item_leaves_and_until_when_it_stands_first_is_said_and_taken_back(shell):
    added = shell.json("item", "add", "--title", "T", "--withdraw-at", "2126-10-04", "--pin-until", "2126-09-30")
    assert (added["withdraw"], added["pin"]) == ("2126-10-03T22:00:00Z", "2126-09-30T22:00:00Z")
    assert "2126-10-03" in shell("item", "show", added["id"]).stdout
    edited = shell.json("item", "edit", added["id"], "--withdraw-at", "2126-10-05T09:00", "--pin-until", "")
    assert edited["withdraw"] == "2126-10-05T07:00:00Z"
    assert "pin" not in edited
    assert "withdraw" in shell.json("item", "show", added["id"])
    assert shell("item", "add", "--title", "T", "--withdraw-at", "soon", status=1).stdout == ""


def test_categories_stand_by_rank_and_once(shell):
    told = shell.json(
        "item",
        "add",
        "--title",
        "x",
        "--category",
        "diversite-rse",
        "--category",
        "ingenieurs",
        "--category",
        "ingenieurs",
    )

    assert [category["slug"] for category in told["categories"]] == ["ingenieurs", "diversite-rse"]


def test_everything_that_can_be_said_is_stored(shell, tmp_path):
    (tmp_path / "body.html").write_text("<p>One <b>two</b></p><script>three()</script>", encoding="utf-8")
    added = shell.json(
        "item", "add", "--title", "T", "--link", "https://x.example/a", "--summary", "S", "--lang", "en",
        "--author", "Ada", "--image", "https://x.example/p.jpg", "--image-alt", "A lab", "--status", "draft",
        "--content-file", str(tmp_path / "body.html"), "--date", "2024-10-04T09:00",
    )  # fmt: skip

    assert added["content_html"] == "<p>One <b>two</b></p>"
    assert added["published"] == "2024-10-04T07:00:00Z"
    assert (added["link"], added["summary"], added["language"]) == ("https://x.example/a", "S", "en")
    assert (added["author"], added["image"]["alt"], added["status"]) == ("Ada", "A lab", "draft")


def test_the_body_may_come_from_standard_input(shell):
    told = shell("item", "add", "--title", "T", "--content-file", "-", "--json", typed="<p>Été</p>").stdout

    assert "<p>Été</p>" in told


def test_the_list_is_an_array_newest_first_ties_by_the_later_id(shell):
    for title, day in (("old", "2023-01-01"), ("first", "2024-01-01"), ("second", "2024-01-01")):
        shell("item", "add", "--title", title, "--date", day)

    assert [item["title"] for item in shell.json("item", "list")] == ["second", "first", "old"]


def test_the_list_holds_all_statuses_and_all_items_unless_told(shell):
    for number in range(55):
        shell("item", "add", "--title", f"n{number}", "--status", "draft" if number % 2 else "published")

    assert len(shell.json("item", "list")) == 55
    assert len(shell.json("item", "list", "--status", "draft")) == 27
    assert len(shell.json("item", "list", "--limit", "3")) == 3


@pytest.mark.parametrize(
    ("narrowed", "titles"),
    [
        (("--category", "doctorat"), ["phd"]),
        (("--since", "2024-06-01"), ["phd"]),
        (("--since", "01/01/2023"), ["phd", "engineer"]),
        (("--lang", "en"), ["engineer"]),
    ],
)
def test_the_list_can_be_narrowed(shell, narrowed, titles):
    shell("item", "add", "--title", "engineer", "--category", "ingenieurs", "--date", "2024-01-01", "--lang", "en")
    shell("item", "add", "--title", "phd", "--category", "doctorat", "--date", "2024-10-04")

    assert [item["title"] for item in shell.json("item", "list", *narrowed)] == titles


def test_a_wrong_filter_is_an_error_not_an_empty_list(shell):
    assert "nothing-like-it" in shell.error("item", "list", "--category", "nothing-like-it")
    assert "since-when" in shell.error("item", "list", "--since", "since-when")
    assert "no-such-source" in shell.error("item", "list", "--source", "no-such-source")


def test_editing_changes_only_what_is_said(shell):
    added = shell.json("item", "add", "--title", "before", "--summary", "kept", "--category", "doctorat")

    edited = shell.json("item", "edit", added["id"], "--title", "after")

    assert (edited["title"], edited["summary"], edited["categories"]) == ("after", "kept", added["categories"])
    assert shell.json("item", "show", added["id"]) == edited


def test_all_categories_can_be_taken_away(shell):
    added = shell.json("item", "add", "--title", "x", "--category", "doctorat")

    assert shell.json("item", "edit", added["id"], "--no-categories")["categories"] == []


def test_a_text_can_be_emptied(shell):
    added = shell.json("item", "add", "--title", "x", "--summary", "words", "--link", "https://x.example/")

    edited = shell.json("item", "edit", added["id"], "--summary", "", "--link", "")

    assert (edited["summary"], edited["link"]) == ("", None)


def test_an_item_that_comes_back_is_not_older_than_it_was_when_it_left(shell):
    made = shell.json("item", "add", "--title", "Before", "--date", "2024-10-04")
    edited = shell.json("item", "edit", made["id"], "--title", "After")
    shell("item", "retract", made["id"])
    back = shell.json("item", "edit", made["id"], "--status", "published")

    assert edited["updated"] > made["updated"]
    assert back["updated"] == edited["updated"]


def test_a_retracted_item_is_withdrawn_and_doing_it_again_changes_nothing(shell):
    added = shell.json("item", "add", "--title", "sorry")
    shell("item", "retract", added["id"], "--reason", "wrong name")
    withdrawn = shell.json("item", "show", added["id"])
    shell("item", "retract", added["id"])

    assert withdrawn["status"] == "withdrawn"
    assert shell.json("item", "show", added["id"]) == withdrawn


@pytest.mark.parametrize("args", [("show",), ("edit", "--title", "x"), ("retract",)])
def test_an_unknown_item_is_an_error(shell, args):
    assert "no-such-item" in shell.error("item", args[0], "no-such-item", *args[1:])


def test_people_get_aligned_columns(shell):
    for title in ("one", "another"):
        shell("item", "add", "--title", title, "--date", "2024-10-04")

    heads, *rows = shell("item", "list").stdout.splitlines()

    assert [heads.index("Title")] * 2 == [row.index(title) for row, title in zip(rows, ("another", "one"), strict=True)]
    assert re.search(r"2024-10-04 +published", rows[0])


def test_people_get_one_item_as_lines(shell):
    added = shell.json("item", "add", "--title", "One", "--category", "diversite-rse", "--summary", "Short")

    told = shell("item", "show", added["id"]).stdout

    assert re.search(r"^Categories +Diversité & RSE$", told, re.M)
    assert re.search(r"^Summary +Short$", told, re.M)


def test_an_item_that_is_but_a_title_is_shown_too(shell):
    added = shell.json("item", "add", "--title", "A new lab")

    lines = shell("item", "show", added["id"]).stdout.splitlines()

    assert ["Title", "A", "new", "lab"] in [line.split() for line in lines]


def test_all_items_can_be_exported_as_the_list_shows_them(shell, tmp_path):
    shell("item", "add", "--title", "Été", "--status", "draft")
    shell("export", "items", str(tmp_path / "items.json"))

    assert json.loads((tmp_path / "items.json").read_text(encoding="utf-8")) == shell.json("item", "list")
    assert json.loads(shell("export", "items", "-").stdout) == shell.json("item", "list")


def test_a_minor_edit_changes_the_text_and_not_when_it_was_updated(shell):
    added = shell.json("item", "add", "--title", "A lab opnes", "--date", "2024-10-04")
    minor = shell.json("item", "edit", added["id"], "--title", "A lab opens", "--minor")
    assert (minor["title"], minor["updated"]) == ("A lab opens", added["updated"])
    told = shell.json("item", "edit", added["id"], "--title", "A second lab opens")
    assert told["updated"] > minor["updated"]


def test_a_translation_is_the_same_story_in_another_language(shell):
    french = shell.json("item", "add", "--title", "Une visite", "--lang", "fr")
    english = shell.json("item", "add", "--title", "A visit", "--lang", "en", "--translates", french["id"])
    assert english["story_id"] == french["story_id"] != english["id"]
    shell.error("item", "add", "--title", "Encore", "--lang", "fr", "--translates", french["id"])
    shell.error("item", "add", "--title", "x", "--translates", "018f0000-0000-7000-8000-000000000000")
