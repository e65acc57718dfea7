"""Archives and pings when categories end: what moves enters the other's past, and only the live feed says goodbye."""

from __future__ import annotations

from dataclasses import replace

from desk.categories.ending import merge_category, retire_category
from desk.context import Desk
from desk.notifying.outbox import PING, WHENEVER, tell
from desk.publishing.archive import archive_of
from desk.publishing.feed import feed_of
from desk.publishing.history import Part
from desk.selecting import resolve
from storage.records import ItemQuery


def documents(desk: Desk, selection_text: str) -> tuple[list[str], list[str]]:
    """The titles of the live feed, and of the whole log as one archive document."""
    with desk.storage.read() as reader:
        selection = resolve(reader, selection_text)
        state = reader.feed_state(selection)
        live = feed_of(desk, reader, selection, state)
        past = archive_of(desk, reader, selection, state, Part(1, reader.last_passage(selection)))
    return [entry.title for entry in live.entries], [entry.title for entry in past.entries]


def test_what_a_merge_moves_enters_the_archives_of_the_other(desk: Desk, post):
    post("Deux fois", "doctorat", "masters")
    post("Du doctorat", "doctorat")
    post("Du master", "masters")
    merge_category(desk, "masters", "doctorat", actor="cli")

    live, past = documents(desk, "doctorat")

    assert sorted(past) == sorted(live) == ["Deux fois", "Du doctorat", "Du master"]
    assert documents(desk, "doctorat.fr")[1] == past


def test_only_the_live_feed_of_a_retired_category_says_goodbye(desk: Desk, post):
    post("Du master", "masters")
    retire_category(desk, "masters", actor="cli", successor="doctorat")

    live, past = documents(desk, "masters")

    assert len(live) == 2
    assert past == ["Du master"]


def test_the_end_of_a_category_is_told_to_the_hub_once_for_each_feed(desk: Desk, post):
    post("Du master", "masters")
    with_hub = replace(desk, settings=replace(desk.settings, websub_hub="https://hub.example/"))
    tell(with_hub)
    with desk.storage.transaction() as tx:
        for row in tx.outbox(WHENEVER):
            tx.drop_outbox(row.id)
    merge_category(desk, "masters", "doctorat", actor="cli")
    tell(with_hub)

    with desk.storage.read() as reader:
        rows = reader.outbox(WHENEVER)
        told = {(row.payload["category"], row.payload["language"], row.payload["format"]) for row in rows}
        heir = resolve(reader, "doctorat").members[0].id
        assert len(reader.items(ItemQuery())) == 1
    assert {row.topic for row in rows} == {PING}
    assert {(heir, tongue, kind) for tongue in ("", "fr", "en") for kind in ("atom", "rss", "json")} <= told
    assert len(rows) == len(told)
