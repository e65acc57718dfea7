"""Rules, floods, the review list and stories from a shell."""

import pytest

from net.partner_server import serving

HEAD = '<rss version="2.0"><channel><title>Partner</title><link>https://p.example/</link><description>d</description>'


def rss(*entries: tuple[str, str, str], day: int = 4) -> bytes:
    items = "".join(
        f"<item><title>{title}</title><guid isPermaLink='false'>{guid}</guid><link>https://p.example/{guid}</link>"
        f"<category>{term}</category><pubDate>Fri, {day:02} Oct 2024 09:00:00 +0200</pubDate></item>"
        for title, guid, term in entries
    )
    return f"{HEAD}{items}</channel></rss>".encode()


@pytest.fixture
def documents(monkeypatch):
    """What partners serve, by path; ``base``: their address."""
    kept: dict[str, tuple[str, bytes]] = {}
    with serving(lambda: kept, "127.0.0.1", 0) as port:
        monkeypatch.setenv("DEPECHE_ALLOWED_NETWORKS", f"127.0.0.1:{port}")
        kept["base"] = (f"http://127.0.0.1:{port}", b"")
        yield kept


@pytest.fixture
def source(shell, documents):
    """A trusted source of two items, one of which no rule places."""
    documents["/f"] = "application/rss+xml", rss(("Une thèse", "1", "PhD"), ("Un prix", "2", "Doctorat"))
    made = shell.json(
        "source", "add", f"{documents['base'][0]}/f", "--trust", "publish", "--name", "Partner", "--kind", "feed"
    )
    shell("source", "refresh", made["id"])
    return made["id"]


def test_what_no_rule_places_waits_until_a_rule_does(shell, source):
    assert [one["title"] for one in shell.json("review", "list")] == ["Une thèse"]
    shell("source", "rule", "add", source, "--term", "PhD", "--category", "doctorat", "--at", "1")
    assert shell.json("source", "rule", "apply", source, "--dry-run") == {
        "filed": 1, "published": 1, "wait": 0, "done": False,
    }  # fmt: skip
    assert len(shell.json("review", "list")) == 1
    shell("source", "rule", "apply", source)
    assert shell.json("review", "list") == []
    assert {one["status"] for one in shell.json("item", "list")} == {"published"}


def test_rules_are_listed_moved_and_removed(shell, source):
    shell("source", "rule", "add", source, "--words", "prix, thèse*", "--category", "ingenieurs", "--stop")
    shell("source", "rule", "add", source, "--lang", "fr", "--category", "doctorat")
    shell("source", "rule", "order", source, "3", "1", "2")
    shell("source", "rule", "remove", source, "2")
    rules = shell.json("source", "rule", "list", source)
    assert rules == [
        {"kind": "language", "given": "fr", "stop": False, "categories": ["doctorat"]},
        {"kind": "words", "given": "prix, thèse*", "stop": True, "categories": ["ingenieurs"]},
    ]
    assert shell.json("source", "show", source)["rules"] == rules
    told = shell("source", "rule", "list", source).stdout
    assert "prix, thèse*" in told
    assert "Without a category: 0 of the latest 2 items." in told


@pytest.mark.parametrize("given", [[], ["--always", "--names"], ["--lang", "de", "--category", "doctorat"]])
def test_a_rule_of_no_one_kind_is_misuse(shell, source, given):
    shell("source", "rule", "add", source, *given, status=2)


def test_a_rule_that_cannot_be_is_one_line(shell, source):
    assert "at least one category" in shell.error("source", "rule", "add", source, "--always")
    assert "There is no rule 7" in shell.error("source", "rule", "remove", source, "7")


def test_a_trial_names_the_rules_and_what_they_give(shell, documents, source):
    (trial,) = shell.json("source", "test", f"{documents['base'][0]}/f")
    assert [(one["categories"], one["rules"]) for one in trial["items"]] == [([], []), (["doctorat"], [1])]


def test_all_that_waits_from_a_source_is_decided_at_once(shell, documents, source):
    (waits,) = shell.json("review", "list", "--source", source)
    shell("review", "edit", waits["id"], "--category", "ingenieurs")
    assert [one["slug"] for one in shell.json("review", "list")[0]["categories"]] == ["ingenieurs"]
    shell("review", "accept", "--source", source)
    assert shell.json("item", "show", waits["id"])["published"] == "2024-10-04T07:00:00Z"
    shell("review", "accept", status=2)
    shell("review", "edit", waits["id"], status=2)
    assert "depeche source list" in shell.error("review", "list", "--source", "x")


def test_a_flood_is_told_in_one_sentence_and_decided_as_a_whole(shell, documents, source):
    documents["/f"] = "application/rss+xml", rss(*((f"Titre {n}", f"a{n}", "Doctorat") for n in range(8)))
    shell("source", "refresh", source)
    documents["/f"] = "application/rss+xml", rss(*((f"Titre {n}", f"b{n}", "Doctorat") for n in range(8)))
    (flood,) = shell.json("review", "floods") or [{}]
    assert flood["items"] == 8, "the whole window was unknown and old"
    sentence = "Partner calls 8 items new whose ids have all changed: they wait together for your decision."
    assert sentence in shell("review", "list").stdout
    assert sentence in shell("source", "show", source).stdout
    assert shell.json("source", "show", source)["flood"]["kind"] == "renamed"
    assert shell.json("review", "flood", source, "accept") == {"done": 8, "wait": 0}
    shell("source", "refresh", source)
    assert shell.json("review", "flood", source, "same") == {"done": 8, "wait": 0}
    assert shell.json("review", "floods") == []
    assert "Nothing waits together" in shell.error("review", "flood", source, "refuse")


def test_two_items_are_joined_and_split(shell):
    one, two = (shell.json("item", "add", "--title", title, "--category", "doctorat") for title in ("One", "Two"))
    assert shell.json("item", "merge", two["id"], one["id"])["id"] == one["id"]
    assert [each["id"] for each in shell.json("item", "list")] == [one["id"]]
    shell("item", "split", two["id"])
    assert len(shell.json("item", "list")) == 2
    assert "joined to no other" in shell.error("item", "split", two["id"])
    shell("review", "apart", one["id"], two["id"])
