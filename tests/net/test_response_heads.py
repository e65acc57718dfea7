import pytest
from hypothesis import given
from hypothesis import strategies as st

from net.response_heads import Heads


def heads_after(*lines, url="http://a.example/feed"):
    heads = Heads(url)
    for line in lines:
        heads.feed(line.encode("latin-1") + b"\r\n")
    return heads


def test_field_names_are_lower_case_and_repeats_are_joined():
    heads = heads_after("HTTP/1.1 200 OK", "Cache-Control: no-cache", "CACHE-control: max-age=3", "")
    assert heads.fields == {"cache-control": "no-cache, max-age=3"}


def test_a_validator_keeps_its_bytes():
    assert heads_after("HTTP/1.1 200 OK", 'ETag: \t W/"é  x-gzip" ', "").fields["etag"] == 'W/"é  x-gzip"'


def test_an_early_hint_does_not_hide_the_answer():
    heads = heads_after("HTTP/1.1 103 Early Hints", "Link: </x>", "", "HTTP/1.1 200 OK", "ETag: a", "")
    assert (heads.status, heads.fields) == (200, {"etag": "a"})


def test_trailers_are_not_believed():
    heads = heads_after("HTTP/1.1 200 OK", "ETag: a", "", "ETag: b", "Location: /elsewhere", "")
    assert (heads.fields["etag"], heads.moved_to) == ("a", None)


@pytest.mark.parametrize(
    ("hops", "moved_to"),
    [
        ([(301, "/new")], "http://a.example/new"),
        ([(308, "https://b.example/feed#top")], "https://b.example/feed"),
        ([(301, "/1"), (308, "2")], "http://a.example/2"),
        ([(302, "/1"), (301, "/2")], None),
        ([(301, "/1"), (307, "/2"), (301, "/3")], "http://a.example/1"),
        ([(301, "http://user:secret@b.example/")], None),
        ([(301, "ftp://b.example/")], None),
        ([(303, "/1")], None),
    ],
)
def test_only_unbroken_permanent_redirects_move_a_source(hops, moved_to):
    lines = [line for status, place in hops for line in (f"HTTP/1.1 {status} Moved", f"Location: {place}", "")]
    assert heads_after(*lines, "HTTP/1.1 200 OK", "").moved_to == moved_to


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        (["Retry-After: 120"], 120),
        (["Retry-After: 99999999999999999999"], 30 * 86400),
        (["Date: Mon, 23 Nov 2026 01:00:00 GMT", "Retry-After: Mon, 23 Nov 2026 01:10:00 GMT"], 600),
        (["Date: Mon, 23 Nov 2026 01:00:00 GMT", "Retry-After: Mon, 23 Nov 2026 00:10:00 GMT"], 0),
        (["Retry-After: Mon, 23 Nov 2026 01:10:00 GMT"], None),
        (["Retry-After: soon"], None),
        ([], None),
    ],
)
def test_retry_after_is_a_wait_in_seconds(fields, seconds):
    assert heads_after("HTTP/1.1 503 Busy", *fields, "").retry_after() == seconds


@given(st.lists(st.binary(max_size=60), max_size=8))
def test_no_bytes_break_the_reading_of_heads(lines):
    heads = Heads("http://a.example/")
    for line in [b"HTTP/1.1 301 x", *lines, b""]:
        heads.feed(line)
    heads.retry_after()
