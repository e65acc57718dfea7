import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.errors import DepecheError, NotUnderstood
from news.sources import Kind

RSS = "<rss version='2.0'><channel><title>L</title><item><title>T</title></item></channel></rss>"
PAGE = (
    "<html><body><ul><li><a href=/1>Un</a> <time>3 mars 2024</time></li><li><a href=/2>Deux</a> <time>2 "
    "mars 2024</time></li></ul></body></html>"
)
JSON = '{"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "T"}]}'


@pytest.mark.parametrize(
    ("body", "found"),
    [
        (RSS, "rss20"),
        ("\ufeff \n<!-- <html> --><?xml version='1.0'?>" + RSS, "rss20"),
        ("<br />\n<b>Notice</b>: x in y<br />\n" + RSS, "rss20"),
        (PAGE, "page"),
        ("<!-- <rss> --><!DOCTYPE html>" + PAGE, "page"),
        (JSON, "json"),
        ("\ufeff\n" + JSON, "json"),
    ],
)
@pytest.mark.parametrize("content_type", [None, "text/html", "application/octet-stream", "text/xml; charset=utf-8"])
def test_the_format_is_seen_in_the_body_not_in_what_the_server_says(read_as, body, found, content_type):
    assert read_as(body, content_type).format == found


@pytest.mark.parametrize(
    ("body", "kind", "key"),
    [
        (b"", None, "source.empty_body"),
        (b" \n\t", Kind.PAGE, "source.empty_body"),
        (PAGE.encode(), Kind.FEED, "source.not_a_feed"),
        (RSS.encode(), Kind.PAGE, "source.is_a_feed"),
        (JSON.encode(), Kind.PAGE, "source.is_a_feed"),
        (b"%PDF-1.7 \0\0", Kind.PAGE, "source.not_a_page"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", None, "source.not_a_feed"),
        (b"<?xml version='1.0'?><opml><body/></opml>", Kind.FEED, "source.not_a_feed"),
        (b"plain words", None, "source.not_a_feed"),
        (b"<html><body><p>Rien</p></body></html>", None, "source.no_items"),
    ],
)
def test_what_is_not_news_is_told_by_name(read_as, body, kind, key):
    with pytest.raises(NotUnderstood) as caught:
        read_as(body, kind=kind)
    assert caught.value.key == key


def test_an_empty_feed_is_a_feed(read_as):
    assert read_as("<rss version='2.0'><channel><title>L</title></channel></rss>").entries == ()


@given(st.binary(max_size=300), st.sampled_from([None, *Kind]), st.none() | st.text(max_size=30))
@settings(max_examples=100, deadline=None)
def test_no_bytes_raise_anything_but_our_own_errors(read_as, body, kind, content_type):
    try:
        read_as(body, content_type, kind)
    except DepecheError as error:
        assert error.key.startswith("source.")
