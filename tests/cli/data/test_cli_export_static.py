import json


def test_it_says_how_many_files_it_wrote(shell, tmp_path):
    www = str(tmp_path / "www")
    shell("item", "add", "--title", "Une visite", "--category", "doctorat", "--date", "2026-03-01")
    first = shell.json("export", "static", www)

    assert first["written"] == (4 * 3 * 3 + 4 * 5 * 3 + 3) * 3
    assert shell.json("export", "static", www) == {"written": 0, "unchanged": first["written"], "removed": 0}
    assert shell("export", "static", www).stdout == f"{www}: 0 files written, {first['written']} unchanged, 0 removed\n"


def test_files_that_name_no_public_address_are_pointed_out(shell, tmp_path, monkeypatch):
    """A shell or a timer does not know what stands in the newsroom's own unit."""
    told = shell("export", "static", str(tmp_path / "www")).stderr
    assert "http://127.0.0.1:8000" in told
    assert "DEPECHE_BASE_URL" in told

    monkeypatch.setenv("DEPECHE_BASE_URL", "https://news.school.example")
    assert shell("export", "static", str(tmp_path / "www")).stderr == ""
    assert "https://news.school.example/feeds/all.atom" in (tmp_path / "www/feeds/all.atom").read_text(encoding="utf-8")


def test_the_files_hold_feeds_blocks_and_the_list(shell, tmp_path):
    shell("item", "add", "--title", "Une visite", "--category", "doctorat", "--date", "2026-03-01")
    shell("export", "static", str(tmp_path / "www"))

    assert json.loads((tmp_path / "www/feeds/doctorat.json").read_bytes())["items"][0]["title"] == "Une visite"
    assert "Une visite" in (tmp_path / "www/embed/doctorat.fr.html").read_text(encoding="utf-8")
    assert "Une visite" in (tmp_path / "www/embed/doctorat.fr-else-en.json").read_text(encoding="utf-8")
    assert "Une visite" in (tmp_path / "www/embed/doctorat").read_text(encoding="utf-8")
    assert "depeche-news" in (tmp_path / "www/embed.js").read_text(encoding="utf-8")
    assert "doctorat.atom" in (tmp_path / "www/feeds.opml").read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_is_refused_in_one_line(shell, tmp_path):
    (tmp_path / "file").write_text("")

    assert "file" in shell.error("export", "static", str(tmp_path / "file" / "www"))
    assert shell.error("export", "static", str(tmp_path / "file"))
