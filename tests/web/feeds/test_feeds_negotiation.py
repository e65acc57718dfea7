"""Which coding a client gets, and when it has the document already."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.answers.negotiation import acceptable, moment_of, names


@pytest.mark.parametrize(
    ("header", "first"),
    [
        (None, "identity"),
        ("", "identity"),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("GZIP", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=1.0, br;q=0.5", "gzip"),
        ("gzip;q=0.5, br;q=0.8, identity;q=0.9", "identity"),
        ("gzip;q=0", "identity"),
        ("gzip;q=0, *", "br"),
        ("br;q=0, *;q=0.1", "gzip"),
        ("*", "br"),
        ("deflate", "identity"),
        ("gzip;q=0.001", "gzip"),
        ("gzip ; q=0.3 ,identity;q=0.2", "gzip"),
        ("identity;q=0, gzip", "gzip"),
        ("gzip;q=oops, br", "br"),
    ],
)
def test_the_coding_a_client_likes_best_comes_first(header: str | None, first: str) -> None:
    assert acceptable(header)[0] == first


@pytest.mark.parametrize(
    "header", ["identity;q=0", "*;q=0", "gzip;q=0, br;q=0, identity;q=0", "deflate, identity;q=0.000"]
)
def test_a_client_may_take_none(header: str) -> None:
    assert acceptable(header) == ()


@pytest.mark.parametrize(
    "header",
    ['"abc"', 'W/"abc"', '"x", "abc"', 'W/"x",W/"abc"', '"with,comma", "abc"', "*", " * ",
     '"abc-gzip"', 'W/"abc-br"', '"abc;br"', '"abc;gzip"', '"abc--gzip"', '"abc"-gzip'],
)  # fmt: skip
def test_an_entity_tag_is_named(header: str) -> None:
    assert names(header, '"abc"')


@pytest.mark.parametrize("header", ["", '""', '"ab"', '"abcd"', "abc", '"abc-gzip-x"', '"-gzip"', '"*"', 'W/"ABC"'])
def test_an_entity_tag_is_not_named(header: str) -> None:
    assert not names(header, '"abc"')


@pytest.mark.parametrize(
    "text", ["Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 09:49:37 +0100"]
)
def test_a_date_is_read(text: str) -> None:
    assert moment_of(text) == datetime(1994, 11, 6, 8, 49, 37, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "yesterday", "Sun, 99 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 99999 08:49:37 GMT"])
def test_what_is_no_date_is_none(text: str) -> None:
    assert moment_of(text) is None


@given(st.text())
def test_no_header_breaks_anything(text: str) -> None:
    assert set(acceptable(text)) <= {"br", "gzip", "identity"}
    assert names(text, '"never"') is (text.strip() == "*" or "never" in text)
    moment = moment_of(text)
    assert moment is None or moment.tzinfo is not None


@given(st.text(alphabet=' ,;="*-/Wgzipbr019.', max_size=80))
def test_no_header_that_nearly_makes_sense_breaks_anything(text: str) -> None:
    assert set(acceptable(text)) <= {"br", "gzip", "identity"}
    names(text, '"br"')
