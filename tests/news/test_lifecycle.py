"""What an item becomes when a person or the clock says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from news.items import Status, When
from news.lifecycle import no_later, placed, released, touched, when_of, withdrawn

HOUR = timedelta(hours=1)


@pytest.fixture
def draft(item):
    return item(status=Status.DRAFT, published=None, first_published=None)


def test_published_without_a_date_is_published_now(draft, now, paris):
    after = placed(draft, Status.PUBLISHED, None, now, paris)
    assert (after.status, after.published, after.first_published, after.day) == (Status.PUBLISHED, now, now, None)


@pytest.mark.parametrize("asked", [Status.PUBLISHED, Status.SCHEDULED])
def test_what_lies_ahead_is_scheduled_and_what_is_due_is_published(draft, now, paris, asked):
    ahead = placed(draft, asked, When(moment=now + HOUR), now, paris)
    assert (ahead.status, ahead.due, ahead.first_published) == (Status.SCHEDULED, now + HOUR, None)
    behind = placed(draft, asked, When(moment=now - HOUR), now, paris)
    assert (behind.status, behind.due, behind.published) == (Status.PUBLISHED, None, now - HOUR)
    assert placed(draft, asked, When(moment=now), now, paris).status is Status.PUBLISHED


def test_today_is_published_and_never_dated_ahead_of_now(draft, now, paris):
    after = placed(draft, Status.PUBLISHED, When(day=now.date()), now, paris)
    assert (after.status, after.day, after.published) == (Status.PUBLISHED, now.date(), now)


def test_tomorrow_is_due_when_the_newsroom_s_day_begins(draft, now, paris):
    after = placed(draft, Status.PUBLISHED, When(day=date(2026, 3, 3)), now, paris)
    assert (after.status, after.due) == (Status.SCHEDULED, datetime(2026, 3, 2, 23, tzinfo=UTC))


@pytest.mark.parametrize("asked", [Status.DRAFT, Status.REVIEW])
def test_taken_out_of_sight_it_keeps_its_date_and_nothing_of_having_been_seen(item, now, paris, asked):
    after = placed(item(due=now, withdrawn=now), asked, None, now + HOUR, paris)
    assert (after.status, after.published, after.first_published) == (asked, now, None)
    assert (after.due, after.withdrawn) == (None, None)


def test_published_again_it_keeps_the_date_and_the_moment_it_was_first_seen(item, now, paris):
    assert placed(item(), Status.PUBLISHED, None, now + HOUR, paris) == item()


def test_a_scheduled_moment_is_released_under_its_own_date(draft, now, paris):
    waiting = placed(draft, Status.SCHEDULED, When(moment=now + HOUR), now, paris)
    after = released(waiting, now + 2 * HOUR, paris)
    assert (after.status, after.due, after.published) == (Status.PUBLISHED, None, now + HOUR)
    assert after.first_published == now + 2 * HOUR


def test_a_scheduled_day_is_released_as_the_moment_it_was_first_seen_or_half_past_ten(draft, now, paris):
    waiting = placed(draft, Status.SCHEDULED, When(day=date(2026, 3, 3)), now, paris)
    at_midnight = datetime(2026, 3, 2, 23, 0, 2, tzinfo=UTC)
    assert released(waiting, at_midnight, paris).published == at_midnight
    assert released(waiting, now + 48 * HOUR, paris).published == datetime(2026, 3, 3, 10, 30, tzinfo=UTC)


def test_withdrawn_it_remembers_since_when(item, now):
    after = withdrawn(item(due=now), now + HOUR)
    assert (after.status, after.withdrawn, after.due, after.visible) == (Status.WITHDRAWN, now + HOUR, None, False)


def test_a_date_is_given_back_as_it_was_given(item, draft, now):
    assert when_of(item(day=now.date())) == When(day=now.date())
    assert when_of(item()) == When(moment=now)
    assert when_of(draft) is None


def test_a_source_s_date_never_lies_ahead(now, paris):
    today, tomorrow = When(day=now.date()), When(day=now.date() + timedelta(days=1))
    assert no_later(today, now, paris) == today
    for when in (tomorrow, When(moment=now + HOUR), None):
        assert no_later(when, now, paris) == When(moment=now)


def test_a_first_publication_is_updated_as_of_its_date(draft, now, paris):
    after = placed(replace(draft, title="Autre"), Status.PUBLISHED, When(moment=now - 9 * HOUR), now, paris)
    assert touched(draft, after, now).updated == now - 9 * HOUR


@pytest.mark.parametrize("field", ["title", "summary", "content_html", "author", "link"])
def test_what_readers_see_changed_counts_as_an_update(item, now, field):
    after = replace(item(), **{field: "https://example.org/x"})
    assert touched(item(), after, now + HOUR).updated == now + HOUR


def test_what_readers_hardly_see_does_not_count(item, now):
    after = item(categories=frozenset({"c"}), overridden=frozenset({"title"}), version=2)
    assert touched(item(), after, now + HOUR).updated == now


@pytest.mark.parametrize("link", ["https://www.example.org/a/?utm_source=rss", "https://example.org/a#top"])
def test_another_spelling_of_the_same_link_does_not_count(item, now, link):
    before = item(link="http://example.org/a")
    assert touched(before, replace(before, link=link), now + HOUR).updated == now


def test_updated_never_goes_back_and_moves_all_the_same(item, now):
    assert touched(item(), item(title="Autre"), now - HOUR).updated == now + timedelta(seconds=1)
    assert touched(item(), item(title="Autre"), now).updated == now + timedelta(seconds=1)


def test_updated_never_lies_before_the_date_shown(item, now, paris):
    before = item(published=now - 9 * HOUR, updated=now - 9 * HOUR)
    after = placed(before, Status.PUBLISHED, When(moment=now - HOUR), now, paris)
    assert touched(before, after, now).updated == now - HOUR


@pytest.mark.parametrize(("significant", "moves"), [(None, True), (True, True), (False, False)])
def test_whoever_changes_words_may_say_that_it_is_a_detail(item, now, significant, moves):
    after = touched(item(), item(title="Autre"), now + HOUR, significant=significant)
    assert (after.updated == now + HOUR) is moves


@pytest.mark.parametrize(("significant", "moves"), [(None, False), (True, True), (False, False)])
def test_whoever_changes_a_space_may_say_that_it_matters(item, now, significant, moves):
    after = touched(item(title="Un mot"), item(title="Un  mot"), now + HOUR, significant=significant)
    assert (after.updated == now + HOUR) is moves


def test_what_did_not_change_is_never_significant(item, now):
    assert touched(item(), item(version=2), now + HOUR, significant=True).updated == now


def test_a_first_publication_counts_whatever_is_said_of_it(draft, now, paris):
    after = placed(draft, Status.PUBLISHED, When(moment=now), now, paris)
    assert touched(draft, after, now, significant=False).updated == now
