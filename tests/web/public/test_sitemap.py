"""``/sitemap-news.xml`` and ``/robots.txt`` over HTTP."""

from lxml import etree

from desk.items.posting import retract_item
from desk.items.publishing_due import publish_due

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def titles(client, path="/sitemap-news.xml"):
    return [each.text for each in etree.fromstring(client.get(path).data).iter(f"{NEWS}title")]


def test_it_lists_the_pages_of_the_latest_items_newest_first(client, post):
    older, newer = post("Hier", date="2026-02-28"), post("Aujourd’hui", date="2026-03-01 08:00")
    answer = client.get("/sitemap-news.xml")
    assert answer.headers["Content-Type"] == "application/xml; charset=utf-8"
    assert titles(client) == ["Aujourd’hui", "Hier"]
    locations = [each.text for each in etree.fromstring(answer.data).iter(LOC)]
    assert locations == [
        f"https://news.example.org/items/{newer.id}/aujourd-hui",
        f"https://news.example.org/items/{older.id}/hier",
    ]
    dates = [each.text for each in etree.fromstring(answer.data).iter(f"{NEWS}publication_date")]
    assert dates == ["2026-03-01T08:00:00+01:00", "2026-02-28"]


def test_two_days_count_from_the_newest_item_whatever_the_clock_says(client, post, clock):
    post("Trop ancienne", date="2026-02-26 08:59")
    post("Juste assez récente", date="2026-02-26 09:00")
    post("La dernière", date="2026-02-28 09:00")
    before = client.get("/sitemap-news.xml")
    assert titles(client) == ["La dernière", "Juste assez récente"]
    clock.forward(days=400)
    after = client.get("/sitemap-news.xml")
    assert (after.data, after.headers["ETag"]) == (before.data, before.headers["ETag"])


def test_each_language_has_its_own(client, post):
    post("En français")
    post("In English", language="en")
    assert titles(client, "/sitemap-news.fr.xml") == ["En français"]
    assert titles(client, "/sitemap-news.en.xml") == ["In English"]
    assert sorted(titles(client)) == ["En français", "In English"]
    assert client.get("/sitemap-news.de.xml").status_code == 404


def test_an_empty_newsroom_has_an_empty_one(client):
    assert titles(client) == []


def test_nothing_scheduled_is_in_it_one_second_before_and_it_is_there_after(client, post, desk, clock):
    post("Publiée", date="2026-03-01")
    before = client.get("/sitemap-news.xml")
    post("Sous embargo", date="2026-03-02 12:00")
    clock.forward(minutes=59, seconds=59)
    publish_due(desk)
    told = client.get("/sitemap-news.xml")
    assert (told.data, told.headers["ETag"], told.headers["Last-Modified"]) == (
        before.data, before.headers["ETag"], before.headers["Last-Modified"],
    )  # fmt: skip
    clock.forward(seconds=1)
    publish_due(desk)
    client.post("/sitemap-news.xml")
    assert titles(client) == ["Sous embargo", "Publiée"]


def test_a_retracted_item_leaves_it_and_who_asks_by_date_learns_of_it(client, post, desk, clock):
    item = post("À retirer")
    date = client.get("/sitemap-news.xml").headers["Last-Modified"]
    assert client.get("/sitemap-news.xml", headers={"If-Modified-Since": date}).status_code == 304
    clock.forward(minutes=1)
    retract_item(desk, item.id, "cli")
    client.post("/sitemap-news.xml")
    answer = client.get("/sitemap-news.xml", headers={"If-Modified-Since": date})
    assert (answer.status_code, titles(client)) == (200, [])


def test_it_has_the_validators_and_lifetimes_of_a_feed(client, post):
    post("Une visite")
    whole = client.get("/sitemap-news.fr.xml", headers={"Accept-Encoding": "gzip"})
    assert whole.headers["Content-Encoding"] == "gzip"
    assert whole.headers["Cache-Control"].startswith("public, max-age=300")
    known = {"Accept-Encoding": "gzip", "If-None-Match": whole.headers["ETag"]}
    assert client.get("/sitemap-news.fr.xml", headers=known).status_code == 304
    assert client.post("/sitemap-news.xml").status_code == 405


def test_hostile_titles_are_text(client, post):
    title = "]]> <script>alert(1)</script> & “« ‮ \U0001f6f0 »”"
    post(title)
    assert titles(client) == [title]


def test_robots_txt_names_every_sitemap_by_its_absolute_address(client):
    lines = client.get("/robots.txt", headers={"Host": "evil.example"}).text.splitlines()
    assert [line for line in lines if line.startswith("Sitemap: ")] == [
        f"Sitemap: https://news.example.org/sitemap-news{language}.xml" for language in ("", ".fr", ".en")
    ]
    assert lines[:3] == ["User-agent: *", "Disallow: /staff/", "Allow: /"]
