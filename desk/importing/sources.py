"""Importing a list of feeds (OPML, or addresses): each becomes a source, due at once, whose items wait for review."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from desk.context import Actor, Desk, name_of
from desk.importing.imports import AT_ONCE, Given, Remark, Report, Words
from news.errors import InvalidInput
from news.items import Change
from news.links import checked_url, host_of
from news.rules import usual_rules
from news.selections import LANGUAGES
from news.sources import Check, Kind, Source, Trust
from news.users import Action, User, require
from sources.opml import Subscription, read_opml
from sources.url_list import read_url_list
from sources.wordpress import feed_address, is_interface, posts_address
from storage.contract import Reader, Transaction

MOST_BYTES = 5_000_000
_LONGEST_NAME = 200


def import_opml(desk: Desk, given: Given, actor: Actor, *, dry_run: bool = False) -> Report:
    """Add every feed of the list that is not a source yet; one that is stays as it is. Folders and categories of the
    list that are ours by name, slug or alias become the source's. ``dry_run``: writes nothing.

    Raises NotUnderstood when it is no list, NotAllowed.
    """
    if isinstance(actor, User):
        require(actor, Action.SOURCES)
    return _import(desk, read_opml(given.body, given.content_type), actor, dry_run)


def import_urls(desk: Desk, given: Given, actor: Actor, *, dry_run: bool = False) -> Report:
    """Add every address of a plain list that is not a source yet, as ``import_opml`` does.

    Raises NotUnderstood when there is no address in it, NotAllowed.
    """
    if isinstance(actor, User):
        require(actor, Action.SOURCES)
    return _import(desk, read_url_list(given.body, given.content_type), actor, dry_run)


def _import(desk: Desk, listed: Sequence[Subscription], actor: Actor, dry_run: bool) -> Report:
    with desk.storage.read() as reader:
        words = Words.of_names(reader.categories())
        told, refused = _told(desk, reader, listed, words)
    added = len(told) if dry_run else _store(desk, told, actor)
    return Report(added, len(listed) - len(refused) - added, refused, words.unknown())


def _told(
    desk: Desk, reader: Reader, listed: Sequence[Subscription], words: Words
) -> tuple[list[Source], tuple[Remark, ...]]:
    """The sources that the list would add, each address once with all its folders, and what of it is no address."""
    now = desk.now()
    told: dict[str, Source] = {}
    refused = []
    read_otherwise = {feed_address(each.url) for each in reader.sources() if each.kind is Kind.WORDPRESS}
    for each in listed:
        try:
            url = _address(each)
        except InvalidInput as error:
            refused.append(Remark(each.name or each.url[:100], error))
            continue
        if url not in read_otherwise and not reader.source_of_url(url):
            source = told.get(url) or _source(desk, each, url, now)
            told[url] = replace(source, rules=usual_rules(always=source.categories | words.ids(each.terms)))
    return list(told.values()), tuple(refused)


def _address(listed: Subscription) -> str:
    """Where it is read. Raises InvalidInput."""
    url = checked_url(listed.url)
    return posts_address(url) if is_interface(url) else url


def _source(desk: Desk, listed: Subscription, url: str, now: datetime) -> Source:
    language = (listed.language or "").split("-")[0].lower()
    return Source(
        id=desk.mint(),
        url=url,
        kind=Kind.WORDPRESS if is_interface(url) else Kind.FEED,
        name=listed.name[:_LONGEST_NAME] or host_of(url),
        trust=Trust.REVIEW,
        created=now,
        check=Check(next_at=now),
        language=language if language in LANGUAGES else None,
    )


def _store(desk: Desk, sources: Sequence[Source], actor: Actor) -> int:
    added = 0
    for start in range(0, len(sources), AT_ONCE):
        with desk.storage.transaction() as tx:
            fresh = [each for each in sources[start : start + AT_ONCE] if not tx.source_of_url(each.url)]
            for source in fresh:
                _put(tx, source, actor)
        added += len(fresh)
    return added


def _put(tx: Transaction, source: Source, actor: Actor) -> None:
    tx.put_source(source, source.created)
    data: dict[str, object] = {"url": source.url, "kind": source.kind.value, "trust": source.trust.value}
    tx.add_change(Change("source", source.id, source.created, name_of(actor), "imported", data=data))
