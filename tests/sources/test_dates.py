from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.items import When
from sources.dates import days_in, in_words, when_of

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    "text",
    [
        "04/10/2024", "4/10/2024", "04.10.2024", "04-10-2024", "04/10/24", "2024-10-04", "4 octobre 2024",
        "4 oct. 2024",
        "vendredi 4 octobre 2024", "October 4, 2024", "Oct 4th 2024", "4th of October 2024", "4\u00a0octobre\u00a02024",
        "Le 04/10/2024.", "(04/10/2024)",
    ],
)  # fmt: skip
def test_a_written_day_is_read(text):
    assert [found.day for found in days_in(text)] == [date(2024, 10, 4)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er février 2024", date(2024, 2, 1)),
        ("15 AOÛT 2023", date(2023, 8, 15)),
        ("15 aout 2023", date(2023, 8, 15)),
        ("10/24/2024", date(2024, 10, 24)),
        ("31 déc. 2023", date(2023, 12, 31)),
        ("2 juil. 2024", date(2024, 7, 2)),
    ],
)
def test_spellings_and_orders_are_read(text, day):
    assert [found.day for found in days_in(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "24/7",
        "31/02/2024",
        "3.14.15926",
        "2024",
        "12 apôtres 2024",
        "1/2/2024/5",
        "2024-10-041",
        "4 octobre",
        "0/0/0000",
    ],
)
def test_what_is_no_day_is_none(text):
    assert list(days_in(text)) == []


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("2024-10-04", When(day=date(2024, 10, 4))),
        ("Fri, 04 Oct 2024", When(day=date(2024, 10, 4))),
        ("Fri, 04 Oct 2024 09:00:00 +0200", When(moment=datetime(2024, 10, 4, 7, tzinfo=UTC))),
        ("Fri, 04 Oct 2024 09:00:00 GMT", When(moment=datetime(2024, 10, 4, 9, tzinfo=UTC))),
        ("Fri, 4 Oct 24 09:00 EST", When(moment=datetime(2024, 10, 4, 14, tzinfo=UTC))),
        ("2024-10-04T09:00:00.123Z", When(moment=datetime(2024, 10, 4, 9, tzinfo=UTC))),
        ("2024-10-04T00:00:00+02:00", When(moment=datetime(2024, 10, 3, 22, tzinfo=UTC))),
        ("2024-10-04T09:00:00", When(moment=datetime(2024, 10, 4, 7, tzinfo=UTC))),
        ("ven., 04 oct. 2024", When(day=date(2024, 10, 4))),
        ("0001-01-01T00:00:00Z", None),
        ("Mon, 01 Jan 0001 00:00:00 +0000", None),
        ("soon", None),
        ("", None),
        (None, None),
        (20241004, None),
    ],
)
def test_a_date_field_is_a_day_or_a_moment(text, when):
    assert when_of(text, PARIS) == when


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("3 mars 2024", date(2024, 3, 3)),
        ("1er mars 2024", date(2024, 3, 1)),
        ("dimanche 3 mars 2024", date(2024, 3, 3)),
        ("Sunday, March 3, 2024", date(2024, 3, 3)),
        ("03/04/2024", date(2024, 4, 3)),
        ("3 mars 2024 à 9 h 30", datetime(2024, 3, 3, 8, 30, tzinfo=UTC)),
        ("3 mars 2024, 9h30", datetime(2024, 3, 3, 8, 30, tzinfo=UTC)),
        ("Le 3 mars 2024 à 9h", datetime(2024, 3, 3, 8, 0, tzinfo=UTC)),
        ("3 juillet 2024 à 21\u00a0h\u00a005", datetime(2024, 7, 3, 19, 5, tzinfo=UTC)),
        ("03/04/2024 14:05", datetime(2024, 4, 3, 12, 5, tzinfo=UTC)),
        ("03/04/2024 - 14:05:59", datetime(2024, 4, 3, 12, 5, tzinfo=UTC)),
        ("March 3, 2024 at 9:30 pm", datetime(2024, 3, 3, 20, 30, tzinfo=UTC)),
        ("March 3, 2024 12:05 a.m.", datetime(2024, 3, 2, 23, 5, tzinfo=UTC)),
        ("March 3, 2024, 9 PM", datetime(2024, 3, 3, 20, 0, tzinfo=UTC)),
        ("dim., 03 mars 2024 09:30:00 +0300", datetime(2024, 3, 3, 6, 30, tzinfo=UTC)),
        ("3 mars 2024 09:30 UTC", datetime(2024, 3, 3, 9, 30, tzinfo=UTC)),
        ("3 mars 2024 09:30 XYZ", date(2024, 3, 3)),
        ("3 mars 2024, 12 personnes", date(2024, 3, 3)),
        ("3 mars 2024 à 25h", date(2024, 3, 3)),
        ("3 mars 2024, 15:00 pm", date(2024, 3, 3)),
        ("3 mars 2024 – 14/05", date(2024, 3, 3)),
    ],
)
def test_dates_in_words_are_read_with_the_time_that_follows(text, when):
    expected = When(moment=when) if isinstance(when, datetime) else When(day=when)
    assert in_words(text, PARIS) == expected
    assert when_of(text, PARIS) == expected


@pytest.mark.parametrize("text", ["il y a 2 jours", "hier à 9h30", "2 days ago", "1er mars", "March 3", "mars 2024"])
def test_what_is_told_from_today_or_without_a_year_is_no_date(text):
    assert when_of(text, PARIS) is None


@given(st.text(max_size=120) | st.from_regex(r"[0-9TZ:+./ -]{1,40}"))
def test_no_text_breaks_the_reading_of_dates(text):
    when = when_of(text, PARIS)
    assert when is None or (when.day is None) != (when.moment is None)


@given(
    st.from_regex(
        r"[A-Z][a-z]{2}, [0-3]\d (Jan|Feb|Mar|Sep|Dec) [12]\d{3} [0-2]\d:[0-6]\d:[0-6]\d (GMT|[+-]\d{4})",
        fullmatch=True,
    )
)
def test_a_date_written_to_the_letter_is_the_same_as_one_that_is_looked_at_in_every_way(text):
    assert when_of(text, PARIS) == when_of(f"{text} (x)", PARIS)
