"""How a source is doing: one table of what is remembered and what that comes to."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.habit import SLOW, learned, timed
from news.health import State, patience_with, state_of, to_tell
from news.items import When
from news.sources import GONE, Check, Kind, Source, Trust

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = 86_400


def ago(**by: float) -> datetime:
    return NOW - timedelta(**by)


def source(paused: bool = False, **said: object) -> Source:
    looked = {"checked": NOW, "succeeded": ago(days=1), "said": ago(days=1), "rhythm": DAY, "longest": 3 * DAY}
    check = replace(Check(NOW), **(looked | said))
    return Source("s", "https://p.example/feed", Kind.FEED, "P", Trust.REVIEW, ago(days=400), check, paused=paused)


def failing(key: str, failures: int, **said: object) -> Source:
    return source(error_key=key, failures=failures, **said)


@pytest.mark.parametrize(("which", "state"), [
    (source(), State.WELL),
    (source(checked=None, succeeded=None, said=None), State.NEW),
    (source(paused=True), State.PAUSED),
    (replace(failing(GONE, 1), paused=True), State.GONE),
    (replace(failing("source.fetch.timeout", 9), paused=True), State.PAUSED),
    # One failure happens; three in a row do not.
    (failing("source.fetch.timeout", 1), State.STUMBLED),
    (failing("source.fetch.status", 2), State.STUMBLED),
    (failing("source.fetch.status", 3), State.FAILING),
    (failing("source.robots.forbidden", 3), State.FAILING),
    # What never could be read was added wrongly.
    (failing("source.fetch.unknown_host", 1, succeeded=None), State.FAILING),
    (failing("source.not_a_feed", 1, succeeded=None), State.FAILING),
    # A notice for a night is no new shape; the second look in a row is.
    (failing("source.page_changed", 1), State.STUMBLED),
    (failing("source.page_changed", 2), State.CHANGED),
    (failing("source.not_a_feed", 2), State.CHANGED),
    (failing("source.no_items", 5), State.CHANGED),
    # A source that is gone and was resumed is looked at first.
    (failing(GONE, 1), State.STUMBLED),
    # Quiet: two weeks at least, four times the rhythm, twice the longest silence.
    (source(said=ago(days=14)), State.WELL),
    (source(said=ago(days=15)), State.QUIET),
    (source(said=ago(days=30), rhythm=10 * DAY, longest=12 * DAY), State.WELL),
    (source(said=ago(days=41), rhythm=10 * DAY, longest=12 * DAY), State.QUIET),
    (source(said=ago(days=80), rhythm=DAY, longest=50 * DAY), State.WELL),
    (source(said=ago(days=101), rhythm=DAY, longest=50 * DAY), State.QUIET),
    (source(said=ago(days=170), rhythm=None, longest=None), State.WELL),
    (source(said=ago(days=181), rhythm=None, longest=None), State.QUIET),
    (source(said=None, changed=ago(days=181), rhythm=None, longest=None), State.QUIET),
    (source(said=None, changed=None, rhythm=None), State.WELL),
    (source(said=NOW + timedelta(days=3)), State.WELL),
    # Slow three times in a row; who is slow and quiet is quiet.
    (source(slow=2), State.WELL),
    (source(slow=3), State.SLOW),
    (source(slow=3, said=ago(days=15)), State.QUIET),
    (failing("source.fetch.timeout", 3, slow=3), State.FAILING),
])  # fmt: skip
def test_a_source_is_doing(which, state):
    assert state_of(which, NOW) is state


@pytest.mark.parametrize(("told", "now", "said"), [
    (None, State.WELL, None), (None, State.FAILING, State.FAILING), (State.FAILING, State.FAILING, None),
    (State.FAILING, State.CHANGED, State.CHANGED), (State.FAILING, State.STUMBLED, None),
    (State.FAILING, State.WELL, State.WELL), (State.QUIET, State.SLOW, State.WELL), (State.GONE, State.PAUSED, None),
    (None, State.SLOW, None), (None, State.STUMBLED, None), (None, State.QUIET, State.QUIET),
])  # fmt: skip
def test_trouble_is_told_once_and_its_end_once(told, now, said):
    assert to_tell(told, now) is said


def dates(*days: float) -> list[When | None]:
    return [When(moment=ago(days=each)) for each in days]


def test_a_dated_document_tells_when_it_last_had_news_and_how_it_rests():
    check = learned(Check(NOW), dates(2, 3, 4, 14), NOW, new=True)
    assert (check.said, check.rhythm, check.longest) == (ago(days=2), DAY, 10 * DAY)


def test_an_old_entry_kept_on_top_is_no_holiday():
    check = learned(Check(NOW), dates(1, 2, 3, 2000), NOW, new=False)
    assert check.longest == DAY
    assert patience_with(source(rhythm=check.rhythm, longest=check.longest)) == timedelta(days=14)


def test_what_is_dated_ahead_is_no_news_yet():
    assert learned(Check(NOW), dates(-3), NOW, new=False).said is None


def test_a_first_look_at_old_news_leaves_a_source_as_old_as_its_news():
    check = learned(Check(NOW), dates(800, 830, 860), NOW, new=True)
    assert check.said == ago(days=800)
    assert state_of(source(said=check.said, rhythm=check.rhythm, longest=check.longest), NOW) is State.QUIET


def test_something_new_that_is_dated_back_is_news_all_the_same():
    check = replace(Check(NOW), succeeded=ago(days=1), said=ago(days=50))
    assert learned(check, dates(60, 61, 62), NOW, new=True).said == NOW
    assert learned(check, dates(60, 61, 62), NOW, new=False).said == ago(days=50)


def test_a_page_without_dates_is_learned_from_when_it_had_something_new():
    check, now = replace(Check(NOW)), NOW
    for days in (0, 4, 4, 4, 12):
        now += timedelta(days=days)
        check = learned(replace(check, succeeded=now), [None, None], now, new=True)
    assert (check.said, check.longest) == (now, 12 * DAY)
    assert 4 * DAY < check.rhythm < 12 * DAY


def test_slow_answers_are_counted_in_a_row():
    check = timed(timed(Check(NOW), SLOW), SLOW + 1)
    assert (check.slow, check.took) == (2, SLOW + 1)
    assert timed(check, None) == check
    assert timed(check, SLOW - 1).slow == 0


@given(st.lists(st.none() | st.datetimes(timezones=st.just(UTC)), max_size=30), st.booleans(), st.integers(0, 9))
def test_whatever_dates_say_there_is_a_state_and_news_is_never_ahead(moments, new, failures):
    said = [When(moment=each) if each else None for each in moments]
    check = learned(replace(Check(NOW), checked=NOW, failures=failures), said, NOW, new=new)
    assert check.said is None or check.said <= NOW
    assert state_of(replace(source(), check=check), NOW) in State
