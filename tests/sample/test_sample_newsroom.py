"""The sample newsroom: complete, clean, and never out of date."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from news.categories import checked_slug, slugify
from news.days import day_begins, local_day
from news.links import checked_url
from news.sanitise import clean_html, text_of
from news.text import one_line
from sample import SampleItem, load

PARIS = ZoneInfo("Europe/Paris")
TODAY = date(2026, 11, 23)
NEWSROOM = load(TODAY, PARIS)
every_item = pytest.mark.parametrize("item", NEWSROOM.items, ids=lambda item: f"{item.story}.{item.language}")


def day_of(item: SampleItem, zone: ZoneInfo = PARIS) -> date:
    return item.day or local_day(item.moment, zone)


def test_the_five_categories_come_in_their_order_with_the_slug_of_their_french_name():
    assert [(category.name_fr, category.name_en) for category in NEWSROOM.categories] == [
        ("Ingénieurs", "Engineering"),
        ("Doctorat", "PhD"),
        ("Masters", "Masters"),
        ("Partenariats internationaux", "International partnerships"),
        ("Diversité & RSE", "Diversity & CSR"),
    ]
    assert all(checked_slug(category.slug) == slugify(category.name_fr) for category in NEWSROOM.categories)


def test_some_sixty_items_cover_two_years_up_to_today():
    days = [day_of(item) for item in NEWSROOM.items]
    assert 55 <= len(days) <= 65
    assert max(days) == TODAY
    assert timedelta(days=700) < TODAY - min(days) <= timedelta(days=731)


def test_about_half_is_in_french_only_and_a_quarter_of_the_stories_are_told_twice():
    languages = defaultdict(set)
    for item in NEWSROOM.items:
        assert item.language not in languages[item.story]
        languages[item.story].add(item.language)
    counts = Counter(frozenset(told) for told in languages.values())
    assert 26 <= counts[frozenset({"fr"})] <= 34
    assert 12 <= counts[frozenset({"fr", "en"})] <= 15
    assert 3 <= counts[frozenset({"en"})] <= 6


def test_a_translation_shares_the_story_s_date_author_and_categories():
    french = {item.story: item for item in NEWSROOM.items if item.language == "fr"}
    for item in NEWSROOM.items:
        other = french.get(item.story, item)
        assert (item.day, item.moment, item.author, item.categories) == (
            other.day,
            other.moment,
            other.author,
            other.categories,
        )


def test_every_category_has_enough_to_show_and_some_items_have_several():
    counts = Counter(slug for item in NEWSROOM.items for slug in item.categories)
    assert set(counts) == {category.slug for category in NEWSROOM.categories}
    assert min(counts.values()) >= 8
    assert sum(len(item.categories) > 1 for item in NEWSROOM.items) >= 15


def test_items_come_oldest_first():
    days = [day_of(item) for item in NEWSROOM.items]
    assert days == sorted(days)


def test_the_sample_does_not_age():
    later = load(TODAY + timedelta(days=400), PARIS)
    assert [day_of(item) - day_of(before) for item, before in zip(later.items, NEWSROOM.items, strict=True)] == [
        timedelta(days=400)
    ] * len(NEWSROOM.items)


@pytest.mark.parametrize("zone", ["Pacific/Honolulu", "Europe/Paris", "Pacific/Auckland"])
def test_nothing_lies_in_the_future_when_the_newest_day_begins(zone):
    begins = day_begins(TODAY, ZoneInfo(zone))
    newsroom = load(TODAY, ZoneInfo(zone))
    assert all(item.day <= TODAY if item.day else item.moment < begins for item in newsroom.items)


def test_a_time_is_one_of_the_newsroom_s_zone():
    told = next(item for item in NEWSROOM.items if item.story == "trois-minutes-pour-une-these")
    assert told.day is None
    assert told.moment == datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
    assert told.moment.tzinfo is UTC


@every_item
def test_an_item_has_a_title_that_fits_and_a_summary_both_on_one_line(item):
    assert 0 < len(item.title) <= 120
    assert 40 <= len(item.summary) <= 300
    assert (item.title, item.summary) == (one_line(item.title), one_line(item.summary))


@every_item
def test_an_item_has_one_date_and_its_categories_by_rank(item):
    ranks = [category.slug for category in NEWSROOM.categories]
    assert (item.day is None) != (item.moment is None)
    assert item.categories
    assert list(item.categories) == [slug for slug in ranks if slug in item.categories]


@every_item
def test_a_body_is_clean_html_of_a_few_paragraphs(item):
    cleaned = clean_html(item.content_html).replace(' rel="noopener noreferrer"', "")
    assert cleaned.replace("&nbsp;", "\u00a0") == item.content_html
    assert 2 <= item.content_html.count("<p>") <= 7
    assert len(text_of(item.content_html)) > len(item.summary)


@every_item
def test_links_lead_to_example_addresses_only(item):
    addresses = [part.split('"')[0] for part in item.content_html.split('href="')[1:]]
    for address in [*addresses, *([item.link] if item.link else [])]:
        host = address.removeprefix("mailto:").split("@")[-1] if "@" in address else checked_url(address).split("/")[2]
        assert host.endswith(".example")


def test_no_two_items_share_a_link():
    links = [item.link for item in NEWSROOM.items if item.link]
    assert links
    assert len(links) == len(set(links))
