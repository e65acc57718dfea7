"""The calendar of what is planned."""

import re
from datetime import UTC, datetime

import pytest

from desk.items.posting import post_item
from news.drafts import Draft


def agenda(browser, month, **more):
    page = browser.get("/staff/calendar", query_string={"month": month, "view": "agenda", **more}).text
    days = re.findall(r'<h2[^>]*id="day-([^"]+)".*?<ul class="plain">(.*?)</ul>', page, re.DOTALL)
    return {day: re.findall(r"<a [^>]*>([^<]+)</a>", entries) for day, entries in days}


@pytest.fixture
def now(clock):
    clock.moment = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)


def test_what_is_scheduled_stands_under_its_day_in_its_order(editor, post):
    post("nine", date="2026-10-04 09:00")
    post("the day", date="2026-10-04")
    post("eight", date="2026-10-04 08:00")
    post("another month", date="2026-11-01 00:00")
    assert agenda(editor, "2026-10") == {"2026-10-04": ["the day", "eight", "nine"]}


def test_what_is_dated_but_not_ready_is_shown_and_said_so(editor, post):
    post("draft", date="2026-10-04", status="draft")
    post("in review", date="2026-10-05", status="review")
    page = editor.get("/staff/calendar?month=2026-10").text
    assert page.count("status--draft") == 2
    assert agenda(editor, "2026-10") == {"2026-10-04": ["draft"], "2026-10-05": ["in review"]}


def test_what_has_no_date_or_is_past_or_out_is_not_planned(editor, post, desk, clock):
    post("undated", date="", status="draft")
    post("past draft", date="2026-02-01", status="draft")
    post("out", date="2026-03-01")
    assert agenda(editor, "2026-03") == agenda(editor, "2026-02") == {}
    assert "Nothing is planned this month" in editor.get("/staff/calendar").text


@pytest.mark.parametrize(
    ("typed", "day", "words"),
    [
        ("2026-03-29 00:30", "2026-03-29", "0:30"),
        ("2026-03-29 03:30", "2026-03-29", "3:30"),
        ("2026-03-29 23:30", "2026-03-29", "23:30"),
        ("2026-10-25 00:30", "2026-10-25", "0:30"),
        ("2026-10-25T00:30:00Z", "2026-10-25", "2:30"),
        ("2026-10-25T01:30:00Z", "2026-10-25", "2:30"),
        ("2026-10-25 23:59", "2026-10-25", "23:59"),
        ("2026-10-31 23:30", "2026-10-31", "23:30"),
    ],
)
def test_days_are_the_newsrooms_also_when_its_clocks_change(editor, post, typed, day, words):
    post("then", date=typed)
    assert agenda(editor, day[:7]) == {day: ["then"]}
    assert f">{words}</time>" in editor.get(f"/staff/calendar?month={day[:7]}").text


def test_the_grid_is_a_table_of_whole_weeks_with_the_day_of_today_marked(editor, now):
    page = editor.get("/staff/calendar?lang=fr").text
    assert "<caption" in page
    assert page.count('<th scope="col">') == 7
    assert page.count('<td class="month__day') == 42
    assert re.findall(r'datetime="([^"]+)" aria-current="date"', page) == ["2026-03-02"]
    assert "<h1>Calendrier\u00a0: mars 2026</h1>" in page


def test_a_square_shows_a_few_and_leads_to_all(editor, post):
    for number in range(7):
        post(f"n{number}", date=f"2026-10-04 0{number}:00")
    page = editor.get("/staff/calendar?month=2026-10").text
    assert 'href="/staff/calendar?month=2026-10&amp;view=agenda#day-2026-10-04">3 more that day' in page
    assert len(agenda(editor, "2026-10")["2026-10-04"]) == 7


def test_months_lead_to_each_other_also_over_the_year(editor):
    page = editor.get("/staff/calendar?month=2026-12").text
    assert 'href="/staff/calendar?month=2026-11"' in page
    assert 'href="/staff/calendar?month=2027-01"' in page
    assert 'rel="next"' not in editor.get("/staff/calendar?month=2199-12").text
    assert 'rel="prev"' not in editor.get("/staff/calendar?month=1900-01").text


@pytest.mark.parametrize("month", ["2026", "2026-13", "2026-1", "1899-12", "9999-12", "²026-01", "<b>"])
def test_what_is_no_month_is_refused_in_words(editor, month):
    answer = editor.get("/staff/calendar", query_string={"month": month})
    assert answer.status_code == 400
    assert "is not a month" in answer.text


def test_an_author_sees_own_plans_alone(author, people, post, desk):
    post("of the others", date="2026-10-04")
    post_item(desk, Draft(title="own", date="2026-10-05", status="draft"), people["author"])
    assert agenda(author, "2026-10") == {"2026-10-05": ["own"]}
