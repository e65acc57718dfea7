"""What the elements of feeds are called, and which of them nobody needs to look at."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeAlias

from feedparser.mixin import _FeedParserMixin
from lxml import etree

Element: TypeAlias = Any  # lxml's own: it comes without types


class Unsure(Exception):
    """The document is written in a way whose reading by feedparser is not certain to be ours. Never leaves
    ``sources``."""


# The same table as the other reader's, so that both give an address the same short name.
NAMESPACES: dict[str, str] = {uri.lower(): prefix for uri, prefix in _FeedParserMixin.namespaces.items()}
_SHORT = frozenset(NAMESPACES.values()) - {""}
_DECLARED = re.compile(r"""xmlns(?::([\w.-]+))?\s*=\s*(?:"([^"]*)"|'([^']*)')""")
# What the entry or the feed is made of: nothing else may come to stand under these names.
_LOOKED_AT = frozenset(
    f"{name}{end}"
    for name in (
        "title", "id", "link", "links", "author", "authors", "tags", "content", "summary", "language", "image",
        "published", "updated", "created", "media_content", "media_thumbnail", "media_description",
        "feedburner_origlink",
    )
    for end in ("", "_detail", "_parsed")
)  # fmt: skip
# feedparser has a special look at these, which changes nothing that we read.
_HARMLESS = frozenset({
    "rights", "generator", "info", "cloud", "feedburner_browserfriendly", "expirationdate", "enclosures",
    "dc_publisher", "dc_rights", "dcterms_valid", "creativecommons_license", "creativecommons_licence", "copyright",
    "media_credit", "media_rating", "media_restriction", "media_license", "itunes_explicit", "itunes_block",
    "itunes_subtitle", "tagline", "subtitle", "newlocation", "itunes_new_feed_url", "icon", "logo", "ttl",
})  # fmt: skip
_STRANGE = frozenset({"svg", "math"})


def declared(text: str) -> set[str]:
    """The namespaces that ``text`` declares anywhere, in lower case. Raises Unsure for one that is taken for another,
    and for an unknown one without a prefix: its names would be taken for those of the feed."""
    uris = set()
    for prefix, quoted, single in _DECLARED.findall(text):
        uri = (quoted or single).lower()
        known = NAMESPACES.get(uri)
        mixed = prefix.lower() in _SHORT and known != prefix.lower()
        if not uri or mixed or (known is None and not prefix) or "backend.userland.com" in uri:
            raise Unsure
        uris.add(uri)
    return uris


def name_of(element: Element) -> str:
    """The name of ``element`` as feedparser asks for it: ``title``, ``dc_creator``."""
    found = _name(element.tag)
    if found is not None:
        return found
    prefix = (element.prefix or "").lower()
    if not prefix:
        raise Unsure
    return f"{prefix}_{etree.QName(element).localname.lower()}"


@lru_cache(maxsize=4096)
def _name(tag: str) -> str | None:
    uri, _, local = tag.rpartition("}")
    local = local.lower()
    if local in _STRANGE or not local.isascii():
        return "unsure"
    prefix = NAMESPACES.get(uri[1:].lower())
    return None if prefix is None else f"{prefix}_{local}" if prefix else local


@lru_cache(maxsize=4096)
def _ignored(name: str) -> bool:
    if name in _HARMLESS or name.startswith(("georss_", "geo_", "gml_")):
        return True
    special = hasattr(_FeedParserMixin, f"_start_{name}") or hasattr(_FeedParserMixin, f"_end_{name}")
    return not (special or name in _LOOKED_AT or name == "unsure" or name.startswith(("xhtml_", "psc_", "xml_")))


def check_ignored(element: Element, name: str) -> None:
    """Raise Unsure unless ``element`` and all in it can be passed over."""
    if not _ignored(name):
        raise Unsure
    for inner in element:
        check_ignored(inner, name_of(inner))
