"""Whatever an entry says, every format says it: read back by an XML or JSON parser to the letter, and by feedparser."""

import html
import io
import json
import re
from dataclasses import replace
from datetime import UTC, datetime

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from feeds.cleaned import cleaned
from feeds.document import Entry, FromSource, Term
from feeds.formats import FORMATS
from news.items import Image
from news.text import xml_safe

NS = {
    "a": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
}
NASTY = [
    "]]>", "<![CDATA[", "&amp;", "&#60;", "&", "<", ">", '"', "'", "<!--", "-->", "<script>", "</b>", "<?xml?>",
    "\x00", "\x0b", "\ud800", "\udfff", "\ufffe", "\uffff", "\U0001f1eb\U0001f1f7", "👩\u200d🔬", "عربى",
    "\u202e", "\u2028", "\u00a0", "\x85", "\r\n", "é", "e\u0301", "%", "\\", "\\u0041", "{{ x }}", "a" * 10_000,
]  # fmt: skip
LONE_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
moments = st.datetimes(
    min_value=datetime(1970, 1, 1), max_value=datetime(2199, 12, 31, 23, 59, 59), timezones=st.just(UTC)
)  # fmt: skip
quick = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def texts():
    anything = st.text(st.characters(exclude_categories=()), max_size=20)
    return st.lists(st.sampled_from(NASTY) | anything, max_size=6).map("".join)


def texts_for_feedparser():
    """feedparser mends what it takes for mistakes of others: UTF-8 read as Latin-1, references to characters."""
    return texts().map(lambda text: re.sub("&+(?=[#a])|[\x80-\xbf]", "", xml_safe(text)))


def addresses():
    path = st.text("abcé/?&=#%20+,;:@!$'()*~", max_size=20)
    return path.map(lambda rest: "https://x.example/" + rest)


def entries(words):
    terms = st.builds(Term, st.from_regex(r"[a-z]{1,9}", fullmatch=True), words, addresses())
    return st.builds(
        Entry,
        id=st.uuids().map(lambda made: f"urn:uuid:{made}"),
        title=words,
        url=addresses(),
        page=st.just("https://news.example.org/items/1/a"),
        summary=words,
        content_html=words,
        language=st.sampled_from(["fr", "en", "ar", "pt-BR"]),
        published=moments,
        updated=moments,
        author=st.none() | words,
        image=st.none() | st.builds(Image, url=addresses(), alt=words, width=st.none() | st.integers(-1, 9999)),
        categories=st.lists(terms, max_size=3, unique_by=lambda term: term.slug).map(tuple),
        source=st.none() | st.builds(FromSource, st.just("urn:x:1"), words, addresses(), moments),
    )


def written(name, feed):
    return FORMATS[name].write(feed)


@quick
@given(entry=entries(texts()))
def test_atom_says_to_the_letter_what_the_entry_says(of, entry):
    feed = of(entry)
    (said,) = cleaned(feed).entries
    found = etree.fromstring(written("atom", feed)).find("a:entry", NS)
    assert found.findtext("a:id", namespaces=NS) == said.id
    assert found.findtext("a:title", namespaces=NS) == said.title
    assert (found.findtext("a:summary", namespaces=NS) or "") == said.summary
    assert (found.findtext("a:content", namespaces=NS) or "") == said.content_html
    assert found.xpath("string(a:link[@rel='alternate']/@href)", namespaces=NS) == said.url
    assert found.findtext("a:author/a:name", namespaces=NS) == said.author
    assert datetime.fromisoformat(found.findtext("a:published", namespaces=NS)) == said.published
    assert datetime.fromisoformat(found.findtext("a:updated", namespaces=NS)) == said.updated
    terms = [Term(term.get("term"), term.get("label"), term.get("scheme")) for term in found.findall("a:category", NS)]
    assert tuple(terms) == said.categories


@quick
@given(entry=entries(texts()))
def test_rss_says_to_the_letter_what_the_entry_says(of, entry):
    feed = of(entry)
    (said,) = cleaned(feed).entries
    found = etree.fromstring(written("rss", feed)).find("channel/item")
    assert found.findtext("guid") == said.id
    assert found.findtext("title") == said.title
    if said.summary:
        assert html.unescape(found.findtext("description")) == said.summary
    if said.content_html:
        assert (found.findtext("content:encoded", namespaces=NS) or found.findtext("description")) == said.content_html
    assert found.findtext("link") == LONE_PERCENT.sub("%25", said.url.replace("é", "%C3%A9"))
    assert found.findtext("dc:creator", namespaces=NS) == said.author
    assert [term.text for term in found.findall("category")] == [term.name for term in said.categories]


@quick
@given(entry=entries(texts()))
def test_json_says_to_the_letter_what_the_entry_says(of, entry):
    feed = of(entry)
    (said,) = cleaned(feed).entries
    (found,) = json.loads(written("json", feed))["items"]
    assert (found["id"], found["title"], found["url"]) == (said.id, said.title, said.url)
    assert found.get("summary", "") == said.summary
    assert found.get("content_html", "") == said.content_html
    assert found.get("content_html") or found.get("content_text")
    assert datetime.fromisoformat(found["date_published"]) == said.published
    assert found.get("tags", []) == [term.name for term in said.categories]


@pytest.mark.parametrize("name", ["atom", "rss"])
@quick
@given(entry=entries(texts_for_feedparser()))
def test_feedparser_reads_what_the_entry_says(of, name, entry):
    feed = of(replace(entry, url="https://x.example/a?b=1&c=2#d"))
    (said,) = cleaned(feed).entries
    read = feedparser.parse(io.BytesIO(written(name, feed)), sanitize_html=False, resolve_relative_uris=False)
    (found,) = read.entries
    assert not read.bozo
    assert (found.id, found.link, found.title) == (said.id, said.url, said.title)
    assert found.published_parsed[:6] == said.published.timetuple()[:6]
    assert [tag.label or tag.term for tag in found.get("tags", [])] == [term.name for term in said.categories]
    if said.summary:
        assert (html.unescape(found.summary) if name == "rss" else found.summary) == said.summary
    if said.content_html and "content" in found:
        assert [content.value for content in found.content if content.type == "text/html"] == [said.content_html]


@quick
@given(title=texts(), subtitle=texts(), author=texts())
@pytest.mark.parametrize("name", ["atom", "rss"])
def test_a_hostile_feed_is_still_a_document(feed, name, title, subtitle, author):
    hostile = replace(feed, title=title, subtitle=subtitle, author=author)
    found = etree.fromstring(written(name, hostile))
    assert found.findtext("a:title" if name == "atom" else "channel/title", namespaces=NS) == cleaned(hostile).title
