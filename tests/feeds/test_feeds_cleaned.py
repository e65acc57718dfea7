from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from feeds.cleaned import cleaned
from feeds.document import FromSource, Term


@pytest.fixture
def clean(of):
    return lambda entry: cleaned(of(entry)).entries[0]


def test_cleaning_twice_changes_nothing(feed):
    assert cleaned(cleaned(feed)) == cleaned(feed)


def test_a_clean_feed_stays_as_it_is(feed):
    assert cleaned(feed) == feed


def test_characters_xml_forbids_are_dropped_everywhere(clean, plain):
    dirty = replace(
        plain,
        title="a\x00b",
        summary="c\ud800d",
        content_html="<p>e\ufffff</p>",
        author="g\x08h",
        url="https://x/\x01y",
    )
    found = clean(dirty)
    assert (found.title, found.summary, found.content_html, found.author, found.url) == (
        "ab",
        "cd",
        "<p>ef</p>",
        "gh",
        "https://x/y",
    )


def test_a_title_is_one_line(clean, plain):
    assert clean(replace(plain, title=" a\r\n  b\tc ")).title == "a b c"


def test_a_blank_title_gives_way_to_the_beginning_of_the_summary(clean, plain):
    assert clean(replace(plain, title="\x00 ", summary="mot " * 40)).title.startswith("mot mot")


def test_an_entry_without_title_or_summary_is_called_by_its_address(clean, plain):
    assert clean(replace(plain, title=" ", summary="")).title == plain.url


def test_a_blank_author_is_no_author(clean, plain):
    assert clean(replace(plain, author=" \x00 ")).author is None


def test_a_category_without_a_name_is_called_by_its_slug(clean, plain):
    assert clean(replace(plain, categories=(Term("masters", "\x00", "https://x/"),))).categories[0].name == "masters"


def test_a_source_without_a_name_is_called_by_its_address(clean, plain):
    source = FromSource("urn:x:1", " ", "https://p.example/feed", plain.updated)
    assert clean(replace(plain, source=source)).source.name == "https://p.example/feed"


def test_a_feed_without_a_title_is_called_by_its_page(feed):
    assert cleaned(replace(feed, title="\x00")).title == feed.home


def test_moments_are_utc_in_whole_seconds(clean, plain):
    odd = datetime(2024, 10, 4, 12, 30, 0, 999_999, tzinfo=timezone(timedelta(hours=2)))
    found = clean(replace(plain, published=odd)).published
    assert (found, found.tzinfo) == (datetime(2024, 10, 4, 10, 30, tzinfo=UTC), UTC)


def test_a_feed_without_an_author_is_by_its_title(feed):
    assert cleaned(replace(feed, author=" \x00")).author == feed.title


def test_the_addresses_of_a_feed_are_cleaned_too(feed):
    dirty = replace(feed, base=feed.base + "\x00", home=feed.home + "\x01", hub="https://hub\x02.example.org/")
    assert cleaned(dirty) == feed
