"""What strangers' documents do to a reader, line by line of what is known to go wrong."""

from contextlib import suppress
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import feedparser
import pytest

from news.errors import DepecheError, NotUnderstood
from news.recognise import one_each
from news.sources import Kind
from sources.charset import decode
from sources.xml_feed import read_faithfully
from tests.patience import takes_less_than

PARIS = ZoneInfo("Europe/Paris")
HOSTILE = (
    "<script>alert(1)</script><noscript><p title='--></noscript><img src=x onerror=alert(1)>'></noscript>"
    "<a href='&#106;avascript:alert(1)' onclick='x()'>oui</a><svg onload=alert(1)></svg><iframe src='//x.example'>"
)
CDATA = f"<![CDATA[{HOSTILE}]]>"
NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/"'
)


def rss(*items, channel=""):
    inner = "".join(f"<item>{item}</item>" for item in items)
    return f'<rss version="2.0" {NAMES}><channel><title>L</title>{channel}{inner}</channel></rss>'


EVERYWHERE = rss(
    "".join(
        f"<{name}>{CDATA}</{name}>"
        for name in ("title", "link", "guid", "description", "content:encoded", "dc:creator", "category", "pubDate")
    )
    + '<media:content medium="image" url="javascript:alert(1)"><media:description>'
    + f"{CDATA}</media:description></media:content>"
)


@pytest.mark.parametrize(
    "text", [EVERYWHERE, EVERYWHERE.replace("</channel>", "")], ids=["well written", "badly written"]
)
def test_scripts_in_every_field_come_through_in_none(read_as, text):
    (entry,) = read_as(text).entries
    # Titles and summaries are plain text, whatever it looks like; only the body is ever markup.
    assert not any(word in entry.content_html for word in ("<script", "onerror", "onclick", "svg", "iframe"))
    assert not any(tag in entry.summary for tag in ("<script", "<img", "<svg"))
    assert "javascript:" not in entry.content_html
    assert entry.image is None or entry.image.url.startswith("https://site.example/")
    assert entry.link.startswith("https://site.example/")
    assert not set('<>"') & set(entry.link)
    assert "oui" in entry.content_html


@pytest.mark.parametrize("body", [__file__, "http://127.0.0.1:9/feed.xml", "feed"])
def test_a_body_that_is_a_path_or_an_address_is_neither_opened_nor_fetched(read_as, body, monkeypatch):
    touched: list[object] = []

    def noted(*given: object, **_: object) -> None:
        touched.append(given)
        raise OSError("it was opened")

    monkeypatch.setattr("builtins.open", noted)
    monkeypatch.setattr("socket.socket.connect", noted)
    monkeypatch.setattr("socket.getaddrinfo", noted)
    for reader in (read_as, lambda text: read_faithfully(text, url="https://a.example/", zone=PARIS, newest=9)):
        with pytest.raises(NotUnderstood):
            reader(body)
    assert touched == []


def test_nested_entities_grow_nothing(read_as):
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    text = f'<!DOCTYPE rss [<!ENTITY e0 "ha">{levels}]>' + rss("<title>T &e11;</title>")
    with takes_less_than(3):
        entries = read_as(text).entries
    assert all(len(entry.title) < 1000 for entry in entries)


@pytest.mark.parametrize("depth", [200, 5_000, 100_000])
@pytest.mark.parametrize("tag", ["b", "item", "media:group"])
def test_deep_nesting_ends(read_as, depth, tag):
    text = rss(f"<title>T</title><description>{f'<{tag}>' * depth}x{f'</{tag}>' * depth}</description>")
    with takes_less_than(60), suppress(DepecheError):
        read_as(text)


def test_of_fifty_thousand_items_the_newest_are_kept(read_as):
    text = rss(*(f"<title>{n}</title><pubDate>Sun, 01 Mar 2026 09:{n // 60 % 60:02}:{n % 60:02} GMT</pubDate>"
                 for n in reversed(range(3600))), *("<title>old</title>" for _ in range(46_400)))  # fmt: skip
    with takes_less_than(5):
        entries = read_as(text).entries
    assert len(entries) == 200
    assert entries[0].title == "3599"


def test_a_repeated_id_counts_once(read_as):
    entries = read_as(rss(*(f"<title>{n}</title><guid>same</guid>" for n in range(3)))).entries
    assert [entry.title for entry in one_each(entries)] == ["0"]


@pytest.mark.parametrize("field", ["author", "dc:creator", "managingEditor", "webMaster", "dc:publisher"])
@pytest.mark.parametrize("filling", ["a", "a.", "a@", "(", "&lt;"])
def test_a_quadratic_person_takes_no_time(read_as, field, filling):
    whole = f"<{field}>{filling * 60_000}</{field}>"
    for text in (rss(f"<title>T</title>{whole}", channel=whole), rss(f"<title>T & U</title>{whole}", channel=whole)):
        with takes_less_than(2):
            assert read_as(text).entries[0].title.startswith("T")


def test_localised_dates_are_read(read_as):
    (entry,) = read_as(rss("<title>T</title><pubDate>dim., 01 mars 2026 09:30:00 +0100</pubDate>")).entries
    assert entry.published.moment == datetime(2026, 3, 1, 8, 30, tzinfo=UTC)


def test_a_scrapers_error_page_is_no_item(read_as):
    with pytest.raises(NotUnderstood, match=r"not_a_feed|no_items"):
        read_as("<html><body><h1>500 Internal Server Error</h1></body></html>", "application/rss+xml")


LETTERS = "Élèves à l’œuvre"
ENCODED = [
    (charset, mark + f'<?xml version="1.0" encoding="{declared}"?>{rss(f"<title>{LETTERS}</title>")}'.encode(charset))
    for charset, declared, mark in (
        ("utf-8", "utf-8", b""), ("utf-8", "utf-8", b"\xef\xbb\xbf"), ("utf-8", "iso-8859-1", b"\xef\xbb\xbf"),
        ("utf-16-le", "utf-16", b"\xff\xfe"), ("utf-16-be", "utf-16", b"\xfe\xff"),
        ("cp1252", "windows-1252", b""), ("cp1252", "iso-8859-1", b""), ("cp1252", "us-ascii", b""),
        ("mac-roman", "macintosh", b""),
    )
]  # fmt: skip


@pytest.mark.parametrize(
    ("charset", "body"), ENCODED, ids=[f"{name} {body[:3]!r} {n}" for n, (name, body) in enumerate(ENCODED)]
)
def test_any_encoding_is_read(read_as, charset, body):
    assert read_as(body).entries[0].title == LETTERS
    assert read_as(body, "application/xml").entries[0].title == LETTERS


@pytest.mark.parametrize(
    ("http", "declared", "written"),
    [
        ("utf-8", "iso-8859-1", "utf-8"),
        ("windows-1252", "utf-8", "cp1252"),
        ("iso-8859-15", "utf-8", "iso8859-15"),
        (None, "koi8-r", "koi8-r"),
        (None, "gb2312", "gb18030"),
        (None, "shift_jis", "shift_jis"),
    ],
)
def test_http_and_the_declaration_are_weighed_as_feedparser_does(http, declared, written):
    word = {"koi8-r": "Москва", "gb18030": "北京", "shift_jis": "東京"}.get(written, "Élève")
    body = f'<?xml version="1.0" encoding="{declared}"?>{rss(f"<title>{word}</title>")}'.encode(written)
    media = "application/xml" + (f"; charset={http}" if http else "")
    theirs = feedparser.parse(body, response_headers={"content-type": media}).entries[0].title
    ours = read_faithfully(decode(body, media), url="https://x.example/", zone=ZoneInfo("UTC"), newest=9)
    assert (ours.entries[0].title, theirs) == (word, word)


def whole_feeds():
    entries = [f"<title>Nouvelle {n}</title><guid>{n}</guid><description>{'mot ' * 30}</description>" for n in range(3)]
    atom_entries = "".join(f"<entry><id>{n}</id><title>Nouvelle {n}</title></entry>" for n in range(3))
    return rss(*entries), f'<feed xmlns="http://www.w3.org/2005/Atom"><title>L</title>{atom_entries}</feed>'


@pytest.mark.parametrize("text", whole_feeds(), ids=["rss", "atom"])
def test_of_a_document_that_was_cut_short_only_whole_entries_are_read(read_as, text):
    """Half an entry would be an edit, and the other half the next: nobody made either."""
    whole = read_as(text).entries
    for length in range(len(text) - 1, text.index("Nouvelle 0"), -7):
        with suppress(NotUnderstood):
            read = read_as(text[:length], kind=Kind.FEED).entries
            assert read == whole[: len(read)], text[length - 40 : length]
            assert len(read) == sum(text[:length].count(end) for end in ("</item>", "</entry>"))


def test_entries_that_nobody_closes_are_still_read(read_as):
    text = rss("<title>Un</title><guid>1</guid>", "<title>Deux</title><guid>2</guid>").replace("</item>", "")
    assert [entry.title for entry in read_as(text).entries] == ["Un", "Deux"]
