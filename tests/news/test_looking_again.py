"""What a source says and does decides when it is looked at again; where it has moved is believed after a week."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.habit import learned
from news.items import When
from news.permanent_redirects import redirected, told
from news.rhythm import Hints
from news.schedule import after_failure, after_success
from news.sources import Check

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
BOUNDS = {"shortest": 900, "longest": 86_400, "seed": "s1"}
OLD, NEW = "https://a.example/feed", "https://b.example/feed"


def wait(check: Check) -> float:
    return (check.next_at - NOW).total_seconds()


def looked(fresh_for: int | None = None, **said: object) -> Check:
    return after_success(Check(NOW, **said), NOW, changed=True, fresh_for=fresh_for, **BOUNDS)


@pytest.mark.parametrize(
    ("check", "least"),
    [
        (looked(), 900),
        (looked(7200), 7200),
        (looked(60), 900),
        (looked(10**7), 86_400),
        (looked(hints=Hints(3600)), 3600),
        (looked(1800, hints=Hints(3600)), 3600),
        (looked(rhythm=86_400), 8640),
        (looked(rhythm=10**9), 86_400),
        (looked(rhythm=60), 900),
    ],
)
def test_the_longest_of_what_is_asked_for_counts_between_the_bounds(check, least):
    assert least <= wait(check) <= least * 1.1 + 1


def test_hours_in_which_nothing_comes_are_slept_through():
    night = Hints(None, frozenset({9, 10, 11}))
    next_at = looked(hints=night).next_at
    assert next_at.hour == 12 and next_at.date() == NOW.date()


def test_days_in_which_nothing_comes_are_slept_through_up_to_the_longest_wait():
    assert looked(hints=Hints(None, frozenset(), frozenset({0}))).next_at.weekday() == 1
    all_but_friday = Hints(None, frozenset(), frozenset({0, 1, 2, 3, 5, 6}))
    assert wait(looked(hints=all_but_friday)) == round(86_400 * 1.1)


def test_a_source_that_says_never_is_looked_at_as_usual():
    assert wait(looked(hints=Hints(None, frozenset(range(24))))) < 1000


@given(
    st.integers(-(10**6), 10**9) | st.none(), st.integers(1, 10**9) | st.none(),
    st.frozensets(st.integers(0, 23)), st.frozensets(st.integers(0, 6)), st.integers(0, 10**9) | st.none(),
)  # fmt: skip
def test_whatever_a_source_says_the_next_look_stays_within_the_bounds(fresh, every, hours, days, rhythm):
    check = looked(fresh, hints=Hints(every, hours, days), rhythm=rhythm)
    assert 900 <= wait(check) <= 86_400 * 1.1 + 1


def test_the_spread_of_one_source_is_always_the_same():
    assert looked() == looked()


@pytest.mark.parametrize(
    ("retry_after", "least"), [(None, 900), (60, 900), (7200, 7200), (3 * 86_400, 3 * 86_400), (10**8, 7 * 86_400)]
)
def test_a_server_that_says_how_long_to_stay_away_is_obeyed_up_to_a_week(retry_after, least):
    check = after_failure(Check(NOW), NOW, key="k", args={}, retry_after=retry_after, **BOUNDS)
    assert least <= wait(check) <= least * 1.1 + 1


def ago(**by: float) -> When:
    return When(moment=NOW - timedelta(**by))


def usual_gap(dates: list[When | None], now: datetime) -> int | None:
    return learned(Check(now), dates, now, new=False).rhythm


def test_the_usual_gap_is_the_median_of_what_is_dated():
    assert usual_gap([ago(days=1), ago(days=2), None, ago(days=3), ago(days=30)], NOW) == 86_400
    assert usual_gap([When(day=date(2026, 3, day)) for day in (2, 1)] + [ago(days=20)], NOW) is not None


def test_too_few_dates_or_dates_ahead_say_nothing():
    assert usual_gap([ago(days=1), ago(days=2)], NOW) is None
    assert usual_gap([ago(days=-1), ago(days=-2), ago(days=-3)], NOW) is None
    assert usual_gap([ago(days=1)] * 9, NOW) is None


def after(days: float, check: Check, moved_to: str | None = NEW, url: str = OLD) -> tuple[Check, str | None]:
    return redirected(check, url, moved_to, NOW + timedelta(days=days))


def test_a_move_is_believed_after_a_week_of_the_same_answer():
    check, address = after(0, Check(NOW))
    assert (check.moved_to, check.moved_since, address) == (NEW, NOW, None)
    assert after(6.9, check) == (check, None)
    assert after(7, check) == (check, NEW)


def test_another_answer_meanwhile_begins_the_week_again():
    check, _ = after(0, Check(NOW))
    back, address = after(3, check, moved_to=None)
    assert (back.moved_to, back.moved_since, address) == (None, None, None)
    elsewhere, _ = after(3, check, moved_to="https://c.example/")
    assert elsewhere.moved_since == NOW + timedelta(days=3)
    assert after(8, elsewhere, moved_to="https://c.example/")[1] is None


def test_a_clock_that_went_back_begins_the_week_again():
    check, _ = after(0, Check(NOW))
    assert after(-1, check)[0].moved_since == NOW - timedelta(days=1)


def test_a_move_that_was_noted_is_left_at_that():
    check, _ = after(0, Check(NOW))
    assert after(30, told(check)) == (told(check), None)


def test_nobody_in_between_can_take_the_lock_away_for_good():
    assert after(0, Check(NOW), moved_to="http://a.example/feed") == (Check(NOW), None)
