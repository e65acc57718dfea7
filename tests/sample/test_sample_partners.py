"""Two partners whose feeds behave like real ones."""

import io
from calendar import timegm
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import feedparser
import pytest

from news.categories import fold
from news.days import day_begins, local_day
from sample import load
from sample.partners import partner_feeds

PARIS = ZoneInfo("Europe/Paris")
RSS, ATOM = "/universite-de-port-sevigny/actualites.rss", "/northmere-institute/news.atom"
MONDAY = date(2026, 11, 23)
each_feed = pytest.mark.parametrize("path", [RSS, ATOM])
any_day = pytest.mark.parametrize("day", [MONDAY, date(2026, 3, 29), date(2026, 10, 25), date(2028, 2, 29)])


def read(path: str, day: date = MONDAY, zone: ZoneInfo = PARIS):
    parsed = feedparser.parse(io.BytesIO(partner_feeds(day, zone)[path][1]))
    assert not parsed.bozo
    return parsed


def moments(parsed) -> list[datetime]:
    return [datetime.fromtimestamp(timegm(entry.published_parsed), UTC) for entry in parsed.entries]


def labels(path: str) -> set[str]:
    return {tag.term for age in range(5) for entry in read(path, MONDAY + timedelta(age)).entries for tag in entry.tags}


@pytest.mark.parametrize(
    ("path", "version", "language", "media_type"),
    [(RSS, "rss20", "fr", "application/rss+xml"), (ATOM, "atom10", "en", "application/atom+xml")],
)
def test_one_is_rss_in_french_the_other_atom_in_english(path, version, language, media_type):
    parsed = read(path)
    assert (parsed.version, parsed.feed.language) == (version, language)
    assert parsed.feed.title
    assert partner_feeds(MONDAY)[path][0] == media_type


@each_feed
@any_day
def test_eight_entries_or_so_lie_within_the_last_weeks_and_one_is_of_today(path, day):
    days = [local_day(moment, PARIS) for moment in moments(read(path, day))]
    assert 7 <= len(days) <= 10
    assert days == sorted(days, reverse=True)
    assert days[0] == day
    assert day - days[-1] < timedelta(weeks=6)


@each_feed
@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Pacific/Auckland"])
def test_nothing_lies_in_the_future_of_the_newsroom_s_own_morning(path, zone):
    assert max(moments(read(path, MONDAY, ZoneInfo(zone)))) == day_begins(MONDAY, ZoneInfo(zone))


@each_feed
def test_every_entry_says_something_and_links_to_an_example_address_of_its_own(path):
    entries = read(path).entries
    assert all(entry.title and entry.summary and entry.tags for entry in entries)
    assert all(entry.link.split("/")[2].endswith(".example") for entry in entries)
    assert len({entry.id for entry in entries}) == len({entry.link for entry in entries}) == len(entries)


def test_the_same_day_gives_the_same_bytes():
    assert partner_feeds(MONDAY) == partner_feeds(MONDAY)


@each_feed
@any_day
def test_an_entry_keeps_its_date_and_words_the_next_day(path, day):
    today = {entry.id: (entry.title, entry.published) for entry in read(path, day).entries}
    tomorrow = {entry.id: (entry.title, entry.published) for entry in read(path, day + timedelta(days=1)).entries}
    kept = today.keys() & tomorrow.keys()
    assert len(kept) >= len(today) - 2
    assert tomorrow.keys() - kept
    assert all(today[identity] == tomorrow[identity] for identity in kept)


def test_some_labels_are_names_of_our_categories_and_some_are_not():
    categories = load(MONDAY, PARIS).categories
    ours = {fold(name) for category in categories for name in (category.name_fr, category.name_en)}
    assert labels(RSS) >= {"Doctorat", "Partenariats internationaux", "Développement durable"}
    assert labels(ATOM) >= {"PhD", "International partnerships", "Sustainability"}
    for path in (RSS, ATOM):
        assert {fold(label) in ours for label in labels(path)} == {True, False}


def test_french_titles_are_set_as_french_wants_them():
    assert any("\u00a0: " in entry.title for entry in read(RSS).entries)
    assert not any(" :" in entry.title or " ?" in entry.title for entry in read(RSS).entries)
