"""RSS 2.0 with the RSS Advisory Board's profile, and the modules content, dc, sy, atom and Media RSS."""

# A rule is a line.
# ruff: noqa: E501, I001
from __future__ import annotations

from typing import Any

from checking import (
    ERROR, NS, PREFIXES, WARNING, Rule, at_most_one, blank, each, exactly_one, has_bad_characters, has_markup,
    implausible, not_http, not_iri, not_language, not_mime, not_rfc_822, not_size, not_uri, relative, repeated, text,
    unsafe,
)  # fmt: skip

CHANNEL = {
    "category", "cloud", "copyright", "description", "docs", "generator", "image", "item", "language", "lastBuildDate",
    "link", "managingEditor", "pubDate", "rating", "skipDays", "skipHours", "textInput", "title", "ttl", "webMaster",
}  # fmt: skip
ITEM = {"author", "category", "comments", "description", "enclosure", "guid", "link", "pubDate", "source", "title"}
ATTRIBUTES = {
    "category": {"domain"}, "enclosure": {"length", "type", "url"}, "guid": {"isPermaLink"}, "rss": {"version"},
    "source": {"url"},
}  # fmt: skip
GOOD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"><channel>
<title>Une école</title><link>https://x.example/</link><description>Ses nouvelles</description><language>fr</language>
<atom:link href="https://x.example/feeds/all.rss" rel="self" type="application/rss+xml"/>
<lastBuildDate>Mon, 02 Mar 2026 09:00:00 +0000</lastBuildDate><sy:updatePeriod>hourly</sy:updatePeriod>
<image><url>https://x.example/icon.png</url><title>Une école</title><link>https://x.example/</link><width>144</width><height>144</height></image>
<item><title>A visit</title><link>https://x.example/items/1</link><description>Short</description>
<content:encoded>&lt;p&gt;&lt;a href="https://y.example/"&gt;Long&lt;/a&gt;&lt;/p&gt;</content:encoded>
<guid isPermaLink="false">urn:uuid:01a206a6-71d8-7000-937e-86cd68c23e60</guid>
<category domain="https://x.example/category/">Masters</category>
<enclosure url="https://x.example/1.jpg" length="10" type="image/jpeg"/>
<source url="https://y.example/feed">Partner</source><pubDate>Sun, 01 Mar 2026 09:00:00 +0000</pubDate>
<dc:creator>Zoé</dc:creator><dc:language>en</dc:language>
<media:content url="https://x.example/1.jpg" type="image/jpeg" medium="image" width="10" height="20"><media:title type="plain">Alt</media:title></media:content></item>
<item><title>Une visite</title><link>https://x.example/items/2</link>
<guid isPermaLink="true">https://x.example/items/2</guid></item>
</channel></rss>
"""


def _unknown(document: Any) -> list[str]:
    known = {
        "/rss": {"channel"},
        "/rss/channel": CHANNEL,
        "/rss/channel/item": ITEM,
        "/rss/channel/image": {"url", "title", "link", "width", "height", "description"},
    }
    return [
        child.tag
        for path, names in known.items()
        for child in document.xpath(f"{path}/*[namespace-uri()='']")
        if child.tag not in names
    ]


def _attributes(document: Any) -> list[str]:
    return [
        f"{found.tag} {name}" for found in document.xpath("//*[namespace-uri()='']") for name in found.attrib
        if name not in ATTRIBUTES.get(found.tag, set())
    ]  # fmt: skip


def _no_permalink(guid: Any) -> bool:
    return guid.get("isPermaLink", "true") == "true" and not_http(guid)


def _prefixes(document: Any) -> list[str]:
    known = PREFIXES | {NS["a"]: "atom"}
    pairs = {pair for element in document.iter() for pair in element.nsmap.items()}
    return [f"{prefix}={name}" for prefix, name in pairs if known.get(name) != prefix]


def _body_first(item: Any) -> bool:
    names = [child.tag for child in item]
    body = f"{{{NS['content']}}}encoded"
    return body in names and ("description" not in names or names.index("description") > names.index(body))


def _image_misshaped(image: Any) -> bool:
    """At most 144 by 400 pixels; of one that does not say, 88 by 31 are assumed."""
    said = [(image.findtext(name) or "", most) for name, most in (("width", 144), ("height", 400))]
    return any(not size.isdigit() or not 0 < int(size) <= most for size, most in said)


def _image_differs(image: Any) -> bool:
    channel = image.getparent()
    return any(image.findtext(name) != channel.findtext(name) for name in ("title", "link"))


_HTML = "//item/description | //content:encoded"
_PLAIN = "//channel/description | //title | //category | //source | //dc:creator | //media:title[@type='plain']"
RULES = [
    Rule("the root is rss 2.0", ERROR, each("/*", lambda root: root.tag != "rss" or root.get("version") != "2.0"), 'version="2.0"', 'version="2.1"'),
    Rule("there is one channel", ERROR, exactly_one("/rss", "channel"), "</channel>", "</channel><channel/>"),
    Rule("no element RSS does not know", ERROR, _unknown, "<title>A visit</title>", "<title>A visit</title><updated/>"),
    Rule("no attribute RSS does not know", ERROR, _attributes, "<title>A visit", '<title type="text">A visit'),
    Rule("a channel has one title, link, description", ERROR, exactly_one("//channel", "title", "link", "description"), "<description>Ses nouvelles</description>", ""),
    Rule("a channel has at most one of the rest", ERROR, at_most_one("//channel", "language", "image", "lastBuildDate", "pubDate", "generator", "docs", "ttl", "copyright"), "<language>fr</language>", "<language>fr</language><language>fr</language>"),
    Rule("an item has a title or a description", ERROR, each("//item[not(title) and not(description)]", lambda _: True), "<title>Une visite</title>", ""),
    Rule("an item has at most one of each", ERROR, at_most_one("//item", "title", "link", "description", "content:encoded", "guid", "pubDate", "source", "author", "comments"), "<dc:creator>", "<pubDate>Sun, 01 Mar 2026 09:00:00 +0000</pubDate><dc:creator>"),
    Rule("an item has at most one enclosure", WARNING, at_most_one("//item", "enclosure"), "<enclosure ", '<enclosure url="https://x.example/2.jpg" length="1" type="image/jpeg"/><enclosure '),
    Rule("an item has a guid", WARNING, each("//item[not(guid)]", lambda _: True), '<guid isPermaLink="true">https://x.example/items/2</guid>', ""),
    Rule("a guid is not blank", ERROR, each("//guid", blank), ">https://x.example/items/2</guid>", "> </guid>"),
    Rule("a guid that is an IRI is a whole one", ERROR, each("//guid[starts-with(., 'urn:uuid:')]", not_iri), "urn:uuid:01a206a6-71d8", "urn:uuid:71d8"),
    Rule("isPermaLink is true or false", ERROR, each("//guid/@isPermaLink", lambda said: said not in ("true", "false")), 'isPermaLink="true"', 'isPermaLink="yes"'),
    Rule("a permalink is an address", ERROR, each("//guid", _no_permalink), ' isPermaLink="false"', ""),
    Rule("guids are unique", ERROR, repeated("//guid/text()"), "urn:uuid:01a206a6-71d8-7000-937e-86cd68c23e60", "https://x.example/items/2"),
    Rule("a guid is no small number", WARNING, each("//guid", lambda guid: text(guid).isdigit() and len(text(guid)) < 9), "urn:uuid:01a206a6-71d8-7000-937e-86cd68c23e60", "12"),
    Rule("a link is a whole URI", ERROR, each("//link", not_uri), "<link>https://x.example/items/2", "<link>/items/2"),
    Rule("a link knows ASCII alone", ERROR, each("//link | //enclosure/@url | //source/@url | //media:*/@url", not_uri), "<link>https://x.example/items/2", "<link>https://x.example/é"),
    Rule("dates are RFC 822 with a numeric zone and the right day", ERROR, each("//pubDate | //lastBuildDate", not_rfc_822), "<pubDate>Sun", "<pubDate>Mon"),
    Rule("dates name no zone by letters", ERROR, each("//pubDate | //lastBuildDate", lambda date: text(date)[-3:].isalpha()), "<pubDate>Sun, 01 Mar 2026 09:00:00 +0000", "<pubDate>Sun, 01 Mar 2026 09:00:00 GMT"),
    Rule("dates are plausible", WARNING, each("//pubDate | //lastBuildDate", implausible), "<pubDate>Sun, 01 Mar 2026", "<pubDate>Sun, 01 Mar 1970"),
    Rule("a channel says its language", WARNING, each("//channel[not(language)]", lambda _: True), "<language>fr</language>", ""),
    Rule("languages are BCP 47", ERROR, each("//language | //dc:language", not_language), "<language>fr", "<language>French!"),
    Rule("an enclosure has url, length and type", ERROR, each("//enclosure", lambda found: not_http(found.get("url", "")) or not found.get("length", "").isdigit() or not_mime(found.get("type", ""))), ' length="10" type', " type"),
    Rule("a source has an address", ERROR, each("//source", lambda found: not_uri(found.get("url", ""))), '<source url="https://y.example/feed">', "<source>"),
    Rule("a category is not blank", WARNING, each("//category", blank), "Masters", " "),
    Rule("a title is not blank", WARNING, each("//title", blank), "Une visite", " "),
    Rule("plain text has no markup", WARNING, each(_PLAIN, has_markup), "Une visite", "&lt;b&gt;Une&lt;/b&gt; visite"),
    Rule("no characters that were read in a wrong encoding", WARNING, each("//text() | //@*", has_bad_characters), "Une visite", "\x85"),
    Rule("a body runs nothing", WARNING, each(_HTML, unsafe), "&lt;p&gt;", "&lt;script&gt;x&lt;/script&gt;&lt;p&gt;"),
    Rule("a body's addresses are whole", WARNING, each(_HTML, relative), 'href="https://y.example/"', 'href="y"'),
    Rule("a description stands before the body", WARNING, each("//item", _body_first), "<description>Short</description>", ""),
    Rule("a channel has one self link", WARNING, each("//channel", lambda channel: len(channel.xpath("a:link[@rel='self']", namespaces=NS)) != 1), 'rel="self"', 'rel="via"'),
    Rule("a self link is whole", ERROR, each("//a:link/@href", not_uri), 'href="https://x.example/feeds/all.rss"', 'href="all.rss"'),
    Rule("an image has url, title and link", ERROR, exactly_one("//image", "url", "title", "link"), "<url>https://x.example/icon.png</url>", ""),
    Rule("an image repeats the channel's title and link", WARNING, each("//image", _image_differs), "<image><url>https://x.example/icon.png</url><title>Une école", "<image><url>https://x.example/icon.png</url><title>Logo"),
    Rule("an image is as large as RSS lets it be, or as it takes it to be", WARNING, each("//image", _image_misshaped), "<width>144</width>", "<width>512</width>"),
    Rule("an image is a GIF, JPEG or PNG", WARNING, each("//image/url", lambda url: not text(url).lower().endswith((".gif", ".jpg", ".jpeg", ".png"))), "icon.png", "icon.svg"),
    Rule("an author is an e-mail address", ERROR, each("//author | //managingEditor | //webMaster", lambda found: "@" not in text(found)), "<dc:creator>Zoé</dc:creator>", "<author>Zoé</author>"),
    Rule("nothing is said twice in two vocabularies", WARNING, each("//item", lambda item: any(len(item.xpath(pair, namespaces=NS)) > 1 for pair in ("author[1] | dc:creator[1]", "pubDate[1] | dc:date[1]", "category[1] | dc:subject[1]", "guid[1] | a:id[1]"))), "<dc:creator>", "<dc:date>2026-03-01</dc:date><dc:creator>"),
    Rule("a channel's own words stand before its items", WARNING, each("//channel/item/following-sibling::*[not(self::item)]", lambda _: True), "</item>\n</channel>", "</item><ttl>60</ttl></channel>"),
    Rule("update periods are those of the module", ERROR, each("//sy:updatePeriod", lambda said: text(said) not in ("hourly", "daily", "weekly", "monthly", "yearly")), "hourly", "often"),
    Rule("vocabularies are known and have their usual prefixes", WARNING, _prefixes, "<rss ", '<rss xmlns:z="https://z.example/" '),
    Rule("media has a URI", ERROR, each("//media:content | //media:thumbnail", lambda found: not_uri(found.get("url", ""))), '<media:content url="https://x.example/1.jpg"', "<media:content"),
    Rule("a medium says each thing once", ERROR, at_most_one("//media:content", "media:title", "media:description", "media:copyright"), "</media:title></media:content>", "</media:title><media:title>b</media:title></media:content>"),
    Rule("a medium's size in bytes is positive", ERROR, each("//media:content/@fileSize", not_size), 'medium="image"', 'medium="image" fileSize="0"'),
    Rule("a picture's sides are positive", ERROR, each("//media:*/@width | //media:*/@height", not_size), 'width="10"', 'width="0"'),
    Rule("a medium is one of those there are", ERROR, each("//media:content/@medium", lambda said: said not in ("image", "audio", "video", "document", "executable")), 'medium="image"', 'medium="picture"'),
    Rule("a media title is plain or html", ERROR, each("//media:title/@type", lambda said: said not in ("plain", "html")), 'type="plain"', 'type="text"'),
]  # fmt: skip
