"""One entry, element by element."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sources.strict.names import Element, Unsure, check_ignored, name_of
from sources.strict.people import Raw, add_author, add_term, add_words
from sources.strict.texts import Manner, attributes, bare, language_of, plain, repaired, resolved, typed, unquoted

HTML_TYPES = ("text/html", "application/xhtml+xml", "html", "xhtml")
_IN_SOURCE = frozenset({
    "title", "id", "link", "updated", "author", "subtitle", "rights", "generator", "icon", "logo", "category",
    "contributor", "name", "email", "uri",
})  # fmt: skip


class EntryReader:
    """Gathers one entry in ``raw``. Raises Unsure."""

    def __init__(self, manner: Manner, language: str | None) -> None:
        self.raw: Raw = {}
        self._manner = manner
        self._language = language
        self._titles: list[str] = []
        self._has_content = False

    def read(self, element: Element) -> Raw:
        """What the entry ``element`` says."""
        self._language = language_of(element, self._language)
        named = dict(element.items())
        about = named.pop("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about", None)
        if any(name.lower().endswith(("lastmod", "href", "base", "about")) or name == "lang" for name in named):
            raise Unsure
        if about:
            self.raw["id"] = about
        self._parts(element, outer=True)
        return self.raw

    def _parts(self, element: Element, *, outer: bool) -> None:
        for part in element:
            name = name_of(part)
            take = _TAKEN.get(name)
            if take is None:
                check_ignored(part, name)
            elif outer or name.startswith("media_"):
                take(self, part)
            else:
                raise Unsure

    def _once(self, name: str, value: str) -> None:
        """One of these is enough: of several, feedparser takes now the first, now the last."""
        if name in self.raw:
            raise Unsure
        self.raw[name] = value

    def _title(self, part: Element) -> None:
        if "title" in self.raw:
            raise Unsure
        self.raw["title_detail"] = detail = self._typed(part, "text/plain")
        self.raw["title"] = detail["value"]

    def _typed(self, part: Element, default: str) -> dict[str, Any]:
        return typed(part, default, self._language, self._manner)

    def _id(self, part: Element) -> None:
        if "guidislink" in self.raw:
            raise Unsure
        self.raw["id"] = text = plain(part)
        self.raw["guidislink"] = attributes(part).get("ispermalink", "true") == "true"
        if self.raw["guidislink"]:
            self.raw.setdefault("link", text)

    def _link(self, part: Element) -> None:
        said = attributes(part)
        if "url" in said or "uri" in said:
            raise Unsure
        said.setdefault("rel", "alternate")
        said.setdefault("type", "application/atom+xml" if said["rel"] == "self" else "text/html")
        self.raw.setdefault("links", []).append(said)
        if "href" not in said:
            self._link_text(part, said)
            return
        if not said["href"] or len(part) or (part.text or "").strip():
            raise Unsure
        said["href"] = resolved(said["href"], self._manner.base)
        if said["rel"] == "alternate" and said["type"] in HTML_TYPES:
            self.raw["link"] = said["href"]

    def _link_text(self, part: Element, said: dict[str, str]) -> None:
        address = unquoted(repaired_link(part, self._manner.base).replace("&amp;", "&"))
        self.raw["link"] = address
        if address:
            said["href"] = address

    def _description(self, part: Element) -> None:
        self._short(part, "text/html", "text/plain")

    def _summary(self, part: Element) -> None:
        self._short(part, "text/plain", "text/plain")

    def _short(self, part: Element, default: str, as_content: str) -> None:
        """A second summary is taken for the content, unless there was one before."""
        if "summary" in self.raw and not self._has_content:
            self._add_content(part, as_content)
            return
        self.raw["summary_detail"] = detail = self._typed(part, default)
        self.raw["summary"] = detail["value"]

    def _content(self, part: Element) -> None:
        self._add_content(part, "text/plain")

    def _encoded(self, part: Element) -> None:
        self._add_content(part, "text/html")

    def _add_content(self, part: Element, default: str) -> None:
        self._has_content = True
        detail = self._typed(part, default)
        self.raw.setdefault("content", []).append(detail)
        self.raw.setdefault("summary", detail["value"])

    def _enclosure(self, part: Element) -> None:
        said = attributes(part)
        if "uri" in said or ("url" in said and "href" in said) or len(part):
            raise Unsure
        if place := said.pop("url", ""):
            said["href"] = place
        self.raw.setdefault("links", []).append({**said, "rel": "enclosure"})

    def _media_content(self, part: Element) -> None:
        self.raw.setdefault("media_content", []).append(attributes(part))
        self._parts(part, outer=False)

    def _media_group(self, part: Element) -> None:
        attributes(part)
        self._parts(part, outer=False)

    def _thumbnail(self, part: Element) -> None:
        if bare(part):
            raise Unsure
        self.raw.setdefault("media_thumbnail", []).append(attributes(part))

    def _itunes_image(self, part: Element) -> None:
        said = attributes(part)
        if bare(part):
            raise Unsure
        if place := said.get("href") or said.get("url"):
            self.raw["image"] = {"href": place}

    def _origin(self, part: Element) -> None:
        if part.attrib:
            raise Unsure
        self._once("feedburner_origlink", plain(part))

    def _source(self, part: Element) -> None:
        """Where the entry was taken from (RFC 4287 §4.2.11): its names are not the entry's."""
        if "source" in self.raw:
            raise Unsure
        links: list[dict[str, str]] = []
        said: Raw = {"links": links}
        if place := attributes(part).get("url"):
            said["href"] = place
        for inner in part.iterdescendants():
            name = name_of(inner)
            if name == "id":
                if "id" in said or inner.attrib:
                    raise Unsure
                said["id"] = plain(inner)
            elif name == "link":
                links.append({"href": self._led_to(inner)})
            elif name not in _IN_SOURCE:
                check_ignored(inner, name)
        self.raw["source"] = said

    def _led_to(self, link: Element) -> str:
        place = attributes(link)
        if not place.get("href") or "url" in place or "uri" in place or bare(link):
            raise Unsure
        return resolved(place["href"], self._manner.base)

    def _contributor(self, part: Element) -> None:
        if any(name_of(inner) not in ("name", "email", "uri", "url") or len(inner) for inner in part):
            raise Unsure


def repaired_link(part: Element, base: str) -> str:
    """The address that ``part`` has as text, absolute."""
    return repaired(resolved(bare(part), base))


def _text(key: str) -> Callable[[EntryReader, Element], None]:
    def take(reader: EntryReader, part: Element) -> None:
        attributes(part)
        reader._once(key, plain(part))

    return take


_TAKEN: dict[str, Callable[[EntryReader, Element], None]] = {
    "title": EntryReader._title, "id": EntryReader._id,
    "guid": EntryReader._id, "link": EntryReader._link, "description": EntryReader._description,
    "dc_description": EntryReader._description,
    "media_description": _text("media_description"), "media_text": _text("media_text"),
    "media_title": _text("media_title"),
    "summary": EntryReader._summary, "itunes_summary": EntryReader._summary, "content": EntryReader._content,
    "content_encoded": EntryReader._encoded, "enclosure": EntryReader._enclosure,
    "media_content": EntryReader._media_content, "media_group": EntryReader._media_group,
    "media_thumbnail": EntryReader._thumbnail, "itunes_image": EntryReader._itunes_image,
    "feedburner_origlink": EntryReader._origin, "source": EntryReader._source,
    "contributor": EntryReader._contributor, "dc_contributor": EntryReader._contributor,
    "published": _text("published"), "issued": _text("published"), "pubdate": _text("published"),
    "dcterms_issued": _text("published"), "updated": _text("updated"), "modified": _text("updated"),
    "lastbuilddate": _text("updated"), "dc_date": _text("updated"), "dcterms_modified": _text("updated"),
    "created": _text("created"), "dcterms_created": _text("created"), "language": _text("language"),
    "dc_language": _text("language"),
    "author": lambda reader, part: add_author(reader.raw, part),
    "dc_creator": lambda reader, part: add_author(reader.raw, part),
    "dc_author": lambda reader, part: add_author(reader.raw, part),
    "itunes_author": lambda reader, part: add_author(reader.raw, part),
    "category": lambda reader, part: add_term(reader.raw, part),
    "dc_subject": lambda reader, part: add_term(reader.raw, part),
    "media_category": lambda reader, part: add_term(
        reader.raw, part, "http://search.yahoo.com/mrss/category_schema"),
    "media_keywords": lambda reader, part: add_words(reader.raw, part, None),
    "itunes_keywords": lambda reader, part: add_words(reader.raw, part, "http://www.itunes.com/"),
}  # fmt: skip
