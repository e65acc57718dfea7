"""Every change that readers are told of has a second of its own."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from news.items import Item, Status
from news.moments import MOST_AHEAD, apart, asked, is_told, told

DAY = datetime(2026, 3, 2, 10, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def item(updated: datetime, published: datetime | None = None, status: Status = Status.PUBLISHED) -> Item:
    return Item("1", "1", "Titre", "fr", status, DAY, updated, published=published or updated)


def test_news_of_one_day_is_told_second_by_second_and_published_as_that_day():
    found = apart([item(DAY) for _ in range(3)], {DAY, DAY + 2 * SECOND})
    assert [each.updated for each in found] == [DAY + SECOND, DAY + 3 * SECOND, DAY + 4 * SECOND]
    assert {each.published for each in found} == {DAY}


def test_what_is_told_is_never_before_the_date_shown():
    early = item(DAY - timedelta(hours=1), DAY)
    assert told(early) == DAY
    assert apart([early], ())[0].updated == DAY


def test_where_a_quarter_of_an_hour_is_full_an_item_keeps_its_own_moment():
    full = {DAY + number * SECOND for number in range(901)}
    assert [each.updated for each in apart([item(DAY)] * 2, full)] == [DAY, DAY]


def test_a_moment_is_asked_for_once_and_what_is_told_already_keeps_its_own():
    hidden, shown = item(DAY, status=Status.DRAFT), item(DAY)
    assert is_told(None, shown) and is_told(hidden, shown)
    assert not is_told(shown, shown) and not is_told(None, hidden) and not is_told(shown, hidden)
    assert is_told(shown, item(DAY + SECOND))


@given(st.lists(st.integers(0, 3_000), max_size=60), st.sets(st.integers(0, 3_000), max_size=60))
def test_no_two_share_a_moment_none_goes_back_and_what_is_asked_for_is_all_that_counts(wanted, there):
    items = [item(DAY + number * SECOND) for number in wanted]
    taken = {DAY + number * SECOND for number in there}
    spans = asked(items)
    seen = {each for each in taken if any(first <= each <= last for first, last in spans)}
    found = apart(items, seen)
    moments = [each.updated for each in found]
    assert len(set(moments)) == len(moments) and not taken & set(moments)
    assert all(old.updated <= new.updated <= old.updated + MOST_AHEAD for old, new in zip(items, found, strict=True))
    assert all(one[1] < other[0] for one, other in pairwise(spans))
