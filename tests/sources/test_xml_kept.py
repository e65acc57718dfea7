"""What the usual extensions of feeds say is kept, whoever of the two readers reads them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from news.items import Image, When
from sources.xml_feed import read_faithfully

NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:dcterms="http://purl.org/dc/terms/" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:atom="http://www.w3.org/2005/Atom"'
)
NOON = When(moment=datetime(2026, 3, 1, 12, tzinfo=UTC))
SOURCE = (
    "<source><id>urn:other</id><title>Autre site</title><updated>2020-01-01T00:00:00Z</updated>"
    '<link href="https://other.example/"/><author><name>Autre</name></author><category term="autre"/></source>'
)
PICTURE = (
    '<description>Court</description><media:content url="https://x.example/i.jpg" medium="image">{}</media:content>'
)


def rss(inner):
    return f'<rss version="2.0" {NAMES}><channel><title>L</title><item><title>T</title>{inner}</item></channel></rss>'


def atom(inner):
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMES}><entry><title>T</title>{inner}</entry></feed>'


ROWS = [
    ("several authors in Atom", atom("<author><name>Léa</name></author><author><name>Ali</name><uri>x</uri></author>"),
     "author", "Léa, Ali"),
    ("several creators", rss("<dc:creator>Léa</dc:creator><dc:creator>Ali</dc:creator>"), "author", "Léa, Ali"),
    ("an author once", rss("<author>l@x.org (Léa)</author><dc:creator>Léa</dc:creator>"), "author", "Léa"),
    ("the author of where it was taken from", atom(f"<author><name>Léa</name></author>{SOURCE}"), "author", "Léa"),
    ("the title beside a source", atom(SOURCE), "title", "T"),
    ("the categories beside a source", atom(f'{SOURCE}<category term="a"/>'), "terms", ("a",)),
    ("an RSS source", rss('<source url="https://other.example/">Autre</source>'), "title", "T"),
    ("dc:date", rss("<dc:date>2026-03-01T12:00:00Z</dc:date>"), "published", NOON),
    ("dcterms:issued", rss("<dcterms:issued>2026-03-01T12:00:00Z</dcterms:issued>"), "published", NOON),
    ("dcterms:created", rss("<dcterms:created>2026-03-01T12:00:00Z</dcterms:created>"), "published", NOON),
    ("dcterms:modified", rss("<dcterms:modified>2026-03-01T12:00:00Z</dcterms:modified>"), "updated", NOON),
    ("dc:language", rss("<dc:language>en-GB</dc:language>"), "language", "en-GB"),
    ("xml:lang of an entry", atom('<summary xml:lang="en">Short</summary>'), "language", "en"),
    ("dc:subject", rss("<dc:subject>Thèses</dc:subject>"), "terms", ("Thèses",)),
    ("a category with a scheme", rss('<category domain="https://x.example/s">A</category><category>B</category>'),
     "terms", ("A", "B")),
    ("a category with a label", atom('<category term="a" scheme="s" label="Un"/><category term="b"/>'), "terms",
     ("Un", "b")),
    ("media keywords", rss("<media:keywords>a, b</media:keywords>"), "terms", ("a", "b")),
    ("content:encoded", rss("<content:encoded><![CDATA[<p>Tout</p>]]></content:encoded>"), "content_html",
     "<p>Tout</p>"),
    ("a group of media", rss('<media:group><media:content url="https://x.example/s.jpg" medium="image" width="9"/>'
                             '<media:content url="https://x.example/b.jpg" medium="image"/></media:group>'),
     "image", Image("https://x.example/s.jpg", "", 9)),
    ("a thumbnail", rss('<media:thumbnail url="https://x.example/t.jpg"/>'), "image", Image("https://x.example/t.jpg")),
    ("what is said of a picture", rss('<description>Court</description><media:content medium="image" '
     'url="https://x.example/i.jpg"><media:description type="plain">Le jury</media:description></media:content>'),
     "image", Image("https://x.example/i.jpg", "Le jury")),
    ("the summary beside a caption", rss('<description>Court</description><media:description>Le jury'
     "</media:description>"), "summary", "Court"),
    ("a video's description", atom('<media:group><media:thumbnail url="https://x.example/t.jpg"/>'
     "<media:description>Le film</media:description></media:group>"), "summary", "Le film"),
    ("what can be read in a picture", rss(PICTURE.format("<media:title>Affiche</media:title><media:text>Portes "
     "ouvertes le 3 mai</media:text>")), "image", Image("https://x.example/i.jpg", "Portes ouvertes le 3 mai")),
    ("what a picture is called", rss(PICTURE.format('<media:title type="plain">Le jury</media:title>')), "image",
     Image("https://x.example/i.jpg", "Le jury")),
    ("what is shown before what can be read in it", rss(PICTURE.format("<media:text>Lu</media:text>"
     "<media:description>Vu</media:description>")), "image", Image("https://x.example/i.jpg", "Vu")),
    ("no file's name for a picture", rss(PICTURE.format("<media:title>IMG_2041.JPG</media:title>")), "image",
     Image("https://x.example/i.jpg")),
    ("the entry's title beside a picture's", rss(PICTURE.format("<media:title>Le jury</media:title>")), "title", "T"),
    ("a picture's title for want of another",
     atom("<media:title>Le film</media:title>").replace("<title>T</title>", ""), "title", "Le film"),
    ("where it was taken from", atom(SOURCE), "via", ("urn:other", "https://other.example/")),
    ("the feed of an RSS source", rss('<source url="https://other.example/f.rss">Autre</source>'), "via",
     ("https://other.example/f.rss",)),
    ("an enclosed picture", rss('<enclosure url="https://x.example/e.png" type="image/png" length="1"/>'), "image",
     Image("https://x.example/e.png")),
    ("a podcast's picture", rss('<itunes:image href="https://x.example/p.jpg"/>'), "image",
     Image("https://x.example/p.jpg")),
    ("a podcast's author", rss("<itunes:author>Léa</itunes:author>"), "author", "Léa"),
    ("a podcast's summary", rss("<itunes:summary>Court</itunes:summary>"), "summary", "Court"),
    ("the address before FeedBurner's", rss("<link>https://f.example/1</link><fb:origLink "
     'xmlns:fb="http://rssnamespace.org/feedburner/ext/1.0">https://x.example/1</fb:origLink>'), "link",
     "https://x.example/1"),
]  # fmt: skip


@pytest.mark.parametrize(("document", "field", "value"), [row[1:] for row in ROWS], ids=[row[0] for row in ROWS])
def test_it_is_kept(read_as, document, field, value):
    (entry,) = read_as(document).entries
    assert getattr(entry, field) == value


@pytest.mark.parametrize("document", [row[1] for row in ROWS], ids=[row[0] for row in ROWS])
def test_both_readers_keep_the_same(read_as, document):
    options = {"url": "https://site.example/news/", "zone": ZoneInfo("UTC")}
    assert read_as(document, zone=options["zone"]) == read_faithfully(document, **options, newest=200)
