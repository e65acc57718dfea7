"""The strict reader and feedparser give the same items: a document that changes sides is no edit."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.feeds_corpus import corpus
from news.errors import NotUnderstood
from news.recognise import fingerprint
from sources.strict.feed import read_strictly
from sources.strict.names import Unsure
from sources.xml_feed import read_faithfully, read_xml_feed

MANY = 150
URL = "https://site.example/news/feed.xml"
OPTIONS = {"url": URL, "zone": ZoneInfo("Europe/Paris"), "newest": 200}
NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:own="https://site.example/ns" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:wfw="http://wellformedweb.org/CommentAPI/"'
)


def is_sure(text):
    try:
        read_strictly(text, URL)
    except Unsure:
        return False
    return True


def same(text):
    """Both readers' answers, which are the same."""
    try:
        slow = read_faithfully(text, **OPTIONS)
    except NotUnderstood as error:
        with pytest.raises(NotUnderstood):
            read_xml_feed(text, **OPTIONS)
        return error
    fast = read_xml_feed(text, **OPTIONS)
    assert fast == slow
    assert [fingerprint(entry) for entry in fast.entries] == [fingerprint(entry) for entry in slow.entries]
    return fast


def test_the_usual_feeds_are_read_strictly_and_the_same():
    documents = corpus(20, 3)
    assert sum(map(is_sure, documents)) == 18
    for document in documents:
        assert len(same(document).entries) == 3


def rss(item, channel=""):
    inner = f"<title>L</title>{channel}<item><title>T</title>{item}</item>"
    return f'<rss version="2.0" {NAMES}><channel>{inner}</channel></rss>'


def atom(entry, head=""):
    return f'<feed xmlns="http://www.w3.org/2005/Atom" {NAMES}>{head}<entry><title>T</title>{entry}</entry></feed>'


XHTML = '<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{}</div></content>'
SURE = {
    "XHTML in its box": atom(XHTML.format("<p class='a'>Un &amp; <b>deux</b><br/>trois</p>")),
    "XHTML boxes in a box": atom(XHTML.format("<div>un</div> <div>deux</div>")),
    "XHTML with a prefix": atom('<content type="xhtml"><x:div xmlns:x="http://www.w3.org/1999/xhtml"><x:p>Un</x:p></x:div>'
                                "</content>"),
    "HTML that is escaped": atom('<content type="html">&lt;p&gt;Un&lt;/p&gt;</content><summary>&lt;b&gt;</summary>'),
    "text encoded twice": rss("<description>Ã©tÃ© Ã  la mer</description><dc:creator>LÃ©a</dc:creator>"),
    "French quotes and spaces": rss("<description>«\u00a0été\u00a0» : é\u00a0»</description>"),
    "a link with entities": rss("<link>/a?b=1&amp;amp;c=2&amp;d;=3</link>"),
    "a permalink without link": rss("<guid>https://site.example/7</guid>"),
    "a link after the permalink": rss("<guid>https://site.example/7</guid><link>https://site.example/8</link>"),
    "content before summary": rss("<content:encoded>&lt;p&gt;a&lt;/p&gt;</content:encoded><description/>"),
    "two summaries": rss("<description>Un</description><itunes:summary>Deux</itunes:summary>"),
    "unknown elements": rss("<own:a><own:b>x</own:b></own:a><own:c d='e'>f</own:c><wfw:commentRss>y</wfw:commentRss>"),
    "a mail address as author": rss("<author>lea@site.example (Léa Martin)</author>"),
    "a picture of the channel": rss("", "<image><url>i.png</url><title>Autre</title><link>https://x.example</link></image>"),
    "a title of media": rss('<media:content url="i.jpg" medium="image"><media:title>Non</media:title></media:content>'),
    "halves of an emoji, twice escaped": rss("<description>&amp;#55357;&amp;#56832;</description>"),
    "a bracket of a page builder": rss("<description>[vc_row]Un &lt;b&gt;mot&lt;/b&gt;[/vc_row]</description>"),
    "a language in the root": atom("<summary>x</summary>").replace("<feed", '<feed xml:lang="fr_FR"'),
    "an identifier and no link": atom("<id>https://site.example/a</id>"),
    "two alternates": atom('<link href="a"/><link href="b" hreflang="en"/><link rel="self" href="c"/>'),
    "comments and instructions": rss("<description>a<!-- b -->c<?d e?>f</description>"),
    "Atom 0.3": '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>L</title><entry><title mode="escaped" '
                'type="text/html">Un &lt;b&gt;2&lt;/b&gt;</title><issued>2026-03-01T09:00:00Z</issued></entry></feed>',
    "RSS 0.91": '<rss version="0.91"><channel><title>L</title><item><title>&amp;amp;</title></item></channel></rss>',
}  # fmt: skip


@pytest.mark.parametrize("text", SURE.values(), ids=SURE)
def test_what_is_well_written_is_read_strictly_and_the_same(text):
    assert is_sure(text)
    assert same(text).entries


UNSURE = {
    "a document type": "<!DOCTYPE rss>" + rss(""),
    "an entity of HTML": rss("<description>&eacute;</description>"),
    "a bare ampersand": rss("<description>a & b</description>"),
    "an end that is missing": rss("").replace("</channel>", ""),
    "a control character": rss("<description>\x0b</description>"),
    "xml:base": atom('<content type="html" xml:base="https://b.example/">&lt;a href="x"&gt;y&lt;/a&gt;</content>'),
    "base64": atom('<content type="application/octet-stream" mode="base64">WFk=</content>'),
    "an undeclared prefix": rss("<nobody:knows>x</nobody:knows>"),
    "a prefix taken for another": rss("<x/>").replace("<x/>", "<media:title>x</media:title>").replace(
        "http://search.yahoo.com/mrss/", "https://site.example/other"),
    "a default namespace nobody knows": rss("").replace("<rss", '<rss xmlns="https://site.example/x"'),
    "two titles": rss("<title>Autre</title>"),
    "keywords with attributes": rss('<media:keywords type="html">a, b</media:keywords>'),
    "a title in a link": rss("", '<link href="/h"><title>Un</title></link>'),
    "two dates": rss("<pubDate>2026-03-01</pubDate><pubDate>2026-03-02</pubDate>"),
    "two identifiers": rss("<guid>a</guid><guid>b</guid>"),
    "markup that is not escaped": rss("<description>Un <b>deux</b></description>"),
    "SVG": atom(XHTML.format('<svg xmlns="http://www.w3.org/2000/svg"><title>x</title></svg>')),
    "deep nesting": rss("<own:a>" * 300 + "</own:a>" * 300),
    "two channels": rss("").replace("</channel>", "</channel><channel><title>M</title></channel>"),
    "Windows' characters": rss("<description>l\x92été</description>"),
}  # fmt: skip


@pytest.mark.parametrize("text", UNSURE.values(), ids=UNSURE)
def test_what_is_not_certain_is_handed_over(text):
    assert not is_sure(text)
    same(text)


WORDS = st.sampled_from([
    "Un", "été", "«\u00a0à\u00a0»", "&amp;", "&amp;eacute;", "&lt;b&gt;gras&lt;/b&gt;", "&lt;p&gt;a&lt;/p&gt;",
    "&#8217;",
    "<![CDATA[<p>b & c</p>]]>", "https://site.example/1", "/2?a=1&amp;b=2", "l@site.org (Léa)", "2026-03-01",
    "Sun, 01 Mar 2026 09:00:00 GMT", "1er mars 2026 à 9 h", "Ã©", " ", "\n", "<!-- x -->", "1 &lt; 2", "a, b", "fr_FR",
])  # fmt: skip
NAMED = st.sampled_from([
    "title", "link", "guid", "id", "description", "summary", "content", "content:encoded", "author", "dc:creator",
    "pubDate", "published", "updated", "dc:date", "category", "dc:subject", "itunes:summary", "media:title",
    "media:description", "media:text", "media:keywords", "media:group", "source", "language", "own:x", "comments",
    "dc:rights", "name", "media:content", "enclosure", "contributor", "rights", "Title", "itunes:image", "image",
])  # fmt: skip
ATTRIBUTES = st.sampled_from([
    "", "", "", "", ' type="html"', ' type="text"', ' isPermaLink="false"', ' rel="self"', ' href="/h"',
    ' xml:lang="en"',
    ' term="t" label="Un"', ' domain="d"', ' url="/u.jpg" type="image/jpeg"', ' url="/m.png" medium="image"',
    ' lang="fr"',
    ' type="TEXT/HTML"', ' rel="alternate" href="b"', ' mode="escaped"', ' own:y="z"',
])  # fmt: skip
LEAVES = st.builds(
    lambda name, said, words: f"<{name}{said}>{''.join(words)}</{name}>", NAMED, ATTRIBUTES, st.lists(WORDS, max_size=3)
)
ELEMENTS = LEAVES | st.builds(
    lambda name, said, inner: f"<{name}{said}>{''.join(inner)}</{name}>",
    NAMED,
    ATTRIBUTES,
    st.lists(LEAVES, max_size=2),
)
ROOTS = st.sampled_from([
    (f'<rss version="2.0" {NAMES}><channel>', "item", "</channel></rss>"),
    (f'<rss version="0.92" {NAMES} xmlns:atom="http://www.w3.org/2005/Atom"><channel>', "item", "</channel></rss>"),
    (f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr" {NAMES}>', "entry", "</feed>"),
    (f'<feed version="0.3" xmlns="http://purl.org/atom/ns#" {NAMES}>', "entry", "</feed>"),
    ('<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
     f"{NAMES}><channel/>", "item", "</rdf:RDF>"),
])  # fmt: skip


@given(ROOTS, st.lists(ELEMENTS, max_size=3), st.lists(st.lists(ELEMENTS, max_size=7), min_size=1, max_size=3))
@settings(max_examples=MANY, deadline=None)
def test_whatever_stands_in_a_feed_both_readers_say_the_same(root, head, items):
    start, item, end = root
    same(start + "".join(head) + "".join(f"<{item}>{''.join(inner)}</{item}>" for inner in items) + end)
