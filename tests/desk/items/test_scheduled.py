from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from desk.categories.registry import add_category
from desk.context import Desk, open_desk
from desk.items.listing import ItemFilter, list_items
from desk.items.posting import get_item, post_item
from desk.items.publishing_due import next_due, publish_due
from desk.publishing.browse import item_page, listing
from desk.selecting import resolve
from desk.settings import Settings
from news.drafts import Draft
from news.errors import NotFound
from news.items import Item, Status

SELECTIONS = ("all", "all.fr", "doctorat", "doctorat+masters", "doctorat,masters", "doctorat!ingenieurs.fr")
CASES = [
    # (as typed, the second it is due in UTC): a winter day, a summer day, and both changes of clocks.
    ("2027-01-15", "2027-01-14T23:00:00"),
    ("2026-07-15", "2026-07-14T22:00:00"),
    ("2026-07-15T09:30", "2026-07-15T07:30:00"),
    ("2026-03-29", "2026-03-28T23:00:00"),
    ("2026-03-30", "2026-03-29T22:00:00"),
    ("2026-03-29T01:59", "2026-03-29T00:59:00"),
    ("2026-03-29T03:00", "2026-03-29T01:00:00"),
    ("2026-10-25", "2026-10-24T22:00:00"),
    ("2026-10-26", "2026-10-25T23:00:00"),
    ("2026-10-25T02:30", "2026-10-25T00:30:00"),
    ("2026-10-25T03:00", "2026-10-25T02:00:00"),
    ("2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00"),
]


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def everything_public(desk: Desk, item: Item) -> dict[str, object]:
    """All that anybody could learn of an item from outside."""
    with desk.storage.read() as reader:
        states = {text: reader.feed_state(resolve(reader, text)) for text in SELECTIONS}
        shelves = {text: reader.shelf(resolve(reader, text), limit=50) for text in SELECTIONS}
        counts, story = reader.category_counts(), reader.story(item.story_id)
    return {
        "states": states,
        "shelves": shelves,
        "counts": counts,
        "story": story,
        "listed": [view.item.id for view in listing(desk).items],
        "found": [view.item.id for view in listing(desk, q="embargo").items],
        "number": desk.storage.change_number(),
    }


@pytest.mark.parametrize(("typed", "due"), CASES)
def test_a_scheduled_item_is_nowhere_one_second_before_and_everywhere_at_its_second(desk: Desk, clock, typed, due):
    untouched = everything_public(desk, post_item(desk, Draft("x"), "cli"))["number"]
    item = post_item(
        desk, Draft("Sous embargo", ("doctorat", "masters"), typed, status="published", summary="embargo"), "cli"
    )
    assert (item.status, item.due, next_due(desk)) == (Status.SCHEDULED, utc(due), utc(due))
    before = everything_public(desk, item)
    assert before["number"] == untouched, "not even a number has moved"

    clock.moment = utc(due) - timedelta(seconds=1)
    assert publish_due(desk) == 0
    assert everything_public(desk, item) == before
    assert (before["listed"], before["found"], before["story"]) == ([], [], ())
    with pytest.raises(NotFound):
        item_page(desk, item.id)

    clock.moment = utc(due)
    assert publish_due(desk) == 1
    after = everything_public(desk, item)
    assert after["listed"] == after["found"] == [item.id]
    assert all([one.id for one in shelf] == [item.id] for shelf in after["shelves"].values())
    assert all(state.changed_at == utc(due) for state in after["states"].values())
    assert after["counts"][""] == 1
    assert item_page(desk, item.id).view.item.first_published == utc(due)
    assert (publish_due(desk), next_due(desk)) == (0, None)


def test_a_worker_that_was_away_publishes_under_the_time_that_was_due(desk: Desk, clock):
    item = post_item(desk, Draft("En retard", date="2026-03-05T09:00", status="published"), "cli")
    clock.forward(days=30)
    publish_due(desk)
    late = get_item(desk, item.id)
    assert (late.published, late.updated, late.first_published) == (
        utc("2026-03-05T08:00:00"), utc("2026-03-05T08:00:00"), desk.now(),
    )  # fmt: skip


def test_a_day_published_late_that_day_is_shown_as_that_day_everywhere(desk: Desk, clock):
    item = post_item(desk, Draft("Le 5", date="2026-03-05", status="published"), "cli")
    clock.moment = utc("2026-03-05T18:00:00")
    publish_due(desk)
    published = get_item(desk, item.id).published
    assert {
        published.astimezone(ZoneInfo(zone)).date().isoformat()
        for zone in ("Pacific/Honolulu", "Europe/Paris", "Pacific/Auckland")
    } == {"2026-03-05"}


def test_a_clock_that_goes_back_takes_nothing_back(desk: Desk, clock):
    item = post_item(desk, Draft("Publiée", date="2026-03-03", status="published"), "cli")
    clock.forward(days=1)
    publish_due(desk)
    clock.forward(days=-2)
    assert publish_due(desk) == 0
    assert get_item(desk, item.id).status is Status.PUBLISHED


def test_more_than_one_page_of_due_items_is_published_at_once(desk: Desk, clock):
    due = clock.moment + timedelta(hours=1)
    with desk.storage.transaction() as tx:
        for number in range(501):
            item = Item(
                desk.mint(), "", f"n{number}", "fr", Status.SCHEDULED, desk.now(), desk.now(), published=due, due=due
            )
            tx.put_item(item, desk.now())
    clock.forward(hours=1)
    assert publish_due(desk) == 501
    assert list_items(desk, ItemFilter(status="scheduled")) == ()


def test_days_begin_when_the_newsrooms_day_begins(tmp_path: Path, clock):
    """A newsroom in Auckland publishes a day's items while it is still the day before in Paris."""
    zone = ZoneInfo("Pacific/Auckland")
    settings = Settings(database=tmp_path / "nz.db", timezone=zone)
    desk = open_desk(settings, clock=clock, create=True)
    add_category(desk, "Doctorat", actor="cli")
    item = post_item(desk, Draft("Là-bas", date="2026-03-04", status="published"), "cli")
    assert item.due == datetime(2026, 3, 4, tzinfo=zone).astimezone(UTC) == utc("2026-03-03T11:00:00")
    clock.moment = item.due
    assert publish_due(desk) == 1
    assert [view.day.isoformat() for view in listing(desk).items] == ["2026-03-04"]
    desk.storage.close()
