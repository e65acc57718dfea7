"""Dates as people type them: read by the form, and shown again so that they are read the same."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.days import long_date, parse_when
from news.errors import InvalidInput
from news.typed_days import iso_text, shown_text
from translations import LANGUAGES, translator
from web.staff.moments import moment_words

MONDAY = date(2026, 11, 23)
PARIS = ZoneInfo("Europe/Paris")
DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(("typed", "read"), [
    ("demain 8h", "2026-11-24T08:00"),
    ("Demain à 8 h 30", "2026-11-24T08:30"),
    ("demain", "2026-11-24"),
    ("aujourd’hui 18h", "2026-11-23T18:00"),
    ("après-demain à 9h", "2026-11-25T09:00"),
    ("lundi 8h", "2026-11-30T08:00"),
    ("vendredi prochain", "2026-11-27"),
    ("24/11/2026 8 h", "2026-11-24T08:00"),
    ("24.11.2026 à 8h00", "2026-11-24T08:00"),
    ("24 novembre 2026", "2026-11-24"),
    ("le 24 novembre 2026 à 8\u00a0h\u00a030", "2026-11-24T08:30"),
    ("1er décembre 2026", "2026-12-01"),
    ("3 févr. 2027", "2027-02-03"),
    ("2026-11-24", "2026-11-24"),
    ("2026-11-24 8:05", "2026-11-24T08:05"),
    ("2026-11-24T08:00", "2026-11-24T08:00"),
    ("tomorrow at 9:30", "2026-11-24T09:30"),
    ("tomorrow 9 am", "2026-11-24T09:00"),
    ("Friday 12:15 am", "2026-11-27T00:15"),
    ("24 November 2026 at 12 pm", "2026-11-24T12:00"),
    ("4th October 2026, 9:00", "2026-10-04T09:00"),
])  # fmt: skip
def test_what_people_type_is_a_day_or_a_moment(typed, read):
    assert iso_text(typed, MONDAY) == read


@pytest.mark.parametrize("typed", [
    "", "bientôt", "demain 25h", "demain 8", "31/02/2026", "24 ju 2026", "3 mar 2026 13 pm", "lundi dernier",
    "24/11/2026 matin", "2026-11-24T08:00:12", "2026-11-24T08:00+01:00", "2026-11-24T08:00:00Z", "99 novembre 2026",
])  # fmt: skip
def test_what_is_no_date_stays_as_it_was_typed(typed):
    assert iso_text(typed, MONDAY) == typed


@given(DAYS)
def test_a_day_as_the_pages_write_it_is_that_day(day):
    for language in LANGUAGES:
        assert iso_text(long_date(day, language), MONDAY) == day.isoformat()


@given(st.datetimes(datetime(1900, 1, 2), datetime(2199, 12, 30)))
def test_a_moment_as_the_pages_or_the_form_write_it_is_that_moment(typed):
    typed = typed.replace(second=0, microsecond=0)
    iso = typed.strftime("%Y-%m-%dT%H:%M")
    for language in LANGUAGES:
        words = moment_words(typed.replace(tzinfo=PARIS), PARIS, translator(language))
        assert iso_text(words, MONDAY) == iso
        assert iso_text(shown_text(iso, language), MONDAY) == iso


@given(st.text(max_size=90))
def test_whatever_is_typed_is_read_or_left_to_be_refused(typed):
    read = iso_text(typed, MONDAY)
    for language in LANGUAGES:
        assert iso_text(shown_text(read, language), MONDAY) == read
    if read != typed:
        try:
            parse_when(read, PARIS)
        except InvalidInput as wrong:
            assert wrong.key in ("date.out_of_range", "date.skipped_hour")
