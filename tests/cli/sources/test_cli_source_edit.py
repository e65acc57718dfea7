"""``depeche source edit`` and ``depeche import urls``."""

FEED = "https://partner.example/feed"


def added(shell, *more: str) -> str:
    return shell.json("source", "add", FEED, "--kind", "feed", "--name", "Labo", *more)["id"]


def test_a_source_is_changed_and_shown(shell):
    made = added(shell, "--category", "doctorat", "--map", "A=B=doctorat", "--select-item", "li")
    told = shell.json(
        "source", "edit", made, "--name", "Le labo", "--url", "https://new.example/", "--trust", "publish",
        "--lang", "en", "--kind", "page", "--select-date", "time", "--no-categories", "--no-map",
    )  # fmt: skip
    assert (told["name"], told["url"], told["trust"], told["language"]) == (
        "Le labo", "https://new.example/", "publish", "en",
    )  # fmt: skip
    assert (told["kind"], told["categories"], told["map"]) == ("page", [], {})
    assert shell.json("source", "edit", made, "--lang", "auto")["language"] is None


def test_saying_nothing_to_change_is_a_misuse(shell):
    assert "--name" in shell.error("source", "edit", added(shell), status=2)


def test_mistakes_are_told_in_one_line(shell):
    made = added(shell)
    shell("source", "add", "https://b.example/", "--kind", "feed")
    assert "https://b.example/" in shell.error("source", "edit", made, "--url", "https://b.example/")
    assert "nulle-part" in shell.error("source", "edit", made, "--category", "nulle-part")
    assert "“x”" in shell.error("source", "edit", "x", "--name", "y")


def test_a_plain_list_of_addresses_becomes_sources(shell, tmp_path):
    added(shell)
    file = tmp_path / "list.txt"
    file.write_text(f"# partners\n\n{FEED}\nhttps://a.example/feed\r\nnonsense\nhttps://a.example/feed\n")
    tried = shell.json("import", "urls", str(file), "--dry-run")
    assert (tried["added"], tried["already_there"], tried["not_understood"]) == (1, 2, 1)
    assert len(shell.json("source", "list")) == 1
    assert shell.json("import", "urls", str(file))["added"] == 1
    assert [source["url"] for source in shell.json("source", "list")] == ["https://a.example/feed", FEED]


def test_a_list_without_an_address_says_so(shell, tmp_path):
    (tmp_path / "empty.txt").write_text("# nothing\n")
    assert "one a line" in shell.error("import", "urls", str(tmp_path / "empty.txt"))


def test_a_persons_refresh_of_what_is_due_puts_nothing_off(shell, tmp_path):
    (tmp_path / "list.txt").write_text("\n".join(f"http://127.0.0.1:9/{number}" for number in range(25)))
    shell.json("import", "urls", str(tmp_path / "list.txt"))
    assert len(shell.json("source", "refresh", "--due", status=1)) == 25
