"""Who looks whether anything has changed, and what the others are told meanwhile."""

import threading

import pytest

from desk.publishing.freshness import LOOK_EVERY, PATIENCE, Freshness
from news.errors import StoreFailed
from tests.patience import PATIENCE as LONG
from tests.patience import until


class Store:
    """A store that is asked for its number, and may fail."""

    def __init__(self):
        self.number, self.looks = 7, 0
        self.looked, self.waits = threading.Event(), None

    def change_number(self):
        self.looks += 1
        if self.waits:
            assert self.waits.wait(LONG)
            self.looked.set()
        if self.number is None:
            raise StoreFailed("store.failed")
        return self.number


class Beat:
    seconds = 0.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def store():
    return Store()


@pytest.fixture
def beat():
    return Beat()


@pytest.fixture
def freshness(store, beat):
    return Freshness(store, beat)


def test_what_was_never_looked_at_is_not_known(freshness):
    assert freshness.recent() is None


def test_what_was_looked_at_a_moment_ago_is_known_without_looking(freshness, store, beat):
    epoch = freshness.epoch()
    beat.seconds += LOOK_EVERY / 2

    assert freshness.recent() == epoch and store.looks == 1


def test_then_it_is_looked_at_aside_by_a_thread_that_does_nothing_else_while_everybody_goes_on(freshness, store, beat):
    epoch = freshness.epoch()
    beat.seconds += LOOK_EVERY
    store.number, store.waits = 8, threading.Event()

    assert [freshness.recent() for _ in range(3)] == [epoch] * 3
    store.waits.set()
    assert store.looked.wait(LONG)
    # What it saw it says a moment later.
    until(lambda: freshness.epoch() == epoch + 1)
    assert freshness.recent() == epoch + 1
    assert store.looks == 2


def test_nobody_goes_on_for_longer_than_was_promised(freshness, store, beat):
    freshness.epoch()
    store.waits = threading.Event()
    beat.seconds += LOOK_EVERY + PATIENCE - 0.01
    assert freshness.recent() is not None
    beat.seconds += LOOK_EVERY + PATIENCE
    assert freshness.recent() is None
    store.waits.set()


def test_what_was_changed_here_is_waited_for_by_everybody(freshness, store, beat):
    before = freshness.epoch()
    beat.seconds += LOOK_EVERY
    store.number = 8
    freshness.expire()
    assert [freshness.recent() for _ in range(3)] == [None, None, None]

    assert freshness.recent() is None
    assert freshness.epoch() == freshness.recent() == before + 1


def test_while_the_store_cannot_answer_what_was_known_goes_on(freshness, store, beat):
    epoch = freshness.epoch()
    store.number = None
    beat.seconds += LOOK_EVERY + PATIENCE

    assert freshness.recent() is None
    assert freshness.epoch() == epoch == freshness.recent()
