"""Partners, and who asks for feeds and blocks, in every engine."""

from dataclasses import replace
from datetime import date

import pytest

from news.errors import Conflict
from news.partners import Partner
from news.sketches import sketch_of
from storage.records_audience import BLOCK, FEED, Batch, Carried, DayOfReaders, Document, Tally

DAY = date(2026, 3, 2)
ATOM = Document(FEED, "doctorat", "atom")
PAGE = Document(BLOCK, "doctorat", "page")


def batch(**said):
    return Batch(**{"run": "a", "tallies": {}, "sketches": {}, "carried": {}} | said)


@pytest.fixture
def put(room):
    def written(day=DAY, **said):
        with room.storage.transaction() as tx:
            tx.put_audience(batch(**said), day, room.now)

    return written


@pytest.fixture
def read(room):
    def found(name, *args):
        with room.storage.read() as reader:
            return getattr(reader, name)(*args)

    return found


@pytest.fixture
def partner(room):
    made = Partner(room.mint(), "abcdefghij", "Lyon", room.now, "Ada", "feed", ("https://a.example",))
    with room.storage.transaction() as tx:
        tx.put_partner(made)
    return made


def test_a_partner_comes_back_changed_and_every_process_hears_of_it(room, partner, read):
    before = room.storage.change_number()
    other = replace(partner, name="Grenoble", contact="", feed_id=None, origins=())
    with room.storage.transaction() as tx:
        assert tx.partners() == (partner,)
        tx.put_partner(other)
    assert read("partners") == (other,)
    assert room.storage.change_number() > before


def test_no_two_partners_have_one_key(room, partner):
    with pytest.raises(Conflict), room.storage.transaction() as tx:
        tx.put_partner(replace(partner, id=room.mint()))


def test_a_removed_partner_leaves_nothing_of_itself(room, partner, put, read):
    put(carried={Carried("a.example", partner.id, PAGE): 1, Carried("b.example", "", PAGE): 1})
    with room.storage.transaction() as tx:
        tx.remove_partner(partner.id)
    assert read("partners") == ()
    assert [each.carried.site for each in read("carriers")] == ["b.example"]


def test_what_is_seen_adds_up(put, read):
    put(tallies={ATOM: Tally(3, 1, {"Feedly": 7})})
    put(tallies={ATOM: Tally(2, 0, {"Feedly": 5, "Inoreader": 2}), PAGE: Tally(1)})
    (feed, block) = read("asked_for", DAY)
    assert (feed.document, feed.tally) == (ATOM, Tally(5, 1, {"Feedly": 7, "Inoreader": 2}))
    assert (block.document, block.tally) == (PAGE, Tally(1))
    assert read("asked_for", date(2026, 3, 3)) == ()


def test_readers_are_counted_once_in_a_run_and_never_too_many_over_several(put, read, room):
    def seen(people, run):
        return {"run": run, "tallies": {ATOM: Tally(1)}, "sketches": {"doctorat": sketch_of(people, run.encode())}}

    put(**seen(["a", "b"], "one"))
    put(**seen(["b", "c"], "one"))
    put(**seen(["a", "b"], "two"))
    assert read("readers_of_feeds", DAY) == (DayOfReaders(DAY, "doctorat", 3),)
    with room.storage.transaction() as tx:
        tx.sweep_audience(date(2026, 3, 3), date(2026, 1, 1))
    assert read("readers_of_feeds", DAY) == (DayOfReaders(DAY, "doctorat", 3),)


def test_carriers_are_seen_first_and_last(room, put, read):
    first = room.now
    put(carried={Carried("a.example", "", PAGE): 2})
    room.later(hours=2)
    put(carried={Carried("a.example", "", PAGE): 1})
    (one,) = read("carriers")
    assert (one.first_seen, one.last_seen, one.fetches) == (first, room.now, 3)


def test_made_up_sites_selections_and_aggregators_find_their_bounds(put, read):
    put(carried={Carried("true.example", "", PAGE): 50, Carried("", "partner", PAGE): 1})
    put(carried={Carried(f"s{n}.example", "", PAGE): 1 for n in range(2100)})
    carriers = read("carriers")
    assert len(carriers) == 2001
    assert {"true.example", ""} <= {each.carried.site for each in carriers}
    put(tallies={Document(FEED, f"s{n}", "atom"): Tally(1) for n in range(600)}, sketches={"s599": bytes(1024)})
    days = read("asked_for", DAY)
    assert len(days) == 501
    assert sum(each.tally.fetches for each in days if each.document.selection == "") == 100
    put(tallies={ATOM: Tally(1, 0, {f"n{n}": n for n in range(80)})}, day=date(2026, 3, 4))
    (day,) = read("asked_for", date(2026, 3, 4))
    assert len(day.tally.aggregators) == 50 and day.tally.aggregators["n79"] == 79


def test_what_is_too_old_is_forgotten(room, put, read):
    put(tallies={ATOM: Tally(1, 0, {"x": 1})}, sketches={"doctorat": sketch_of("a", b"k")},
        carried={Carried("a.example", "", PAGE): 1})  # fmt: skip
    with room.storage.transaction() as tx:
        tx.sweep_audience(date(2026, 5, 1), date(2026, 4, 1))
    assert (read("asked_for", DAY), read("readers_of_feeds", DAY), read("carriers")) == ((), (), ())
    assert room.storage.problems() == ()
