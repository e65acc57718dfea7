"""A hub that is away, slow, busy or stubborn: nothing is blocked, nothing is lost, nobody is hammered."""

import threading
from datetime import timedelta
from itertools import pairwise

import pytest

from desk.context import Desk
from desk.items.posting import post_item
from desk.notifying.outbox import tell
from desk.notifying.pings import ping
from net.messages import Limits
from news.drafts import Draft
from tests.patience import PATIENCE, until
from tests.ports import unheard

FEEDS = 6


def minutes_of_tries(desk: Desk, hub, clock, waiting) -> list[int]:
    """When the hub heard from us while it kept failing, in minutes from the first try, until there was no more."""
    start, heard, tries = clock() - timedelta(seconds=2), 0, []
    while rows := waiting():
        clock.moment = max(clock.moment, min(row.due for row in rows))
        ping(desk)
        if len(hub.told) > heard:
            tries.append(round((clock() - start).total_seconds() / 60))
            heard = len(hub.told)
    return tries


@pytest.fixture
def posted(pushing: Desk, post, clock) -> None:
    post("Une")
    tell(pushing)
    clock.forward(seconds=2)


@pytest.mark.usefixtures("posted")
def test_a_dead_hub_is_tried_later_and_later_and_given_up_after_twelve_tries(pushing, hub, clock, waiting, caplog):
    hub.usual = (500, {})
    tries = minutes_of_tries(pushing, hub, clock, waiting)
    assert tries[:5] == [0, 1, 3, 7, 15]
    assert len(tries) == 12
    assert max(after - before for before, after in pairwise(tries)) == 360
    assert len(hub.told) <= 2 * len(tries), "a round ends with the first failure"
    assert "given up after 12 tries" in caplog.text


@pytest.mark.usefixtures("posted")
def test_a_hub_that_comes_back_is_told_everything(pushing, hub, clock):
    hub.usual = (503, {})
    assert ping(pushing) == 0
    hub.usual = (204, {})
    hub.forget()
    clock.forward(seconds=59)
    assert ping(pushing) == 0
    clock.forward(seconds=1)
    assert ping(pushing) == len(hub.topics) == FEEDS


@pytest.mark.usefixtures("posted")
def test_nobody_at_the_hubs_address_loses_nothing(pushing, clock, waiting):
    with unheard() as port:
        assert ping(pushing.with_settings(websub_hub=f"http://127.0.0.1:{port}/")) == 0
    assert {(row.attempts, row.due) for row in waiting()} == {(1, clock() + timedelta(minutes=1))}
    assert ping(pushing) == 0, "no ping is due"
    clock.forward(minutes=1)
    assert ping(pushing) == FEEDS


@pytest.mark.usefixtures("posted")
@pytest.mark.parametrize(("status", "seconds"), [(429, 1800), (503, 7200)])
def test_a_hub_that_says_when_is_left_alone_until_then(pushing, post, hub, clock, status, seconds):
    hub.usual = (status, {"Retry-After": str(seconds)})
    ping(pushing)
    hub.forget()
    hub.usual = (204, {})
    post("Deux", "doctorat")
    clock.forward(seconds=2)
    tell(pushing)
    clock.forward(seconds=seconds - 3)
    assert ping(pushing) == 0
    assert hub.told == [], "also about what is new"
    clock.forward(seconds=1)
    assert ping(pushing) == 2 * FEEDS


@pytest.mark.usefixtures("posted")
def test_no_hub_can_ask_for_more_than_a_day(pushing, hub, clock):
    hub.usual = (429, {"Retry-After": "99999999"})
    ping(pushing)
    hub.usual = (204, {})
    clock.forward(days=1)
    assert ping(pushing) == FEEDS


@pytest.mark.usefixtures("posted")
def test_a_hub_that_takes_some_and_then_no_more_gets_the_rest_without_losing_a_try(pushing, hub, clock, waiting):
    hub.answers = [(204, {}), (204, {}), (204, {})]
    hub.usual = (429, {"Retry-After": "60"})
    told = ping(pushing)
    assert 0 < told <= 3
    assert sorted(row.attempts for row in waiting())[: FEEDS - told - 2] == [0] * (FEEDS - told - 2)
    hub.usual = (204, {})
    clock.forward(minutes=1)
    assert told + ping(pushing) == FEEDS


@pytest.mark.usefixtures("posted")
@pytest.mark.parametrize("status", [400, 404, 301])
def test_a_feed_the_hub_refuses_does_not_keep_the_others_from_being_told(pushing, hub, clock, waiting, status):
    hub.answers = [(status, {"Location": "/elsewhere"})]
    assert ping(pushing) == FEEDS - 1
    assert [row.attempts for row in waiting()] == [1]
    clock.forward(minutes=1)
    assert ping(pushing) == 1


@pytest.mark.usefixtures("posted")
def test_a_slow_hub_costs_no_more_than_the_limit(pushing, hub, round_of, waiting):
    hub.slow = PATIENCE
    assert round_of(seconds=0, limits=Limits(connect=0.5, idle=1, total=0.5)) == 0
    assert len(waiting()) == FEEDS


@pytest.mark.usefixtures("posted")
def test_a_worker_that_is_stopped_leaves_the_hub_at_once_and_what_was_not_told_stays_due(pushing, hub, waiting):
    hub.slow = PATIENCE
    stop = threading.Event()
    stopping = threading.Thread(target=lambda: until(lambda: hub.told) and stop.set())
    stopping.start()
    assert ping(pushing, stop=stop) == 0
    stopping.join()
    assert [row.attempts for row in waiting()] == [0] * FEEDS


@pytest.mark.usefixtures("posted")
def test_a_change_while_the_hub_is_asked_is_told_again(pushing, post, hub, clock, waiting, monkeypatch):
    """The row that says so is the one that is being told: it must not be dropped with what was told."""
    answers = hub.answers
    hub.answers = Interrupting(answers, lambda: (post("Deux"), tell(pushing)))
    assert ping(pushing) == FEEDS
    clock.forward(seconds=2)
    assert ping(pushing) == FEEDS


class Interrupting(list):
    """Does something once, when the hub's next answer is asked for."""

    def __init__(self, answers, once) -> None:
        super().__init__(answers)
        self.once = once

    def __bool__(self) -> bool:
        once, self.once = self.once, None
        if once:
            once()
        return len(self) > 0


@pytest.mark.usefixtures("posted")
def test_new_news_starts_the_tries_anew(pushing, post, hub, clock, waiting):
    hub.usual = (500, {})
    for minutes in (0, 1, 2, 4):
        clock.forward(minutes=minutes)
        ping(pushing)
    assert {row.attempts for row in waiting()} == {4}
    post("Deux")
    tell(pushing)
    assert {(row.attempts, row.due) for row in waiting()} == {(0, clock() + timedelta(seconds=2))}


@pytest.mark.usefixtures("posted")
def test_a_clock_that_went_back_holds_no_ping_up(pushing, post, hub, clock, waiting):
    hub.usual = (500, {})
    ping(pushing)
    hub.usual = (204, {})
    clock.forward(days=-3)
    post_item(pushing, Draft("Deux", status="published"), "cli")
    tell(pushing)
    clock.forward(seconds=2)
    assert ping(pushing) == FEEDS
    assert waiting() == ()


@pytest.mark.usefixtures("posted")
def test_a_hub_at_a_private_address_is_reached_only_when_the_settings_allow_it(pushing, hub, waiting):
    assert ping(pushing.with_settings(allowed_networks=())) == 0
    assert hub.told == []
    assert [row.attempts for row in waiting()] == [1] * FEEDS
