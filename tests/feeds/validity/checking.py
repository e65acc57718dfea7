"""A feed validator of our own: what the W3C's says of a document, as rows of a table.

A row is a rule: its name, what breaking it costs (an error, a warning), how to find what breaks it, and the smallest
change to a good document that does. Facts are those of RFC 4287, 5005 and 6721, of the RSS 2.0 specification and the
RSS Advisory Board's profile, of Media RSS, Dublin Core, content and syndication, of JSON Feed 1.1, and of what the W3C
feed validator calls each breach.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from lxml import etree, html

ERROR, WARNING = "error", "warning"
NS = {
    "a": "http://www.w3.org/2005/Atom",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "fh": "http://purl.org/syndication/history/1.0",
    "media": "http://search.yahoo.com/mrss/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}
PREFIXES = {name: prefix for prefix, name in NS.items() if prefix != "a"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LANGUAGE = re.compile(r"[a-zA-Z]{2,3}(-[a-zA-Z0-9]{1,8})*")
MIME = re.compile(r'[^\s()<>,;:\\"/\[\]?=]+/[^\s()<>,;:\\"/\[\]?=]+(\s*;.*)?')
MARKUP = re.compile(r"<\s*/?\s*[a-zA-Z][^>]*>|&(amp|lt|gt|nbsp|#\d+);")
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
RFC_822 = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
URI_CHARACTERS = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+")
UNSAFE = {"script", "style", "iframe", "object", "embed", "meta", "link", "base", "form", "input", "svg", "math"}

Find = Callable[[Any], Iterable[object]]


@dataclass(frozen=True)
class Rule:
    """``find``: what breaks the rule in a document. ``old``, ``new``: the change that makes a good document do so."""

    name: str
    level: str
    find: Find
    old: str
    new: str

    def __str__(self) -> str:
        return self.name


def findings(rules: Iterable[Rule], document: Any, level: str | None = None) -> list[str]:
    """What is wrong with ``document``; of one ``level``, or all of it."""
    return [
        f"{rule.level}: {rule.name}: {str(found)[:200]}"
        for rule in rules
        if level in (None, rule.level)
        for found in rule.find(document)
    ]


def each(path: str, wrong: Callable[[Any], object]) -> Find:
    """Whatever ``path`` selects for which ``wrong`` is true."""
    return lambda document: [show(found) for found in document.xpath(path, namespaces=NS) if wrong(found)]


def at_most_one(parents: str, *names: str) -> Find:
    """Parents that have one of the children ``names`` more than once."""
    return each(parents, lambda parent: any(len(parent.xpath(name, namespaces=NS)) > 1 for name in names))


def exactly_one(parents: str, *names: str) -> Find:
    """Parents that lack one of the children ``names``, or have it more than once."""
    return each(parents, lambda parent: any(len(parent.xpath(name, namespaces=NS)) != 1 for name in names))


def repeated(path: str) -> Find:
    """Values that ``path`` selects more than once."""

    def find(document: Any) -> list[str]:
        values = [str(value) for value in document.xpath(path, namespaces=NS)]
        return [value for value in values if values.count(value) > 1]

    return find


def show(found: Any) -> str:
    """Enough of it to find it again."""
    return str(found) if isinstance(found, str) else etree.tostring(found, encoding="unicode")[:200]


def text(element: Any) -> str:
    return str(element) if isinstance(element, str) else element.text or ""


def blank(element: Any) -> bool:
    return not text(element).strip()


def not_language(value: Any) -> bool:
    return not LANGUAGE.fullmatch(text(value))


def not_iri(value: Any) -> bool:
    """Whether it is no absolute IRI (RFC 3987): a scheme, and no character that none may have."""
    given = text(value)
    try:
        parts = urlsplit(given)
    except ValueError:
        return True
    if (
        not parts.scheme
        or re.search(r'[\s<>"{}|\\^`]', given)
        or (parts.scheme in ("http", "https") and not parts.netloc)
    ):
        return True
    return given.lower().startswith("urn:uuid:") and not _is_uuid(given[9:])


def not_uri(value: Any) -> bool:
    """Whether it is no absolute URI (RFC 3986), which has no character beyond ASCII."""
    given = text(value)
    lone = re.search(r"%(?![0-9A-Fa-f]{2})", given)
    return not_iri(given) or bool(lone) or not URI_CHARACTERS.fullmatch(given)


def not_http(value: Any) -> bool:
    return not_uri(value) or urlsplit(text(value)).scheme not in ("http", "https")


def not_rfc_3339(value: Any) -> bool:
    given = text(value)
    if not RFC_3339.fullmatch(given):
        return True
    try:
        datetime.fromisoformat(given)
    except ValueError:
        return True
    return False


def not_rfc_822(value: Any) -> bool:
    """Whether it is no date of RFC 822 with four digits of year, its right day of the week and a numeric zone."""
    given = text(value)
    if not RFC_822.fullmatch(given):
        return True
    try:
        return parsedate_to_datetime(given).strftime("%a") != given[:3]
    except ValueError:
        return True


def implausible(value: Any) -> bool:
    given = text(value)
    try:
        moment = datetime.fromisoformat(given) if given[:1].isdigit() else parsedate_to_datetime(given)
    except ValueError:
        return True
    return moment.tzinfo is None or not datetime(1990, 1, 1, tzinfo=UTC) <= moment <= datetime(2027, 1, 1, tzinfo=UTC)


def not_size(value: Any) -> bool:
    return not (text(value).isdigit() and int(text(value)) > 0)


def not_mime(value: Any) -> bool:
    return not MIME.fullmatch(text(value))


def has_markup(value: Any) -> bool:
    return bool(MARKUP.search(text(value)))


def has_bad_characters(value: Any) -> bool:
    return bool(re.search("[\x80-\x9f\ufffd]", text(value)))


def unsafe(value: Any) -> list[str]:
    """What in a piece of HTML a careful reader will not run: elements, handlers, addresses of scripts."""
    return [
        tag
        for tag in _tags(value)
        for name, given in (("", ""), *tag.attrib.items())
        if tag.tag in UNSAFE or name == "style" or name.startswith("on") or _runs(given)
    ]


def relative(value: Any) -> list[str]:
    """Addresses in a piece of HTML that only its own page could resolve."""
    return [
        given for tag in _tags(value) for name, given in tag.attrib.items()
        if name in ("href", "src", "cite", "poster") and not urlsplit(given).scheme
    ]  # fmt: skip


def _runs(address: str) -> bool:
    return address.strip().lower().startswith("javascript:")


def _tags(value: Any) -> list[Any]:
    given = text(value)
    if not given.strip():
        return []
    return [tag for tag in html.fragment_fromstring(given, create_parent="div").iter() if isinstance(tag.tag, str)]


def _is_uuid(given: str) -> bool:
    try:
        return str(UUID(given)) == given.lower()
    except ValueError:
        return False
