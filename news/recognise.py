"""Recognising: whether what a source says is new, changed, the same, or known from elsewhere."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import NamedTuple

from news.collected import Collected, Gist, Reading, with_gist
from news.ids import is_id
from news.items import When
from news.links import absolute, canonical
from news.sanitise import text_of

# How often a source may give a copy other names, all of which are known again; the oldest are forgotten.
MOST_LEARNED = 8
_JSON = json.JSONEncoder(ensure_ascii=False)


class Alias(NamedTuple):
    """A name under which one source knows an entry. ``kind``: guid, link, canonical, or title for an entry that has
    no link. Never an identity of ours."""

    kind: str
    value: str


def aliases(entry: Collected) -> tuple[Alias, ...]:
    """The names of ``entry``, surest first: raw guid, raw link, canonical link; its date and title where it has no
    link, so that it is known again under another guid. Without a date a title tells too little, unless it is all."""
    found = []
    if entry.guid:
        found.append(Alias("guid", entry.guid))
    if entry.link:
        plain = (entry.gist and entry.gist.canonical) or canonical(entry.link)
        found += [Alias("link", entry.link), Alias("canonical", plain)]
    if not entry.link and (entry.published or not found):
        found.append(Alias("title", f"{_stamp(entry.published) or ''} {entry.title}"))
    return tuple(found)


def is_ours(entry: Collected, base_url: str) -> bool:
    """Whether ``entry`` leads back to an item of the newsroom at ``base_url``, or says that it comes from a feed there:
    it was taken from one of our feeds."""
    here = canonical(base_url).rstrip("/")
    feeds = entry.via != () and any(_leads(one, f"{here}/feeds/", f"{here}/category/") for one in entry.via)
    items = f"{here}/items/"
    links = entry.gist.canonical.startswith(items) if entry.gist and entry.gist.canonical else _leads(entry.link, items)
    return feeds or links or _leads(entry.guid, items)


def _leads(name: str | None, *places: str) -> bool:
    """Whether ``name``, whatever a stranger wrote there, is an address below one of ``places`` (canonical)."""
    link = absolute(name, None)
    return link is not None and canonical(link).startswith(places)


def minted_names(entries: Iterable[Collected]) -> dict[str, Collected]:
    """The entries whose guid is a UUID as we mint them, by that id: our own, if we have such an item."""
    named = ((entry.guid.removeprefix("urn:uuid:"), entry) for entry in entries if entry.guid)
    return {name: entry for name, entry in named if is_id(name)}


def minted_origins(entries: Iterable[Collected]) -> dict[str, list[Collected]]:
    """The entries that say they come from a feed whose id is a UUID as we mint them, by that id: taken from our feeds,
    if it is the id of one of them, or of a source that we name in them."""
    found: dict[str, list[Collected]] = {}
    for entry in entries:
        for name in entry.via:
            if is_id(origin := name.removeprefix("urn:uuid:")):
                found.setdefault(origin, []).append(entry)
    return found


def one_each(entries: Iterable[Collected]) -> list[Collected]:
    """``entries`` without those that repeat a guid, or (having none) a canonical link, of an earlier one."""
    seen: set[Alias] = set()
    kept = []
    for entry in entries:
        names = aliases(entry)
        surest = names[0] if names[0].kind == "guid" else names[-1]
        if surest not in seen:
            seen.add(surest)
            kept.append(entry)
    return kept


def fingerprint(entry: Collected) -> str:
    """A hash (SHA-256, hex) of what readers would see of ``entry``: another one means that the source changed it."""
    return entry.gist.fingerprint if entry.gist else _fingerprint(entry)


def body_text(entry: Collected) -> str:
    """The plain text of the body of ``entry``."""
    return entry.gist.text if entry.gist else text_of(entry.content_html)


def known_beforehand(reading: Reading) -> Reading:
    """``reading``, each entry of which knows its gist: work that needs no turn to write is not left for one."""
    for entry in reading.entries:
        plain = canonical(entry.link) if entry.link else None
        with_gist(entry, Gist(plain, _fingerprint(entry), text_of(entry.content_html)))
    return reading


def _fingerprint(entry: Collected) -> str:
    image = entry.image and [entry.image.url, entry.image.alt]
    said = [
        entry.title, entry.link, entry.summary, entry.content_html, entry.author, image, entry.terms, entry.language,
        _stamp(entry.published), _stamp(entry.updated),
    ]  # fmt: skip
    return hashlib.sha256(_JSON.encode(said).encode("utf-8", "surrogatepass")).hexdigest()


def _stamp(when: When | None) -> str | None:
    if when is None:
        return None
    return when.day.isoformat() if when.day else str(when.moment)
