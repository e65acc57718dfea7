"""Days and moments, at the edges of days, years and clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.days import (
    day_begins,
    due,
    local_day,
    long_date,
    parse_when,
    published_moment,
    rfc3339,
    short_date,
)
from news.errors import InvalidInput
from news.items import When

PARIS = ZoneInfo("Europe/Paris")
ZONES = [ZoneInfo(name) for name in ("Europe/Paris", "Pacific/Honolulu", "Pacific/Auckland", "America/Havana")]
DAYS = st.dates(date(1950, 1, 1), date(2199, 12, 31))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type,misc]


@pytest.mark.parametrize("text", ["2024-10-04", "04/10/2024", "4/10/2024", "04.10.2024", "  2024-10-04 "])
def test_a_day_is_read_in_each_of_its_forms(text):
    assert parse_when(text, PARIS) == When(day=date(2024, 10, 4))


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2024-10-04T09:00", utc(2024, 10, 4, 7)),
        ("2024-10-04 09:00:30", utc(2024, 10, 4, 7, 0, 30)),
        ("2024-12-04T09:00", utc(2024, 12, 4, 8)),
        ("2024-10-04T09:00:00+02:00", utc(2024, 10, 4, 7)),
        ("2024-10-04T09:00:00.75Z", utc(2024, 10, 4, 9)),
        ("2024-10-04T00:30:00+14:00", utc(2024, 10, 3, 10, 30)),
    ],
)
def test_a_moment_is_read_in_the_newsroom_s_zone_or_its_own(text, moment):
    assert parse_when(text, PARIS) == When(moment=moment)


@pytest.mark.parametrize(
    "text", ["", "hier", "2024-13-01", "31/02/2024", "10/13/2024", "2024", "12:00", "2024-10-04T25:00"]
)
def test_what_is_no_date_is_refused(text):
    with pytest.raises(InvalidInput) as caught:
        parse_when(text, PARIS)
    assert caught.value.key == "date.malformed"


@pytest.mark.parametrize("text", ["1899-12-31", "01/01/2200", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00"])
def test_years_out_of_range_are_refused(text):
    with pytest.raises(InvalidInput) as caught:
        parse_when(text, PARIS)
    assert caught.value.key == "date.out_of_range"


def test_the_hour_that_spring_skips_is_refused():
    with pytest.raises(InvalidInput) as caught:
        parse_when("2026-03-29T02:30", PARIS)
    assert caught.value.key == "date.skipped_hour"
    assert parse_when("2026-03-29T03:00", PARIS) == When(moment=utc(2026, 3, 29, 1))


def test_of_the_hour_that_autumn_repeats_the_first_is_meant():
    assert parse_when("2026-10-25T02:30", PARIS) == When(moment=utc(2026, 10, 25, 0, 30))


@given(st.text(max_size=40) | st.from_regex(r"[0-9/.:+TZ -]{4,30}", fullmatch=True))
def test_no_text_is_more_than_refused(text):
    try:
        when = parse_when(text, PARIS)
    except InvalidInput:
        return
    assert (when.day is None) != (when.moment is None)
    assert when.moment is None or (when.moment.utcoffset() == timedelta() and not when.moment.microsecond)


@pytest.mark.parametrize(
    ("day", "begins", "hours"),
    [
        (date(2026, 3, 29), utc(2026, 3, 28, 23), 23),
        (date(2026, 10, 25), utc(2026, 10, 24, 22), 25),
        (date(2026, 7, 1), utc(2026, 6, 30, 22), 24),
    ],
)
def test_a_day_begins_at_the_newsroom_s_midnight_also_when_clocks_change(day, begins, hours):
    assert day_begins(day, PARIS) == due(When(day=day), PARIS) == begins
    assert day_begins(day + timedelta(days=1), PARIS) - begins == timedelta(hours=hours)


@given(DAYS, st.sampled_from(ZONES))
def test_the_first_moment_of_a_day_is_in_it_and_the_second_before_is_not(day, zone):
    begins = day_begins(day, zone)
    assert local_day(begins, zone) == day
    assert local_day(begins - timedelta(seconds=1), zone) == day - timedelta(days=1)


@given(DAYS)
def test_a_day_is_published_as_a_moment_of_the_same_day_from_honolulu_to_auckland(day):
    moment = published_moment(When(day=day), None, PARIS)
    assert moment == datetime(day.year, day.month, day.day, 10, 30, tzinfo=UTC)
    assert {local_day(moment, zone) for zone in ZONES} == {day}


def test_a_day_first_seen_early_that_day_is_published_as_that_moment():
    day = When(day=date(2026, 7, 1))
    assert published_moment(day, utc(2026, 6, 30, 22, 5), PARIS) == utc(2026, 6, 30, 22, 5)
    assert published_moment(day, utc(2026, 7, 1, 10, 31), PARIS) == utc(2026, 7, 1, 10, 30)
    assert published_moment(day, utc(2026, 6, 30, 21, 59), PARIS) == utc(2026, 7, 1, 10, 30)


def test_a_moment_is_published_as_itself():
    moment = utc(2026, 7, 1, 5)
    assert published_moment(When(moment=moment), utc(2026, 7, 1, 4), PARIS) == due(When(moment=moment), PARIS) == moment


@pytest.mark.parametrize(
    ("day", "short", "long", "english"),
    [
        (date(2024, 10, 4), "04/10/2024", "4 octobre 2024", "4 October 2024"),
        (date(2024, 8, 1), "01/08/2024", "1er août 2024", "1 August 2024"),
    ],
)
def test_days_are_written_as_readers_write_them(day, short, long, english):
    assert (short_date(day, "fr"), long_date(day, "fr")) == (short, long)
    assert short_date(day, "en") == long_date(day, "en") == english


def test_moments_are_written_in_utc_to_the_second():
    assert rfc3339(datetime(2026, 3, 29, 3, 0, 0, 999, tzinfo=PARIS)) == "2026-03-29T01:00:00Z"


@pytest.mark.parametrize(
    "typed",
    ["20/11/2026 10:30", "20/11/2026 10h30", "20/11/2026 à 10 h 30", "20.11.2026 10:30", "2026-11-20 10:30"],
)
def test_a_day_first_date_may_have_a_time(typed):
    assert parse_when(typed, PARIS) == When(moment=datetime(2026, 11, 20, 9, 30, tzinfo=UTC))


def test_a_whole_hour_needs_no_minutes():
    assert parse_when("20/11/2026 9 h", PARIS) == When(moment=datetime(2026, 11, 20, 8, 0, tzinfo=UTC))


@pytest.mark.parametrize("typed", ["20/11/2026 25:00", "20/11/2026 10:75", "20/11/2026 10", "20/11/2026 à midi"])
def test_a_time_that_is_none_is_refused(typed):
    with pytest.raises(InvalidInput):
        parse_when(typed, PARIS)
