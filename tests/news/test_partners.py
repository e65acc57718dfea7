from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.errors import InvalidInput
from news.partners import Partner, Standing, checked_contact, checked_name, checked_origins, standing

NOW = datetime(2026, 3, 20, tzinfo=UTC)


def test_origins_are_written_as_policies_name_them():
    given = [" https://WWW.Lyon.example/ ", "lyon.example:8443", "http://*.lyon.example", "https://école.example", ""]
    assert checked_origins(given) == (
        "https://www.lyon.example", "https://lyon.example:8443", "http://*.lyon.example", "https://xn--cole-9oa.example",
    )  # fmt: skip
    assert checked_origins(["a.example", "https://a.example"]) == ("https://a.example",)


@pytest.mark.parametrize(
    "text",
    ["*", "https://*", "https://a.example/page", "https://a.example; script-src *", "'self'", "ftp://a.example",
     "https://a.example:0", "https://a.example:99999", "https://a.example\r\nX: y", "https://u@a.example",
     "https://é" + "a" * 90],
)  # fmt: skip
def test_what_is_no_site_is_refused(text):
    with pytest.raises(InvalidInput):
        checked_origins([text])


@given(st.text())
def test_nothing_that_could_end_a_rule_gets_into_a_policy(text):
    try:
        (origin,) = checked_origins([text]) or ("",)
    except InvalidInput:
        return
    assert set(origin) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-:/*")


def test_there_is_an_end_to_everything():
    for wrong in (lambda: checked_name(" "), lambda: checked_name("x" * 201), lambda: checked_contact("x" * 201)):
        with pytest.raises(InvalidInput):
            wrong()
    with pytest.raises(InvalidInput):
        checked_origins([f"a{n}.example" for n in range(21)])


@pytest.mark.parametrize(
    ("age", "seen", "expected"),
    [(1, None, Standing.NEW), (9, None, Standing.NEVER), (9, 6, Standing.SEEN), (9, 8, Standing.SILENT)],
)
def test_who_has_gone_silent(age, seen, expected):
    partner = Partner("id", "abcdefghij", "Lyon", NOW - timedelta(days=age))
    assert standing(partner, seen and NOW - timedelta(days=seen), NOW) == expected
