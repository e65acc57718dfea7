from datetime import UTC, datetime


def test_a_partner_is_added_shown_changed_and_removed(shell):
    made = shell.json("partner", "add", "Université de Lyon", "--contact", "ada@lyon.example",
                      "--selection", "doctorat",
                      "--origin", "www.lyon.example", "--origin", "https://*.lyon.example")  # fmt: skip
    assert (made["feed"], made["standing"], made["last_seen"], made["carries"]) == (
        "universite-de-lyon", "new", None, [],
    )  # fmt: skip
    assert made["origins"] == ["https://www.lyon.example", "https://*.lyon.example"]
    assert [each["slug"] for each in shell.json("feed", "list")] == ["universite-de-lyon"]
    assert "not seen yet" in shell("partner", "list").stdout
    assert "ada@lyon.example" in shell("partner", "show", made["key"]).stdout

    changed = shell.json("partner", "edit", made["key"], "--name", "Lyon", "--any-origin", "--feed", "")
    assert (changed["key"], changed["name"], changed["origins"], changed["feed"]) == (made["key"], "Lyon", [], None)
    shell("partner", "add", "Grenoble", "--feed", "universite-de-lyon")
    assert [each["name"] for each in shell.json("partner", "list")] == ["Grenoble", "Lyon"]

    renewed = shell.json("partner", "key", made["key"])
    assert (renewed["id"], renewed["key"] != made["key"], renewed["name"]) == (made["id"], True, "Lyon")
    assert made["key"] in shell.error("partner", "show", made["key"])
    assert "Lyon" in shell("partner", "remove", renewed["key"]).stdout
    assert [each["name"] for each in shell.json("partner", "list")] == ["Grenoble"]


def test_what_cannot_be_is_one_line(shell):
    shell("partner", "add", "Lyon")
    assert "Lyon" in shell.error("partner", "add", "Lyon")
    other = shell.json("partner", "add", "Grenoble")["key"]
    assert "Lyon" in shell.error("partner", "edit", other, "--name", "Lyon")
    assert shell.json("partner", "edit", other, "--name", "Grenoble")["name"] == "Grenoble", "its own name is its own"
    assert "0123456789" in shell.error("partner", "show", "0123456789")
    assert "0123456789" in shell.error("partner", "remove", "0123456789")
    assert "script-src" in shell.error("partner", "add", "x", "--origin", "https://a; script-src *")
    assert "rien" in shell.error("partner", "add", "x", "--feed", "rien")
    key = shell.json("partner", "list")[0]["key"]
    assert "--any-origin" in shell.error("partner", "edit", key, status=2)
    assert "--origin" in shell.error("partner", "edit", key, "--origin", "a.example", "--any-origin", status=2)


def test_a_log_is_counted_once(shell, tmp_path):
    moment = datetime.now(UTC).strftime("%d/%b/%Y:%H:%M:%S +0000")
    log = tmp_path / "access.log"
    log.write_text(f'- - - [{moment}] "GET /embed/all.json?limit=5 HTTP/1.1" 200 9 "https://lyon.example" "Firefox"\n')
    assert shell.json("partner", "count", str(log)) == {"counted": 1, "before": 0, "passed": 0}
    assert shell("partner", "count", str(log)).stdout.splitlines()[:2] == [
        "0 lines counted", "1 counted before, or too old",
    ]  # fmt: skip
    assert "nothing.log" in shell.error("partner", "count", str(tmp_path / "nothing.log"))
