import json
import subprocess

import pytest

LIST = '<opml version="2.0"><body>{}</body></opml>'
GOOD = '<outline text="Labo" xmlUrl="https://lab.example/feed"/>'
OTHER = '<outline text="Club" xmlUrl="https://club.example/feed"/>'
BAD = '<outline text="Fichier" xmlUrl="file:///etc/passwd"/>'
FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Labo",
    "items": [{"id": "1", "url": "https://lab.example/1", "title": "Une", "date_published": "2024-10-04T08:00:00Z"}],
}


@pytest.fixture
def opml(tmp_path):
    def written(*outlines: str) -> str:
        (tmp_path / "list.opml").write_text(LIST.format("".join(outlines)))
        return str(tmp_path / "list.opml")

    return written


@pytest.fixture
def feed(tmp_path) -> str:
    (tmp_path / "feed.json").write_text(json.dumps(FEED))
    return str(tmp_path / "feed.json")


def test_a_list_becomes_sources_with_one_sentence(shell, opml):
    result = shell("import", "opml", opml(GOOD))

    assert (result.stdout, result.stderr) == ("1 added, 0 already there\n", "")
    assert [source["url"] for source in shell.json("source", "list")] == ["https://lab.example/feed"]


def test_what_is_wrong_is_one_line_each_and_the_others_go_on(shell, opml):
    result = shell("import", "opml", opml(GOOD, GOOD, BAD, f'<outline text="Ski">{OTHER}</outline>'))

    assert result.stdout == "2 added, 1 already there, 1 not understood\n"
    first, second = result.stderr.splitlines()
    assert first.startswith("depeche: Fichier: “file:///etc/passwd” is not a web address")
    assert second.startswith("depeche: Ski: There is no category “Ski”")


def test_nothing_taken_of_something_ends_with_1(shell, opml):
    assert shell("import", "opml", opml(BAD), status=1).stdout == "0 added, 0 already there, 1 not understood\n"


def test_a_trial_writes_nothing_and_says_so(shell, opml, feed):
    assert shell("import", "opml", opml(GOOD), "--dry-run").stdout.startswith("Nothing was written.")
    assert "1 added" in shell("import", "json", feed, "--dry-run").stdout

    assert shell.json("source", "list") == shell.json("item", "list") == []


def test_a_program_gets_counts_and_problems(shell, opml):
    told = shell.json("import", "opml", opml(GOOD, BAD))

    assert {name: told[name] for name in ("dry_run", "added", "already_there", "not_understood")} == {
        "dry_run": False, "added": 1, "already_there": 0, "not_understood": 1,
    }  # fmt: skip
    assert [(each["about"], each["refused"]) for each in told["problems"]] == [("Fichier", True)]
    assert "is not a web address" in told["problems"][0]["error"]


def test_a_person_who_speaks_french_is_told_in_french(shell, opml, monkeypatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")

    assert shell("import", "opml", opml(GOOD, BAD)).stdout == "1 ajoutée, 0 déjà là, 1 incomprise\n"


def test_a_json_feed_becomes_items_with_their_own_dates(shell, feed):
    shell("import", "json", feed)

    (item,) = shell.json("item", "list")
    assert (item["title"], item["published"], item["status"]) == ("Une", "2024-10-04T08:00:00Z", "published")
    assert shell("import", "json", feed).stdout == "0 added, 1 already there\n"


def test_what_export_writes_import_takes_back_in_another_newsroom(shell, tmp_path, monkeypatch):
    shell(
        "item", "add", "--title", "Un jour", "--date", "2024-10-04", "--category", "doctorat", "--status", "published"
    )
    shell("item", "add", "--title", "Brouillon")
    shell("source", "add", "https://lab.example/feed", "--kind", "feed", "--name", "R&D")
    items = shell.json("item", "list")
    shell("export", "items", str(tmp_path / "items.json"))
    shell("export", "opml", str(tmp_path / "list.opml"))
    monkeypatch.setenv("DEPECHE_DATABASE", str(tmp_path / "other.db"))
    shell("init")
    shell("category", "add", "Doctorat")

    assert shell("import", "json", str(tmp_path / "items.json")).stdout == "2 added, 0 already there\n"
    shell("import", "opml", str(tmp_path / "list.opml"))

    assert shell.json("item", "list") == items
    assert [source["name"] for source in shell.json("source", "list")] == ["R&D"]


def test_standard_input_can_be_imported(shell, command_line, environ):
    run = subprocess.run(
        [*command_line, "import", "json", "-"], env=environ, input=json.dumps(FEED), capture_output=True, text=True
    )

    assert (run.stdout, run.returncode) == ("1 added, 0 already there\n", 0)


@pytest.mark.parametrize("kind", ["opml", "json"])
@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("missing", "missing"),
        (".", "folder"),
        ("http://127.0.0.1:9/x", "private or reserved"),
        ("https://", "is not a web address"),
    ],
)
def test_a_place_that_cannot_be_read_is_one_sentence(shell, kind, place, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    assert said in shell.error("import", kind, place)


@pytest.mark.parametrize(
    ("kind", "body", "said"),
    [
        ("opml", b"<html></html>", "no list of feeds"),
        ("opml", b"<opml><body>", "malformed at line 1"),
        ("opml", b"<!DOCTYPE opml><opml/>", "DOCTYPE"),
        ("json", b"<opml/>", "well-formed JSON"),
        ("json", b'{"a": 1}', "neither an archive"),
        ("json", '["é"]'.encode("latin-1"), "UTF-8"),
    ],
)
def test_a_file_of_another_kind_is_one_sentence(shell, kind, body, said, tmp_path):
    (tmp_path / "file").write_bytes(body)

    assert said in shell.error("import", kind, str(tmp_path / "file"))


def test_a_list_that_is_too_large_is_one_sentence(shell, tmp_path):
    (tmp_path / "file").write_bytes(b" " * 5_000_001)

    assert "larger than 5 MB" in shell.error("import", "opml", str(tmp_path / "file"))
