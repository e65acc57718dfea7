import pytest
from hypothesis import given
from hypothesis import strategies as st

from net.freshness import fresh_for

DATE = "Mon, 23 Nov 2026 01:00:00 GMT"


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({}, None),
        ({"cache-control": "max-age=600"}, 600),
        ({"cache-control": 'public, Max-Age="600"'}, 600),
        ({"cache-control": "s-maxage=9, max-age=600"}, 600),
        ({"cache-control": "max-age=600", "age": "500"}, 100),
        ({"cache-control": "max-age=600", "age": "700"}, 0),
        ({"cache-control": "max-age=99999999999"}, 30 * 86400),
        ({"cache-control": "no-cache, max-age=600"}, 0),
        ({"cache-control": "no-store"}, 0),
        ({"cache-control": "private"}, None),
        ({"cache-control": "max-age=soon"}, None),
        ({"expires": "Mon, 23 Nov 2026 01:10:00 GMT", "date": DATE}, 600),
        ({"expires": "Mon, 23 Nov 2026 00:10:00 GMT", "date": DATE}, 0),
        ({"expires": "0", "date": DATE}, 0),
        ({"expires": "Mon, 23 Nov 2026 01:10:00 GMT"}, None),
        ({"expires": "Mon, 23 Nov 2026 01:10:00 GMT", "date": DATE, "cache-control": "max-age=5"}, 5),
    ],
)
def test_how_long_an_answer_asks_to_be_kept(fields, seconds):
    assert fresh_for(fields) == seconds


@given(st.dictionaries(st.sampled_from(["cache-control", "expires", "date", "age"]), st.text(max_size=40)))
def test_no_header_breaks_it(fields):
    said = fresh_for(fields)
    assert said is None or 0 <= said <= 30 * 86400
