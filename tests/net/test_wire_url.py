"""Addresses as they go over the wire."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from net.transfer import encoded, wire_url
from news.errors import FetchFailed


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("https://école.example/é?q=ü#f", b"https://xn--cole-9oa.example/%C3%A9?q=%C3%BC"),
        ("HTTP://Partner.example:080", b"http://partner.example:80/"),
        ("http://[::1]:8080/a b", b"http://[::1]:8080/a%20b"),
        ("http://partner.example:8080/feed_1/~x.xml", b"http://partner.example:8080/feed_1/~x.xml"),
    ],
)
def test_an_address_is_sent_in_ascii(url: str, sent: bytes) -> None:
    assert wire_url(url) == sent


@given(
    st.from_regex(r"https?://[a-z0-9.-]{1,12}(:[0-9]{0,6})?/[a-zA-Z0-9/._~-]{0,20}", fullmatch=True)
    | st.from_regex(r"https?://[a-zA-Z0-9.:@-]{0,9}(/[ -~]{0,20})?", fullmatch=True)
)
@example("http://a.example//b/../c")
@example("http://a..example./")
@example("http://a.example:0/")
def test_a_plainly_written_address_is_sent_as_one_that_is_taken_apart(url: str) -> None:
    try:
        expected = encoded(url)
    except FetchFailed:
        with pytest.raises(FetchFailed):
            wire_url(url)
    else:
        assert wire_url(url) == expected
