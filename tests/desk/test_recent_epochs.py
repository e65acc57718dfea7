"""Who looks whether anything has changed, and what the others are told meanwhile."""

import pytest

from desk.freshness import LOOK_EVERY, PATIENCE, Freshness
from news.errors import StoreFailed


class Store:
    """A store that is asked for its number, and may fail."""

    def __init__(self):
        self.number, self.looks = 7, 0

    def change_number(self):
        self.looks += 1
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


def test_then_one_is_sent_to_look_and_the_others_go_on(freshness, store, beat):
    epoch = freshness.epoch()
    beat.seconds += LOOK_EVERY

    assert [freshness.recent() for _ in range(3)] == [None, epoch, epoch]
    assert store.looks == 1


def test_when_the_one_that_was_sent_does_not_come_back_another_is(freshness, beat):
    epoch = freshness.epoch()
    beat.seconds += LOOK_EVERY
    freshness.recent()
    beat.seconds += PATIENCE

    assert [freshness.recent() for _ in range(2)] == [None, epoch]


def test_what_was_changed_here_is_waited_for_by_everybody(freshness, store, beat):
    before = freshness.epoch()
    beat.seconds += LOOK_EVERY
    freshness.recent()
    store.number = 8
    freshness.expire()
    assert [freshness.recent() for _ in range(3)] == [None, None, None]

    assert freshness.recent() is None
    assert freshness.epoch() == freshness.recent() == before + 1


def test_while_the_store_cannot_answer_what_was_known_goes_on(freshness, store, beat):
    epoch = freshness.epoch()
    store.number = None
    beat.seconds += LOOK_EVERY

    assert freshness.recent() is None
    assert freshness.epoch() == epoch == freshness.recent()
