"""Atom (RFC 4287) with archives (RFC 5005), tombstones (RFC 6721) and Media RSS."""

# A rule is a line.
# ruff: noqa: E501, I001

from __future__ import annotations

from typing import Any

from checking import (
    ERROR, LANG, NS, PREFIXES, WARNING, Rule, at_most_one, blank, each, exactly_one, has_bad_characters, has_markup,
    implausible, not_iri, not_language, not_mime, not_rfc_3339, not_size, not_uri, relative, repeated, text, unsafe,
)  # fmt: skip

ATOM = "{" + NS["a"] + "}"
RELATIONS = {
    "alternate", "current", "enclosure", "first", "hub", "last", "next", "next-archive", "prev-archive", "previous",
    "related", "replies", "self", "via",
}  # fmt: skip
HISTORY = {"current", "first", "last", "next", "next-archive", "prev-archive", "previous"}
KNOWN = {
    "a:feed": {"author", "category", "contributor", "entry", "generator", "icon", "id", "link", "logo", "rights",
               "subtitle", "title", "updated"},
    "a:entry": {"author", "category", "content", "contributor", "id", "link", "published", "rights", "source",
                "summary", "title", "updated"},
    "a:source": {"author", "category", "contributor", "generator", "icon", "id", "link", "logo", "rights", "subtitle",
                 "title", "updated"},
}  # fmt: skip
ATTRIBUTES = {
    "link": {"href", "rel", "type", "hreflang", "title", "length"}, "category": {"term", "scheme", "label"},
    "content": {"type", "src"}, "generator": {"uri", "version"}, "title": {"type"}, "summary": {"type"},
    "subtitle": {"type"}, "rights": {"type"},
}  # fmt: skip
GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:fh="http://purl.org/syndication/history/1.0" xmlns:at="http://purl.org/atompub/tombstones/1.0" xml:lang="fr">
<id>urn:uuid:01a206a6-7194-7000-8af6-c493e495275a</id><title>Une école</title>
<updated>2026-03-02T09:00:00+00:00</updated><author><name>École</name></author>
<link href="https://x.example/feeds/all/archive/1.atom" rel="self" type="application/atom+xml"/>
<link href="https://x.example/" rel="alternate" type="text/html"/>
<link href="https://x.example/feeds/all.atom" rel="current" type="application/atom+xml"/>
<link href="https://x.example/feeds/all/archive/0.atom" rel="prev-archive" type="application/atom+xml"/>
<icon>https://x.example/icon.png</icon><fh:archive/>
<at:deleted-entry ref="urn:uuid:01a206a6-71d8-7000-937e-86cd68c23e61" when="2026-03-01T09:00:00+00:00"/>
<entry xml:lang="en"><id>urn:uuid:01a206a6-71d8-7000-937e-86cd68c23e60</id><title>A visit</title>
<updated>2026-03-02T09:00:00+00:00</updated><published>2026-03-01T09:00:00+00:00</published>
<author><name>Zoé</name></author>
<link href="https://x.example/items/1" rel="alternate" type="text/html"/>
<link href="https://x.example/1.jpg" rel="enclosure" type="image/jpeg" length="10"/>
<summary type="text">Short</summary>
<content type="html">&lt;p&gt;&lt;a href="https://y.example/"&gt;Long&lt;/a&gt;&lt;/p&gt;</content>
<category term="masters" scheme="https://x.example/category/" label="Masters"/>
<source><id>urn:uuid:01a206a6-71d8-7000-937e-86cd68c23e62</id><title>Partner</title>
<updated>2026-03-01T09:00:00+00:00</updated></source>
<media:thumbnail url="https://x.example/1.jpg" width="10" height="20"/></entry>
<entry><id>urn:uuid:01a206a6-71d8-7000-937e-86cd68c23e63</id><title>Une visite</title>
<updated>2026-03-01T09:00:00+00:00</updated><summary>Court</summary>
<link href="https://x.example/items/2" rel="alternate" type="text/html"/></entry>
</feed>
"""


def _unknown(document: Any) -> list[str]:
    return [
        child.tag for parent, known in KNOWN.items()
        for child in document.xpath(f"//{parent}/a:*", namespaces=NS) if child.tag.removeprefix(ATOM) not in known
    ]  # fmt: skip


def _foreign(document: Any) -> list[str]:
    names = {name for element in document.iter() for name in element.nsmap.values()}
    return [name for name in names if name not in (*PREFIXES, NS["a"])]


def _prefixes(document: Any) -> list[str]:
    pairs = {pair for element in document.iter() for pair in element.nsmap.items()}
    return [str(prefix) for prefix, name in pairs if prefix != PREFIXES.get(name)]


def _same_alternates(parent: Any) -> bool:
    links = parent.xpath("a:link[not(@rel) or @rel='alternate']", namespaces=NS)
    kinds = [(link.get("type"), link.get("hreflang")) for link in links]
    return len(kinds) != len(set(kinds))


def _no_author(entry: Any) -> bool:
    return not entry.xpath("a:author | a:source/a:author | ../a:author", namespaces=NS)


def _no_content_nor_alternate(entry: Any) -> bool:
    return not entry.xpath("a:content | a:link[not(@rel) or @rel='alternate']", namespaces=NS)


def _attributes(document: Any) -> list[str]:
    return [
        f"{found.tag} {name}" for found in document.xpath("//a:*", namespaces=NS) for name in found.attrib
        if name != LANG and name not in ATTRIBUTES.get(found.tag.removeprefix(ATOM), set())
    ]  # fmt: skip


def _late(document: Any) -> list[str]:
    return [
        found.tag
        for found in document.xpath("/a:feed/a:entry/following-sibling::a:*[not(self::a:entry)]", namespaces=NS)
    ]


_HTML = "//a:content[@type='html'] | //a:summary[@type='html']"
_PLAIN = (
    "//a:title[not(@type) or @type='text'] | //a:summary[not(@type) or @type='text'] | //a:category/@label | //a:name"
    " | //a:subtitle[not(@type) or @type='text'] | //a:link/@title | //media:title[not(@type) or @type='plain']"
)
RULES = [
    Rule("the root is atom:feed", ERROR, each("/*", lambda root: root.tag != ATOM + "feed"), "<feed ", "<feeds "),
    Rule("no unknown element in Atom's namespace", ERROR, _unknown, "<icon>", "<favicon/><icon>"),
    Rule("a feed has one id, title, updated", ERROR, exactly_one("//a:feed", "a:id", "a:title", "a:updated"), "<title>Une école</title>", ""),
    Rule("a feed has at most one of the rest", ERROR, at_most_one("//a:feed", "a:icon", "a:logo", "a:subtitle", "a:generator", "a:rights"), "<icon>", "<icon>https://x.example/i.png</icon><icon>"),
    Rule("an entry has one id, title, updated", ERROR, exactly_one("//a:entry", "a:id", "a:title", "a:updated"), "<title>A visit</title>", ""),
    Rule("an entry has at most one of the rest", ERROR, at_most_one("//a:entry", "a:content", "a:published", "a:source", "a:summary", "a:rights"), "<summary>Court</summary>", "<summary>Court</summary><summary>x</summary>"),
    Rule("an entry has an author, its source's, or the feed's", ERROR, each("//a:entry", _no_author), "<author><name>École</name></author>", ""),
    Rule("an author has one name, not blank", ERROR, each("//a:author", lambda author: len(author.xpath("a:name[normalize-space()]", namespaces=NS)) != 1), "<name>Zoé</name>", "<name> </name>"),
    Rule("an entry has content or an alternate link", ERROR, each("//a:entry", _no_content_nor_alternate), '<link href="https://x.example/items/2" rel="alternate" type="text/html"/>', ""),
    Rule("one alternate link of a type and language", ERROR, each("//a:feed | //a:entry", _same_alternates), '<summary type="text">', '<link href="https://x.example/b" type="text/html"/><summary type="text">'),
    Rule("a link has an address", ERROR, each("//a:link[not(@href)]", lambda _: True), 'href="https://x.example/items/2" ', ""),
    Rule("a link's address is a whole IRI", ERROR, each("//a:link/@href", not_iri), "https://x.example/items/2", "/items/2"),
    Rule("a link's type is a media type", ERROR, each("//a:link/@type", not_mime), 'type="image/jpeg"', 'type="jpeg"'),
    Rule("a link's length is a number", ERROR, each("//a:link/@length", not_size), 'length="10"', 'length="big"'),
    Rule("a link's title is not blank", WARNING, each("//a:link/@title", blank), 'length="10"', 'title=" "'),
    Rule("a link is empty", WARNING, each("//a:link", lambda link: bool(link.text and link.text.strip()) or len(link)), 'length="10"/>', 'length="10">x</link>'),
    Rule("a link's relation is registered", WARNING, each("//a:link/@rel", lambda rel: rel not in RELATIONS), 'rel="enclosure"', 'rel="picture"'),
    Rule("links of the past stand in the feed, not in an entry", WARNING, each("//a:entry/a:link/@rel", lambda rel: rel in HISTORY), 'rel="enclosure"', 'rel="next"'),
    Rule("a feed has one self link", WARNING, each("/a:feed", lambda feed: len(feed.xpath("a:link[@rel='self']", namespaces=NS)) != 1), 'rel="self"', 'rel="via"'),
    Rule("a self link leads to a feed", WARNING, each("//a:link[@rel='self']/@type", lambda kind: not kind.endswith("+xml")), 'rel="self" type="application/atom+xml"', 'rel="self" type="text/html"'),
    Rule("an archive document names the current feed", WARNING, each("/a:feed[fh:archive]", lambda feed: not feed.xpath("a:link[@rel='current']", namespaces=NS)), 'rel="current"', 'rel="related"'),
    Rule("an id is a whole IRI", ERROR, each("//a:id", not_iri), "urn:uuid:01a206a6-71d8-7000-937e-86cd68c23e63", "urn:uuid:63"),
    Rule("an icon is a whole IRI", ERROR, each("//a:icon | //a:logo", not_iri), "https://x.example/icon.png", "icon.png"),
    Rule("ids are unique", ERROR, repeated("//a:entry/a:id/text()"), "86cd68c23e63</id>", "86cd68c23e60</id>"),
    Rule("times are RFC 3339 with a zone", ERROR, each("//a:updated | //a:published", not_rfc_3339), "<published>2026-03-01T09:00:00+00:00", "<published>2026-03-01T09:00:00"),
    Rule("times are plausible", WARNING, each("//a:updated | //a:published", implausible), "<published>2026-", "<published>1970-"),
    Rule("no two entries were updated at the same moment", WARNING, repeated("//a:entry/a:updated/text()"), "<updated>2026-03-01T09:00:00+00:00</updated><summary>", "<updated>2026-03-02T09:00:00+00:00</updated><summary>"),
    Rule("a text's type is text, html or xhtml", ERROR, each("//a:title/@type | //a:summary/@type | //a:subtitle/@type", lambda kind: kind not in ("text", "html", "xhtml")), '<summary type="text">', '<summary type="text/plain">'),
    Rule("a text has no children", ERROR, each("//a:title/* | //a:summary/* | //a:content[@type='html']/*", lambda _: True), "Court", "<b>Court</b>"),
    Rule("a title is not blank", WARNING, each("//a:title", blank), "<title>A visit</title>", "<title> </title>"),
    Rule("a summary is not blank", WARNING, each("//a:summary", blank), "Court", " "),
    Rule("an entry has some text", WARNING, each("//a:entry", lambda entry: not entry.xpath("a:summary | a:content", namespaces=NS)), "<summary>Court</summary>", ""),
    Rule("plain text has no markup", WARNING, each(_PLAIN, has_markup), "Court", "&lt;b&gt;Court&lt;/b&gt;"),
    Rule("no characters that were read in a wrong encoding", WARNING, each("//text() | //@*", has_bad_characters), 'label="Masters"', 'label="\x85"'),
    Rule("a body runs nothing", WARNING, each(_HTML, unsafe), "&lt;p&gt;", "&lt;script&gt;x&lt;/script&gt;&lt;p&gt;"),
    Rule("a body's addresses are whole", WARNING, each(_HTML, relative), 'href="https://y.example/"', 'href="y"'),
    Rule("a category has a term", ERROR, each("//a:category", lambda term: blank(term.get("term", ""))), 'term="masters" ', ""),
    Rule("a category's scheme is a whole IRI", ERROR, each("//a:category/@scheme", not_iri), "https://x.example/category/", "category"),
    Rule("a category's label is not blank", WARNING, each("//a:category/@label", blank), 'label="Masters"', 'label=""'),
    Rule("a source has id, title, updated", WARNING, exactly_one("//a:source", "a:id", "a:title", "a:updated"), "<title>Partner</title>", ""),
    Rule("languages are BCP 47", ERROR, each("//@xml:lang", not_language), 'xml:lang="en"', 'xml:lang="English!"'),
    Rule("a feed says its language", WARNING, each("/a:feed", lambda feed: not feed.get(LANG)), ' xml:lang="fr"', ""),
    Rule("a feed's own words stand before its entries", ERROR, _late, "</entry>\n</feed>", "</entry><rights>x</rights></feed>"),
    Rule("only vocabularies that readers know", WARNING, _foreign, "<feed ", '<feed xmlns:z="https://z.example/" '),
    Rule("vocabularies have their usual prefixes", WARNING, _prefixes, "<feed ", '<feed xmlns:dublin="http://purl.org/dc/elements/1.1/" '),
    Rule("a thumbnail has a URI", ERROR, each("//media:thumbnail | //media:content[not(media:*)]", lambda found: not_uri(found.get("url", ""))), '<media:thumbnail url="https://x.example/1.jpg"', "<media:thumbnail"),
    Rule("no attribute Atom does not know", ERROR, _attributes, '<link href="https://x.example/items/2"', '<link lang="fr" href="https://x.example/items/2"'),
    Rule("a medium says each thing once", ERROR, at_most_one("//media:content", "media:title", "media:description", "media:copyright"), "<media:thumbnail ", '<media:content url="https://x.example/1.jpg"><media:title>a</media:title><media:title>b</media:title></media:content><media:thumbnail '),
    Rule("a medium's size in bytes is positive", ERROR, each("//media:content/@fileSize", not_size), "<media:thumbnail ", '<media:content url="https://x.example/1.jpg" fileSize="0"/><media:thumbnail '),
    Rule("a picture's sides are positive", ERROR, each("//media:*/@width | //media:*/@height", not_size), 'width="10"', 'width="0"'),
    Rule("a tombstone names an entry and a moment", ERROR, each("//at:deleted-entry", lambda gone: not_iri(gone.get("ref", "")) or not_rfc_3339(gone.get("when", ""))), 'when="2026-03-01T09:00:00+00:00"', 'when="yesterday"'),
    Rule("no entry is there and gone", ERROR, each("//at:deleted-entry", lambda gone: gone.get("ref") in [text(found) for found in gone.xpath("//a:entry/a:id", namespaces=NS)]), "86cd68c23e61", "86cd68c23e60"),
]  # fmt: skip
