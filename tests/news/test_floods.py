"""When a source's new entries are a flood."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from news.collected import Collected
from news.floods import FEWEST, MANY, FloodKind, flooding
from news.items import When


def entries(count, when=None, title="n{}"):
    return [Collected(title.format(n), guid=str(n), published=when and When(moment=when)) for n in range(count)]


def judged(fresh, now, *, of=None, titles=(), newest_ago=1):
    return flooding(fresh, of or len(fresh), set(titles), now - timedelta(days=newest_ago), now)


def test_a_window_that_is_all_unknown_and_old_is_a_flood(now):
    assert judged(entries(10, now - timedelta(days=5)), now) is FloodKind.RENAMED
    assert judged(entries(10), now) is FloodKind.RENAMED


def test_known_titles_under_new_names_are_a_flood_whatever_their_dates(now):
    fresh = entries(10, now - timedelta(hours=1))
    assert judged(fresh, now, titles=[entry.title for entry in fresh[:5]]) is FloodKind.RENAMED


def test_a_busy_source_may_replace_its_whole_window(now):
    assert judged(entries(30, now - timedelta(hours=1)), now) is None


def test_half_of_what_a_document_says_is_enough_of_it(now):
    fresh = entries(10, now - timedelta(days=9))
    titles = [entry.title for entry in fresh]
    assert judged(fresh, now, of=20, titles=titles) is FloodKind.RENAMED
    assert judged(fresh, now, of=21, titles=titles) is None


def test_a_busy_source_may_date_by_the_day_also_the_day_of_its_latest(now):
    latest = (now - timedelta(days=1)).date()
    window = [replace(entry, published=When(day=latest)) for entry in entries(10)]
    assert judged(window, now) is None
    assert judged([replace(each, published=When(day=latest - timedelta(days=1))) for each in window], now)


def test_dates_ahead_of_now_are_no_proof_of_news(now):
    assert judged(entries(10, now + timedelta(days=1)), now) is FloodKind.RENAMED


@pytest.mark.parametrize(("count", "of"), [(FEWEST - 1, FEWEST - 1), (10, 30)])
def test_few_new_entries_are_news(now, count, of):
    assert judged(entries(count, now - timedelta(days=9)), now, of=of) is None


def test_too_many_at_once_are_a_flood_however_new(now):
    assert judged(entries(MANY, now - timedelta(minutes=1)), now) is FloodKind.MANY
