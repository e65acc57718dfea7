"""A line of a log is a hit or it is not: strangers write most of it."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from news.access_log import LONGEST_LINE, Hit, hit_in

LINE = (
    '203.0.113.9 - - [23/Nov/2026:08:00:01 +0100] "GET /embed/masters%2Bdoctorat.json?limit=5 HTTP/1.1" 200 912 '
    '"https://lyon.example" "Mozilla/5.0 (X11; rv:140.0) Firefox/140.0"'
)


def test_a_line_tells_when_what_and_by_whom_it_was_asked():
    assert hit_in(LINE + "\n") == Hit(
        datetime(2026, 11, 23, 7, 0, 1, tzinfo=UTC), "203.0.113.9", "/embed/masters+doctorat.json", "limit=5",
        "https://lyon.example", "Mozilla/5.0 (X11; rv:140.0) Firefox/140.0",
    )  # fmt: skip


def test_what_was_not_said_is_nothing_and_escapes_are_read():
    said = hit_in('- - - [01/Jan/2027:00:00:00 +0000] "GET /feeds/all.atom HTTP/2.0" 304 0 "-" "a\\x22b\\"c"')
    assert (said.requester, said.referrer, said.agent) == ("", "", 'a"b"c')


@pytest.mark.parametrize(
    "changed",
    [
        ("200 912", "404 912"), ("200 912", "301 0"), ("GET ", "POST "), ("GET ", "HEAD "), ("HTTP/1.1", ""),
        ("23/Nov/2026", "31/Nov/2026"), ("Nov", "Nox"), ("08:00:01", "28:00:01"), ("+0100", "+9900"), ('"GET', "GET"),
        ("/embed", "\\x16\\x03\\x01"), (" - - ", " "), ('" 200', '" GET" 200'), ("Firefox", "x" * LONGEST_LINE),
    ],
)  # fmt: skip
def test_anything_else_is_no_hit(changed):
    assert hit_in(LINE.replace(*changed)) is None


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=200), st.integers(0, len(LINE)), st.integers(0, 40))
def test_no_line_makes_it_fail(noise, at, gone):
    for line in (noise, LINE[:at] + noise + LINE[at + gone :], f'1 - - [{noise}] "{noise}" 200 1 "{noise}" "{noise}"'):
        found = hit_in(line)
        assert found is None or (found.path.startswith("/") and found.at.tzinfo is not None)
