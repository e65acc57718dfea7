"""What is remembered of where ready answers were found is of one epoch and bounded."""

from desk.publishing.ready_bytes import answer
from web.middleware.answer_index import LONGEST, MOST, Remembered

READY = answer(b"x", "text/plain")


def put(remembered: Remembered, target: bytes, epoch: int) -> None:
    remembered.put(target, epoch, READY, [], "/feeds/all.atom", "")


def test_what_was_found_is_known_in_its_epoch_alone():
    remembered = Remembered()
    put(remembered, b"/a", 1)
    assert remembered.at(b"/a", 1).answer() is READY
    assert remembered.at(b"/a", 2) is None
    put(remembered, b"/b", 2)
    assert not remembered.has(b"/a")
    put(remembered, b"/late", 1)
    assert not remembered.has(b"/late"), "found before the last change"


def test_however_many_addresses_are_made_up_no_more_than_so_many_are_kept():
    remembered = Remembered()
    for number in range(MOST):
        put(remembered, b"/%d" % number, 1)
    assert remembered.has(b"/0")
    put(remembered, b"/one-more", 1)
    assert (remembered.has(b"/0"), remembered.has(b"/one-more")) == (False, True)


def test_an_address_longer_than_any_of_ours_is_not_kept():
    remembered = Remembered()
    put(remembered, b"/" * LONGEST, 1)
    put(remembered, b"/" * (LONGEST + 1), 1)
    assert (remembered.has(b"/" * LONGEST), remembered.has(b"/" * (LONGEST + 1))) == (True, False)
