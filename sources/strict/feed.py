"""A whole document: is it one that we are sure of, which version is it, what does it say of itself, what are its
entries."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree

from sources.strict.entry import HTML_TYPES, EntryReader, repaired_link
from sources.strict.names import Element, Unsure, check_ignored, declared, name_of
from sources.strict.texts import Manner, attributes, bare, language_of, plain, resolved, typed, unquoted

Raw = dict[str, Any]
_DECLARATION = re.compile(r"^<\?xml[^>]*?>")
_RSS = {"0.91": "rss091u", "0.92": "rss092", "0.93": "rss093", "0.94": "rss094"}
_ATOM, _ATOM_03 = "http://www.w3.org/2005/atom", "http://purl.org/atom/ns#"
_RSS_10, _RSS_09 = "http://purl.org/rss/1.0/", "http://my.netscape.com/rdf/simple/0.9/"
# More entries than these are not looked at: the newest are among them, or the document is not in any order.
_MOST = 10_001
_ABOUT = frozenset({
    "pubdate", "lastbuilddate", "docs", "ttl", "category", "managingeditor", "webmaster", "skiphours",
    "skipdays", "hour", "day", "rating", "updated", "modified", "dc_date", "dc_creator", "author", "name", "email",
    "uri", "url", "contributor", "items", "dc_subject", "itunes_author", "itunes_owner", "itunes_name",
    "itunes_email", "itunes_category", "itunes_image", "itunes_keywords", "media_thumbnail", "media_category",
    "media_keywords", "published", "dcterms_modified", "dcterms_issued", "media_content",
})  # fmt: skip
_SUMMARIES = frozenset({"itunes_summary", "summary", "dc_description", "media_description"})
_RHYTHM = frozenset({"ttl", "sy_updateperiod", "sy_updatefrequency"})
_PICTURE = frozenset({"title", "url", "link", "width", "height", "description", "name"})


def read_strictly(text: str, url: str) -> Raw:
    """``text`` as feedparser would have it: ``version``, ``feed``, ``entries``. Raises Unsure."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text or resolved(url, url) != url:
        raise Unsure
    root = _root(text)
    name = name_of(root)
    version = _version(root, name, declared(text))
    reader = _FeedReader(Manner(url, not version.startswith("atom"), version == "atom10"))
    reader.read(root, name)
    return {"version": version, "feed": reader.about, "entries": reader.entries}


def _root(text: str) -> Element:
    if not text.startswith("<"):
        raise Unsure
    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, recover=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(_DECLARATION.sub("", text, count=1).strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Unsure from None


def _version(root: Element, name: str, uris: set[str]) -> str:
    """feedparser's word for the format; a namespace that is merely declared can change its mind."""
    own = (root.nsmap.get(None) or "").lower()
    if name == "rss" and not uris & {_RSS_10, _RSS_09}:
        given = root.get("version", "")
        return _RSS.get(given) or ("rss20" if given.startswith("2.") else "rss")
    if name == "rdf_rdf" and _ATOM not in uris and own in (_RSS_10, _RSS_09) and len(uris & {_RSS_10, _RSS_09}) == 1:
        return "rss10" if own == _RSS_10 else "rss090"
    if name == "feed" and not uris & {_RSS_10, _RSS_09}:
        if own == _ATOM:
            return "atom10"
        if own == _ATOM_03 and _ATOM not in uris and root.get("version") == "0.3":
            return "atom03"
    raise Unsure


class _FeedReader:
    """Gathers what a document says of itself in ``about``, and its ``entries``. Raises Unsure."""

    def __init__(self, manner: Manner) -> None:
        self.about: Raw = {}
        self.entries: list[Raw] = []
        self._manner = manner
        self._summary = False

    def read(self, root: Element, name: str) -> None:
        """Read the document that begins with ``root``, called ``name``."""
        _check_box(root)
        language = language_of(root, None)
        if language and name != "rdf_rdf":
            self.about["language"] = language.replace("_", "-")
        if name == "feed":
            self._channel(root, language)
            return
        channels = 0
        for part in root:
            inner = name_of(part)
            if inner == "channel":
                channels += 1
                _check_box(part)
                self._channel(part, language_of(part, language))
            elif name == "rdf_rdf" and inner in ("item", "image", "textinput"):
                self._part(part, inner, language)
            else:
                check_ignored(part, inner)
        if channels != 1:
            raise Unsure

    def _channel(self, channel: Element, language: str | None) -> None:
        for part in channel:
            self._part(part, name_of(part), language)

    def _part(self, part: Element, name: str, language: str | None) -> None:
        if name in ("item", "entry"):
            if len(self.entries) < _MOST:
                self.entries.append(EntryReader(self._manner, language).read(part))
        elif name == "title":
            if "title" in self.about:
                raise Unsure
            self.about["title_detail"] = detail = typed(part, "text/plain", language, self._manner)
            self.about["title"] = detail["value"]
        elif name == "link":
            self._link(part)
        elif name in ("language", "dc_language"):
            self.about["language"] = plain(part)
        elif name in _RHYTHM:
            if part.attrib:
                raise Unsure
            self.about[name] = plain(part)
        elif name in ("id", "guid"):
            if attributes(part):
                raise Unsure
            self.about.setdefault("link", plain(part))
        else:
            self._passed_over(part, name)

    def _link(self, part: Element) -> None:
        said = attributes(part)
        if len(part) or "url" in said or "uri" in said or (said and not said.get("href")):
            raise Unsure
        if not said:
            self.about["link"] = unquoted(repaired_link(part, self._manner.base))
        elif said.get("rel", "alternate") == "alternate" and said.get("type", "text/html") in HTML_TYPES:
            self.about["link"] = resolved(said["href"], self._manner.base)

    def _passed_over(self, part: Element, name: str) -> None:
        if name in ("image", "textinput"):
            if any(name_of(inner) not in _PICTURE or len(inner) for inner in part):
                raise Unsure
            return
        if name in _SUMMARIES or name == "description":
            # feedparser takes a second summary for the content, even of the entry that follows.
            if self._summary:
                raise Unsure
            self._summary = name in _SUMMARIES
            bare(part)
            return
        if name not in _ABOUT:
            check_ignored(part, name)
            return
        for inner in part.iterdescendants():
            if (inner_name := name_of(inner)) not in _ABOUT:
                check_ignored(inner, inner_name)


def _check_box(box: Element) -> None:
    if any(name.lower().endswith(("lastmod", "href", "base")) or name.lower() == "lang" for name in box.attrib):
        raise Unsure
