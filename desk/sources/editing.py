"""Changing a source: its address, name, categories, terms, trust, language and selectors.

What it has brought keeps its dates and its place: a rule holds for what comes, and for what the source changes itself.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace

from desk.collecting.probe import probe
from desk.context import Actor, Desk, name_of
from desk.selecting import category_of
from desk.sources.registry import KINDS, check_rules, require_sources, short_name, stored_source
from news.errors import Conflict
from news.items import Change
from news.links import checked_url
from news.rules import with_always, with_terms
from news.sources import Check, Kind, Selectors, Source, Trust
from news.text import one_line
from sources.wordpress import posts_address
from storage.contract import Reader, Transaction

__all__ = ["KINDS", "SourceEdit", "edit_source"]
_READ_BY = ("url", "kind", "selectors")


@dataclass(frozen=True, slots=True)
class SourceEdit:
    """What to change, as typed; None leaves it. ``kind``: auto, feed, page or wordpress. ``categories``: slugs;
    ``map``: pairs of a term and a slug; ``language``: "" for what the source says itself."""

    url: str | None = None
    kind: str | None = None
    name: str | None = None
    categories: tuple[str, ...] | None = None
    map: tuple[tuple[str, str], ...] | None = None
    trust: str | None = None
    language: str | None = None
    selectors: Selectors | None = None


def edit_source(desk: Desk, source_id: str, edit: SourceEdit, actor: Actor) -> Source:
    """Change a source. With another address or another way of reading it is looked at again now, from the beginning;
    its items stay its own. Fetches only for kind auto.

    Raises NotFound, NotAllowed, InvalidInput, Conflict when another source has the address, SourceFailed.
    """
    require_sources(actor)
    with desk.storage.read() as reader:
        before = stored_source(reader, source_id)
        url = _address(before, edit)
        _check(reader, before, edit, url)
    kind = _kind(desk, before, edit, url)
    now = desk.now()
    with desk.storage.transaction() as tx:
        before = stored_source(tx, source_id)
        after = _changed(tx, before, edit, url, kind)
        if after == before:
            return before
        if any(getattr(after, name) != getattr(before, name) for name in _READ_BY):
            after = replace(after, check=Check(now, changed=before.check.changed))
        tx.put_source(after, now)
        if after.check != before.check:
            tx.put_check(after.id, after.check)
        data = difference(before, after)
        tx.add_change(Change("source", after.id, now, name_of(actor), "edited", data=data))
    return after


def difference(before: Source, after: Source) -> dict[str, object]:
    """The settings in which ``after`` differs, each with what it was and what it became, as JSON values."""
    old, new = _plain(before), _plain(after)
    return {name: {"from": old[name], "to": new[name]} for name in sorted(new) if new[name] != old[name]}


def _plain(source: Source) -> dict[str, object]:
    return {
        "url": source.url, "kind": source.kind.value, "name": source.name, "trust": source.trust.value,
        "language": source.language, "categories": sorted(source.categories), "map": source.map,
        "selectors": {name: said for name, said in asdict(source.selectors).items() if said},
    }  # fmt: skip


def _check(reader: Reader, before: Source, edit: SourceEdit, url: str | None) -> None:
    check_rules(
        reader,
        kind=edit.kind,
        trust=edit.trust,
        language=edit.language,
        selectors=edit.selectors,
        slugs=(*(edit.categories or ()), *(slug for _, slug in edit.map or ())),
    )
    other = reader.source_of_url(url) if url else None
    if other and other.id != before.id:
        raise Conflict("source.url.taken", url=other.url)


def _address(before: Source, edit: SourceEdit) -> str | None:
    """The address to read from now on, or None: of a WordPress site, that of its posts."""
    if edit.kind == Kind.WORDPRESS or (edit.kind is None and before.kind is Kind.WORDPRESS and edit.url is not None):
        return posts_address(checked_url(edit.url if edit.url is not None else before.url))
    return checked_url(edit.url) if edit.url is not None else None


def _kind(desk: Desk, before: Source, edit: SourceEdit, url: str | None) -> Kind:
    if edit.kind == "auto":
        found = probe(desk, url or before.url, None, edit.selectors or before.selectors)
        if found.error:
            raise found.error
        return found.kind or before.kind
    return Kind(edit.kind) if edit.kind else before.kind


def _changed(tx: Transaction, before: Source, edit: SourceEdit, url: str | None, kind: Kind) -> Source:
    after = replace(before, url=url or before.url, kind=kind)
    if edit.name is not None and edit.name.strip():
        after = replace(after, name=short_name(edit.name))
    if edit.trust is not None:
        after = replace(after, trust=Trust(edit.trust))
    if edit.language is not None:
        after = replace(after, language=edit.language or None)
    if edit.selectors is not None:
        after = replace(after, selectors=edit.selectors)
    if edit.categories is not None:
        after = replace(after, rules=with_always(after.rules, [category_of(tx, slug).id for slug in edit.categories]))
    if edit.map is not None:
        meant = [(one_line(term), category_of(tx, slug).id) for term, slug in edit.map]
        after = replace(after, rules=with_terms(after.rules, meant))
    return after
