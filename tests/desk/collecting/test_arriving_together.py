"""What several sources bring in one turn is stored together, and decided as if each had come by itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.collecting.outcomes import Look, store_looks
from desk.context import Desk
from net.messages import Response
from news.collected import Collected, Reading
from news.items import Item, When
from news.recognise import known_beforehand
from news.sources import Check, Kind, Source, Trust
from storage.records import ItemQuery

TITLE = "Ouverture des candidatures au doctorat en informatique de Lyon"


@pytest.fixture
def sources(desk: Desk) -> list[Source]:
    made = [
        Source(desk.mint(), f"https://s{number}.example/feed", Kind.FEED, f"S{number}", Trust.PUBLISH, desk.now(),
               Check(desk.now()))
        for number in range(3)
    ]  # fmt: skip
    with desk.storage.transaction() as tx:
        for source in made:
            tx.put_source(source, desk.now())
    return made


def answered(source: Source, *entries: Collected) -> Look:
    return Look(source, Response(200, source.url, body=b"x"), Reading("rss", entries), body_hash="h")


def entry(desk: Desk, name: str, **other: object) -> Collected:
    usual = Collected(f"Annonce {name} de la maison", name, f"https://news.example/{name}",
                      terms=("Doctorat",), published=When(moment=desk.now() - timedelta(days=1)))  # fmt: skip
    return replace(usual, **other)  # type: ignore[arg-type]


def stored(desk: Desk) -> dict[str, Item]:
    with desk.storage.read() as reader:
        return {f"{item.origin and item.origin.source_name} {item.title}": item for item in
                reader.items(ItemQuery(limit=100))}  # fmt: skip


def test_a_link_that_two_sources_bring_in_one_turn_is_one_story(desk, sources):
    one, two = entry(desk, "a"), entry(desk, "b", link="http://www.news.example/a/")
    outcomes = store_looks(desk, [answered(sources[0], one), answered(sources[1], two)])
    found = stored(desk)
    assert [outcome.new for outcome in outcomes] == [1, 1]
    first, copy = found["S0 Annonce a de la maison"], found["S1 Annonce b de la maison"]
    assert (first.merged_into, copy.merged_into) == (None, first.id)


def test_two_sources_of_one_turn_that_announce_the_same_are_proposed_as_one_story(desk, sources):
    one, two = entry(desk, "a", title=TITLE), entry(desk, "b", title=f"{TITLE} !")
    store_looks(desk, [answered(sources[0], one), answered(sources[1], two)])
    found = stored(desk)
    first, second = found[f"S0 {TITLE}"], found[f"S1 {TITLE} !"]
    with desk.storage.read() as reader:
        assert reader.likenesses([second.id]) == {second.id: (first.id,)}


def test_a_guid_is_one_items_identity_alone_whoever_of_one_turn_says_it(desk, sources):
    guid = "https://s0.example/1"
    other = replace(sources[1], url="https://s0.example/other")
    with desk.storage.transaction() as tx:
        tx.put_source(other, desk.now())
    looks = [answered(source, entry(desk, source.name, guid=guid)) for source in (sources[0], other)]
    store_looks(desk, looks)
    assert sorted(item.guid == guid for item in stored(desk).values()) == [False, True]


def test_a_source_that_is_looked_at_twice_in_one_turn_brings_its_news_once(desk, sources):
    look = answered(sources[0], entry(desk, "a"), entry(desk, "b"))
    assert [outcome.new for outcome in store_looks(desk, [look, look])] == [2, 0]


def test_a_body_whose_text_was_worked_out_where_it_was_read_is_found_by_its_words(desk, sources):
    bodies = ["<p>Un <b>bolide</b></p><p>rouge</p>", "<p>Une comète</p>"]
    read = known_beforehand(
        Reading("rss", tuple(entry(desk, f"{n}", content_html=body) for n, body in enumerate(bodies)))
    )
    unread = entry(desk, "c", content_html="<p>Un <i>bolide</i> bleu</p>")
    store_looks(desk, [replace(answered(sources[0]), reading=read), answered(sources[1], unread)])
    with desk.storage.read() as reader:
        found = [len(reader.items(ItemQuery(text=words))) for words in ("bolide rouge", "bolide", "comete", "b")]
    assert found == [1, 2, 1, 2]


def test_a_link_that_an_edit_brings_is_known_to_the_next_source_of_the_turn(desk, sources):
    store_looks(desk, [answered(sources[0], entry(desk, "a"))])
    edited = entry(desk, "a", link="https://news.example/moved")
    same = entry(desk, "b", link="https://news.example/moved")
    outcomes = store_looks(desk, [answered(sources[0], edited), answered(sources[1], same)])
    found = stored(desk)
    assert [(outcome.new, outcome.changed) for outcome in outcomes] == [(0, 1), (1, 0)]
    assert found["S1 Annonce b de la maison"].merged_into == found["S0 Annonce a de la maison"].id


def test_what_concerns_nobody_else_is_stored_with_one_statement_for_each_table(desk, sources):
    long_ago = When(moment=desk.now() - timedelta(days=60))
    looks = [
        answered(source, *(entry(desk, f"{source.name}-{n}", published=long_ago) for n in range(5)))
        for source in sources
    ]
    said: list[str] = []
    desk.storage._connection().set_trace_callback(said.append)
    outcomes = store_looks(desk, looks)
    desk.storage._connection().set_trace_callback(None)
    assert [outcome.new for outcome in outcomes] == [5, 5, 5]
    assert sum(each.startswith("INSERT INTO item_fts (rowid") for each in said) == 1
    with desk.storage.read() as reader:
        assert {change.actor for item in stored(desk).values() for change in reader.history("item", item.id)} == {
            f"source:{source.id}" for source in sources
        }
