"""Documents made to hurt whoever reads them; each in a function, so that none is made before it is needed."""

from __future__ import annotations

import json

ITEM = b"<item><title>Une</title><guid>%s</guid><link>https://p.example/%s</link></item>"
RSS = b'<?xml version="1.0"?><rss version="2.0"><channel><title>T</title>%s</channel></rss>'
_EVIL = (
    "<script>alert(1)</script><img src=x onerror=alert(1)><a href=' &#106;avascript:alert(1)'>a</a>"
    "<svg/onload=alert(1)>"
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript><iframe srcdoc=x></iframe>'
    "<style>@import 'x'</style><math><mi xlink:href='javascript:x'>m</mi></math>"
)
_ESCAPED = _EVIL.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


def nested_entities() -> bytes:
    """A billion laughs."""
    names = "".join(
        f'<!ENTITY {chr(one)} "{f"&{chr(one - 1)};" * 10}">' for one in range(ord("b"), ord("k"))
    )  # fmt: skip
    return f'<!DOCTYPE r [<!ENTITY a "ha">{names}]><rss><channel><title>&j;</title></channel></rss>'.encode()


def repeated_entity() -> bytes:
    """One long entity, many times."""
    said = "&a;" * 20_000
    return (
        f'<!DOCTYPE r [<!ENTITY a "{"x" * 50_000}">]><rss version="2.0"><channel><title>T</title>'
        f"<item><title>A</title><description>{said}</description></item></channel></rss>"
    ).encode()


def file_entity() -> bytes:
    """What stands on our own disk."""
    return (
        b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY % y SYSTEM "http://127.0.0.1:1/d"> %y;]>'
        b'<rss version="2.0"><channel><title>T</title><item><title>Fichier &x;</title><guid>xxe</guid>'
        b"<description>&x;</description></item></channel></rss>"
    )


def of(*parts: bytes) -> bytes:
    """A feed with one item of these parts."""
    return RSS % b"".join([b"<item><title>A</title><guid>a</guid>", *parts, b"</item>"])


def scripts_everywhere() -> bytes:
    """Every field of RSS, once escaped and once in CDATA."""
    fields = (
        "title", "description", "content:encoded", "author", "dc:creator", "category", "guid", "link", "pubDate",
        "source", "comments", "media:title", "media:description", "dc:language",
    )  # fmt: skip
    wrapped = (_ESCAPED, f"<![CDATA[{_EVIL}]]>")
    items = [
        f"<item>{''.join(f'<{name}>{said}</{name}>' for name in fields)}"
        '<enclosure url="javascript:alert(1)" type="image/png" length="1"/>'
        '<media:content url="data:text/html,x" medium="image"/><media:thumbnail url="//x onerror=y"/></item>'
        for said in wrapped
    ]
    head = 'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return (
        f'<rss version="2.0" {head} xmlns:media="http://search.yahoo.com/mrss/"><channel><title>{_ESCAPED}</title>'
        f"<link>javascript:alert(1)</link>{''.join(items)}</channel></rss>"
    ).encode()


def scripts_in_atom() -> bytes:
    """The same in Atom, with markup that is not escaped."""
    inner = '<div xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script><a href="javascript:x">a</a></div>'
    return (
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:base="javascript:x//"><title type="xhtml">{inner}</title>'
        f'<entry><id>javascript:alert(1)</id><title type="html">{_ESCAPED}</title><link href="javascript:alert(1)"/>'
        f'<content type="xhtml">{inner}</content><summary type="html">{_ESCAPED}</summary>'
        f"<author><name>{_ESCAPED}</name><uri>javascript:x</uri></author></entry></feed>"
    ).encode()


def json_of_every_kind() -> bytes:
    """A JSON Feed whose values are of the wrong types, and scripts."""
    wrong: list[object] = [None, 1e308, -1, [], {}, [[]], "\ud800", _EVIL, True, {"a": [1]}]
    items = [
        {"id": one, "url": one, "title": one, "content_html": one, "tags": one, "authors": one, "date_published": one}
        for one in wrong
    ]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": wrong, "items": items}).encode()


def long_numbers() -> bytes:
    """Numbers that take their square to be read."""
    return b'{"version": "https://jsonfeed.org/version/1.1", "title": "T", "items": [{"id": %s}]}' % (b"9" * 2_000_000)


def many_namespaces() -> bytes:
    """Twenty thousand declarations, each of a name of its own."""
    named = b"".join(b' xmlns:n%d="http://n.example/%d"' % (one, one) for one in range(20_000))
    return b'<rss version="2.0"%s><channel><title>T</title></channel></rss>' % named


def deep_page() -> bytes:
    """A page as deep as it is long."""
    return b"<!DOCTYPE html><html><body>" + b"<div>" * 300_000 + b"<a href=/a>3 mars 2026</a>"


def wide_page() -> bytes:
    """A page of nothing but links with dates."""
    row = b'<li><a href="/n/%d">Une nouvelle</a> 3 mars 2026</li>'
    return b"<!DOCTYPE html><html><body><ul>" + b"".join(row % one for one in range(100_000)) + b"</ul>"


def told_page() -> bytes:
    """A page whose JSON-LD is nested and whose microdata has no end."""
    nested = '{"@graph": [' * 20_000 + "]}" * 20_000
    return (
        f'<!DOCTYPE html><script type="application/ld+json">{nested}</script>'
        + '<div itemscope itemtype="https://schema.org/NewsArticle"><b itemprop="name">x</b>' * 30_000
    ).encode()


def rules_to_match() -> bytes:
    """A robots.txt of patterns that a careless matcher never ends with."""
    return b"User-agent: *\n" + b"".join(b"Disallow: /" + b"*a" * 200 + b"%d$\n" % one for one in range(2_000))
