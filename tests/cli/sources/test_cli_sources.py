import pytest

from net.partner_server import serving
from tests.patience import PATIENCE

RSS = """<rss version="2.0"><channel><title>Partner</title><link>https://p.example/</link><description>d</description>
<item><title>One</title><link>https://p.example/1</link><guid>https://p.example/1</guid><category>PhD</category>
<pubDate>Fri, 04 Oct 2024 09:00:00 +0200</pubDate></item>
<item><title>Two</title><link>https://p.example/2</link><pubDate>Thu, 03 Oct 2024 09:00:00 +0200</pubDate></item>
</channel></rss>"""


@pytest.fixture
def partner(monkeypatch):
    """A partner's site on loopback, which the fetcher may reach: its address."""
    documents = {"/news.rss": ("application/rss+xml", RSS.encode()), "/poem": ("text/plain", b"roses are red")}
    with serving(lambda: documents, "127.0.0.1", 0) as port:
        monkeypatch.setenv("DEPECHE_ALLOWED_NETWORKS", f"127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"


def test_an_added_source_is_shown_and_the_same_address_gives_the_same_source(shell, partner):
    added = shell.json("source", "add", f"{partner}/news.rss", "--trust", "publish", "--category", "doctorat")
    again = shell.json("source", "add", f"{partner}/news.rss", "--trust", "review")

    assert (added["kind"], added["name"], added["trust"]) == ("feed", "Partner", "publish")
    assert again == added


def test_a_source_waits_for_review_unless_trusted(shell):
    assert shell.json("source", "add", "https://p.example/feed", "--kind", "feed")["trust"] == "review"


def test_a_source_of_a_known_kind_is_not_fetched_when_added(shell):
    assert shell.json("source", "add", "http://127.0.0.1:9/feed", "--kind", "page")["last_checked"] is None


def test_refreshing_brings_the_items_and_again_changes_nothing(shell, partner):
    source = shell.json("source", "add", f"{partner}/news.rss", "--trust", "publish", "--map", "PhD=doctorat")

    (first,) = shell.json("source", "refresh", source["id"])
    (second,) = shell.json("source", "refresh", "--all")

    assert (first["new"], first["error"]) == (2, None)
    assert (second["new"], second["changed"], second["error"]) == (0, 0, None)
    items = shell.json("item", "list", "--source", source["id"])
    assert [item["title"] for item in items] == ["One", "Two"]
    assert [category["slug"] for category in items[0]["categories"]] == ["doctorat"]
    assert items[0]["terms"] == ["PhD"]
    assert items[0]["source_guid"] == "https://p.example/1"


def test_refreshing_is_quiet_in_a_pipe(shell, partner):
    shell("source", "add", f"{partner}/news.rss")

    told = shell("source", "refresh", "--all")

    assert (told.stdout, told.stderr) == ("", "")


def test_only_due_sources_are_read_when_asked_so(shell, partner):
    shell("source", "add", f"{partner}/news.rss")

    assert len(shell.json("source", "refresh", "--due")) == 1
    assert shell.json("source", "refresh", "--due") == []


def test_a_source_that_cannot_be_read_ends_with_1_and_a_line_the_others_are_read(shell, partner):
    good = shell.json("source", "add", f"{partner}/news.rss", "--trust", "publish")
    bad = shell.json("source", "add", f"{partner}/poem", "--kind", "feed", "--name", "Poems")

    told = shell("source", "refresh", good["id"], bad["id"], status=1)

    (line,) = told.stderr.splitlines()
    assert "Poems" in line
    assert len(shell.json("item", "list")) == 2


@pytest.mark.parametrize("which", ["--due", "--all"])
def test_a_source_that_cannot_be_read_is_one_line_for_people_and_no_log(shell, start, which):
    shell("source", "add", "http://127.0.0.1:1/news.rss", "--kind", "feed", "--name", "Poems")

    ended = start("source", "refresh", which)
    told, _ = ended.communicate(timeout=PATIENCE)

    (line,) = told.splitlines()
    assert ended.returncode == 1
    assert line.startswith("depeche: Poems (")


def test_the_list_says_why_a_source_fails(shell, partner):
    shell("source", "add", f"{partner}/gone.rss", "--kind", "feed")
    shell("source", "refresh", "--all", status=1)

    (told,) = shell.json("source", "list")

    assert "404" in told["error"]["message"]
    assert told["error"]["message"] in shell("source", "list").stdout


def test_sources_are_listed_last_added_first(shell):
    for name in ("b", "a", "c"):
        shell("source", "add", f"https://{name}.example/", "--kind", "page", "--name", name)

    assert [source["name"] for source in shell.json("source", "list")] == ["c", "a", "b"]


def test_a_trial_shows_what_would_come_and_changes_nothing(shell, partner):
    told = shell.json("source", "test", f"{partner}/news.rss", f"{partner}/nowhere", status=1)

    assert [set(one) for one in told] == [{"url", "kind", "items", "error", "offers"}] * 2
    assert told[0]["kind"] == "feed"
    assert [item["title"] for item in told[0]["items"]] == ["One", "Two"]
    assert told[0]["items"][0]["published"] == "2024-10-04T07:00:00Z"
    assert (told[1]["items"], "404" in told[1]["error"]) == ([], True)
    assert shell.json("source", "list") == []
    assert shell.json("item", "list") == []


def test_a_trial_for_people_is_a_table(shell, partner):
    told = shell("source", "test", f"{partner}/news.rss").stdout

    assert "2024-10-04T07:00:00Z" in told
    assert "One" in told


def test_a_private_address_is_refused_unless_allowed(shell):
    assert "DEPECHE_ALLOWED_NETWORKS" in shell.error("source", "add", "http://127.0.0.1:9/feed")


def test_a_paused_source_is_left_out_until_resumed(shell, partner):
    source = shell.json("source", "add", f"{partner}/news.rss")
    shell("source", "pause", source["id"])

    assert shell.json("source", "refresh", "--all") == []
    assert shell.json("source", "show", source["id"])["paused"] is True
    shell("source", "resume", source["id"])
    assert len(shell.json("source", "refresh", "--all")) == 1


@pytest.mark.parametrize(("items", "status"), [("keep", "published"), ("withdraw", "withdrawn")])
def test_removing_a_source_keeps_or_withdraws_what_it_brought(shell, partner, items, status):
    source = shell.json("source", "add", f"{partner}/news.rss", "--trust", "publish", "--category", "doctorat")
    shell("source", "refresh", "--all")
    shell("source", "remove", source["id"], "--items", items)

    assert shell.json("source", "list") == []
    assert {item["status"] for item in shell.json("item", "list")} == {status}


@pytest.mark.parametrize("command", ["show", "pause", "resume", "refresh"])
def test_an_unknown_source_is_an_error(shell, command):
    assert "no-such-source" in shell.error("source", command, "no-such-source")


def test_what_waits_is_listed_accepted_and_refused(shell, partner):
    shell("source", "add", f"{partner}/news.rss")
    shell("source", "refresh", "--all")
    one, two = shell.json("review", "list")

    shell("review", "accept", one["id"], "--category", "doctorat")
    shell("review", "refuse", two["id"])

    assert shell.json("review", "list") == []
    assert shell.json("item", "show", one["id"])["status"] == "published"
    assert shell.json("item", "show", two["id"])["status"] == "withdrawn"


def test_the_feeds_collected_from_can_be_exported(shell, tmp_path):
    shell("source", "add", "https://p.example/feed?a=1&b=2", "--kind", "feed", "--name", "Ports & docks")
    shell("export", "opml", str(tmp_path / "feeds.opml"))

    written = (tmp_path / "feeds.opml").read_text(encoding="utf-8")

    assert 'xmlUrl="https://p.example/feed?a=1&amp;b=2"' in written
    assert 'text="Ports &amp; docks"' in written


def test_a_wordpress_site_is_exported_by_its_feed_and_known_again(shell, tmp_path):
    shell("source", "add", "https://site.example/blog/", "--kind", "wordpress", "--name", "Site")
    shell("export", "opml", str(tmp_path / "feeds.opml"))
    assert 'xmlUrl="https://site.example/blog/feed/"' in (tmp_path / "feeds.opml").read_text(encoding="utf-8")
    assert shell("import", "opml", str(tmp_path / "feeds.opml")).stdout == "0 added, 1 already there\n"
