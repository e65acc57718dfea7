"""Who wrote an entry, and its categories: kept as feedparser keeps them, one after the other."""

from __future__ import annotations

from typing import Any

from feedparser.mixin import _FeedParserMixin

from sources.strict.names import Element, Unsure, check_ignored, name_of
from sources.strict.texts import attributes, bare, plain

Raw = dict[str, Any]
# Some of feedparser's expressions take quadratic time; no name of a person is that long.
_LONGEST_NAME = 400


class _Holder:
    """What feedparser's reading of "mail@host (Name)" asks for, without the rest of it."""

    def __init__(self, entry: Raw) -> None:
        self._entry = entry

    def _get_context(self) -> Raw:
        return self._entry


def add_author(entry: Raw, element: Element) -> None:
    """Add the person that ``element`` names, as text (RSS, Dublin Core) or in parts (Atom)."""
    person: Raw = {}
    entry.setdefault("authors", []).append(person)
    if len(element) == 0:
        entry["author"] = text = plain(element)
        if len(text) > _LONGEST_NAME:
            raise Unsure
        if "@" not in text:
            if text:
                person["name"] = text
            return
        _FeedParserMixin._sync_author_detail(_Holder(entry))
        return
    if (element.text or "").strip() or any((part.tail or "").strip() for part in element):
        raise Unsure
    _add_parts(person, element)
    entry["author"] = _written(person)


def _add_parts(person: Raw, element: Element) -> None:
    for part in element:
        name = name_of(part)
        if name in ("name", "email"):
            person[name] = bare(part)
        elif name in ("uri", "url", "homepage"):
            bare(part)
        else:
            check_ignored(part, name)


def _written(person: Raw) -> str:
    name, mail = person.get("name"), person.get("email")
    return f"{name} ({mail})" if name and mail else name or mail or ""


def add_term(entry: Raw, element: Element, scheme: str | None = None) -> None:
    """Add the category that ``element`` names, in attributes (Atom) or as text (RSS), or in both."""
    said = attributes(element)
    tags: list[Raw] = entry.setdefault("tags", [])
    _add(tags, said.get("term"), said.get("scheme", said.get("domain")) or scheme, said.get("label"))
    value = plain(element)
    if not value:
        return
    if tags and not tags[-1]["term"]:
        tags[-1]["term"] = value
    else:
        _add(tags, value, None, None)


def add_words(entry: Raw, element: Element, scheme: str | None) -> None:
    """Add each of the keywords that ``element`` lists with commas between. feedparser drops those with attributes."""
    if element.attrib:
        raise Unsure
    tags: list[Raw] = entry.setdefault("tags", [])
    for word in plain(element).split(","):
        if word.strip():
            _add(tags, word.strip(), scheme, None)


def _add(tags: list[Raw], term: str | None, scheme: str | None, label: str | None) -> None:
    if not (term or scheme or label):
        return
    tag = {"term": term, "scheme": scheme, "label": label}
    if tag not in tags:
        tags.append(tag)
