"""Addresses: what is one, and which are the same page."""

from __future__ import annotations

from urllib.parse import urljoin

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from news.errors import InvalidInput
from news.links import absolute, canonical, checked_url, host_of, is_iri_of, taken_apart
from tests.patience import takes_less_than


@pytest.mark.parametrize(
    ("text", "url"),
    [
        (" https://example.org/a ", "https://example.org/a"),
        ('https://example.org/a b"<c>', "https://example.org/a%20b%22%3Cc%3E"),
        ("https://example.org/é?q=1#f", "https://example.org/é?q=1#f"),
        ("http://école.example:8080/", "http://école.example:8080/"),
        ("http://[::1]:80/a", "http://[::1]:80/a"),
        ("HTTPS://EXAMPLE.org", "HTTPS://EXAMPLE.org"),
        ("http://intranet/a", "http://intranet/a"),
    ],
)
def test_a_web_address_is_taken(text, url):
    assert checked_url(text) == url


@pytest.mark.parametrize(
    "text",
    [
        "", "x", "/a", "//example.org", "javascript:alert(1)", "data:text/html,x", "ftp://example.org", "http://",
        "http:///a", "http://user:pw@example.org/", "http://example.org:99999/", "http://example.org:0/",
        "http://[::1", "http://pas une adresse", "http://exa\nmple.org", "http://..", "http://-", "http://%41.example/",
        "https://example.org/" + "a" * 2000,
    ],
)  # fmt: skip
def test_what_is_no_web_address_is_refused(text):
    with pytest.raises(InvalidInput) as caught:
        checked_url(text)
    assert caught.value.key == "url.malformed"


@given(
    st.text(max_size=80) | st.text(max_size=60).map("http://{}".format) | st.text(max_size=60).map("http://a/{}".format)
)
def test_no_text_is_more_than_refused_and_what_is_taken_is_taken_again(text):
    try:
        url = checked_url(text)
    except InvalidInput:
        return
    assert checked_url(url) == url
    assert canonical(url)
    assert not set(url) & set(' \n\t<>"')


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/a", "https://www.example.org/a", "https://EXAMPLE.org:443/a/", "http://example.org:80/a#x",
        "https://example.org/a?utm_source=x&utm_medium=y&fbclid=z&xtor=RSS-1", "https://example.org/a?",
    ],
)  # fmt: skip
def test_spellings_of_one_page_have_one_canonical_form(url):
    assert canonical(url) == "example.org/a"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.org/a", "https://example.org/b"),
        ("https://example.org/a", "https://example.org/A"),
        ("https://example.org/?p=1", "https://example.org/?p=2"),
        ("https://example.org/", "https://fr.example.org/"),
        ("https://example.org/a", "https://example.org:8443/a"),
        ("https://example.org/fr/a", "https://example.org/a"),
        ("https://example.org/?a=", "https://example.org/"),
    ],
)
def test_different_pages_have_different_ones(one, other):
    assert canonical(one) != canonical(other)


def test_the_order_of_parameters_does_not_matter():
    assert canonical("https://example.org/?b=2&a=1") == canonical("https://example.org/?a=1&b=2")


@pytest.mark.parametrize(
    ("link", "made"),
    [
        ("b", "https://example.org/a/b"),
        ("/b", "https://example.org/b"),
        ("//other.example/b", "https://other.example/b"),
        ("?x", "https://example.org/a/?x"),
        ("javascript:alert(1)", None),
        ("mailto:a@example.org", None),
        ("http://[", None),
        (" ", None),
        (None, None),
    ],
)
def test_a_link_is_made_whole_or_is_none(link, made):
    assert absolute(link, "https://example.org/a/") == made


def test_a_relative_link_without_a_base_is_none():
    assert absolute("/b", None) is None


@pytest.mark.parametrize(("url", "host"), [("https://EXAMPLE.org:8/a", "example.org"), ("x", ""), ("http://[", "")])
def test_the_host_of_an_address(url, host):
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("guid", "keeps"),
    [
        ("https://example.org/?p=12", True),
        ("http://example.org/12", True),
        ("https://www.example.org/12", False),
        ("https://elsewhere.example/12", False),
        ("urn:uuid:1", False),
        ("tag:example.org,2024:1", False),
        ("12", False),
        ("https://example.org/a b", False),
        ("https://example.org/<a>", False),
        ("https://example.org/" + "a" * 2000, False),
    ],
)
def test_only_an_iri_on_the_source_s_own_host_may_stay_an_identity(guid, keeps):
    assert is_iri_of(guid, "https://example.org/feed") is keeps


@given(
    st.from_regex(r"https?://(www\.)?[a-z0-9.-]{1,12}(/[a-zA-Z0-9/._~%+-]{0,20})?", fullmatch=True)
    | st.from_regex(r"https?://[a-zA-Z0-9.:@-]{0,9}(/[ -~]{0,20})?", fullmatch=True)
)
@example("http://www../")
@example("http://www.www.example/")
def test_a_plainly_written_link_comes_to_the_same_as_one_that_is_taken_apart(url):
    try:
        expected = taken_apart(url)
    except ValueError:
        return
    assert canonical(url) == expected


@given(
    st.from_regex(r"https?://[a-z0-9.-]{1,12}/[a-zA-Z0-9/_.-]{0,20}", fullmatch=True),
    st.sampled_from([None, "", "https://a.example/b/", "http://a.example"]),
)
def test_a_whole_address_is_the_same_made_absolute_or_not(url, base):
    try:
        expected = checked_url(urljoin(base or "", url))
    except (InvalidInput, ValueError):
        expected = None
    assert absolute(url, base) == expected


@given(st.text(alphabet="htps:/\\.@ax1?#[]\t\n\x00 \u200f\xe9", max_size=14) | st.text(max_size=20))
@example("http:\x00//a.example/")
@example("http:/\x00/a.example/")
@example("http:a.example")
@example("http:\\\\a.example")
def test_what_can_be_no_address_by_itself_is_none_the_long_way_too(text):
    try:
        expected = checked_url(urljoin("", text.strip())) if text.strip() else None
    except (InvalidInput, ValueError):
        expected = None
    assert absolute(text, None) == expected


@pytest.mark.parametrize("host", ["a" * 100_000 + "!", "-" * 100_000, "[" + ":" * 100_000 + "!]", "é." * 100_000])
def test_a_host_of_any_length_is_refused_without_work(host):
    for text in (f"http://{host}/", f"https://news.example/{host}"):
        with takes_less_than(2.5), pytest.raises(InvalidInput):
            checked_url(text)
        with takes_less_than(2.5):
            assert absolute(text, "https://news.example/") is None
