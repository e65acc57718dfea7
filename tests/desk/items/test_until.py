"""Items leave, and stand first, until a moment in the newsroom's zone; the worker alone lets them go."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from desk.items.draft import draft_of
from desk.items.posting import edit_item, get_item, history_of, post_item, retract_item
from desk.items.publishing_due import next_due, withdraw_due
from desk.items.versions import item_at
from desk.publishing.block import block_of
from desk.publishing.browse import listing
from desk.publishing.feed import feed_of
from news.drafts import Draft
from news.errors import InvalidFields
from news.items import Status
from news.selections import Selection


def shown(desk):
    with desk.storage.read() as reader:
        return [item.title for item in block_of(desk, reader, Selection(), 5).items]


def test_an_item_is_withdrawn_when_its_day_begins_in_the_newsroom(desk, clock, post):
    item = post("Short", "masters", withdraw="2026-03-10")
    midnight = datetime(2026, 3, 9, 23, 0, tzinfo=UTC)
    assert get_item(desk, item.id).withdraw_at == midnight
    assert next_due(desk) == midnight
    assert withdraw_due(desk) == 0
    clock.moment = midnight
    assert shown(desk) == ["Short"], "no page compares with now: the worker withdraws"
    assert withdraw_due(desk) == 1
    gone = get_item(desk, item.id)
    assert (gone.status, gone.withdrawn) == (Status.WITHDRAWN, midnight)
    assert shown(desk) == []
    assert history_of(desk, "item", item.id)[0].action == "withdrawn: time over"
    assert withdraw_due(desk) == 0


def test_what_comes_back_after_its_time_stays(desk, clock, post):
    item = post("Short", withdraw="2026-03-10")
    clock.forward(days=20)
    withdraw_due(desk)
    edit_item(desk, item.id, Draft(title="", status="published"), "cli", only=frozenset({"status"}))
    assert withdraw_due(desk) == 0
    assert get_item(desk, item.id).withdraw_at is None


def test_a_draft_or_an_item_taken_back_before_is_left_alone(desk, clock, post):
    draft = post_item(desk, Draft(title="D", withdraw="2026-03-10"), "cli")
    item = post("Short", withdraw="2026-03-10")
    retract_item(desk, item.id, "cli")
    clock.forward(days=20)
    assert withdraw_due(desk) == 0
    assert get_item(desk, draft.id).status is Status.DRAFT


@pytest.mark.parametrize(("date", "withdraw"), [
    ("2026-03-01", "2026-03-01"), ("2026-03-20", "2026-03-20"), ("2026-03-20T09:00", "2026-03-20T08:59"),
])  # fmt: skip
def test_nothing_leaves_before_it_is_seen(desk, post, date, withdraw):
    with pytest.raises(InvalidFields) as wrong:
        post("Never", date=date, withdraw=withdraw)
    assert {name: error.key for name, error in wrong.value.fields.items()} == {"withdraw": "item.withdraw.early"}


def test_an_edit_of_something_else_does_not_stumble_over_a_time_that_is_over(desk, clock, post):
    item = post("Short", withdraw="2026-03-10")
    clock.forward(days=20)
    edit_item(desk, item.id, Draft(title="Other"), "cli", only=frozenset({"title"}))
    assert get_item(desk, item.id).title == "Other"


@pytest.mark.parametrize("written", ["2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"])
def test_of_an_hour_that_comes_twice_the_form_says_which(desk, post, written):
    item = post("Short", withdraw=written)
    with desk.storage.read() as reader:
        typed = draft_of(desk, reader, item)
    assert post_item(desk, typed, "cli").withdraw_at == item.withdraw_at == datetime.fromisoformat(written)


def test_a_pinned_item_stands_first_on_pages_and_in_blocks_and_no_feed_is_reordered(desk, clock, post):
    old = post("Old", "masters", date="2026-02-01")
    post("New", "masters")
    with desk.storage.read() as reader:
        before = [entry.title for entry in feed_of(desk, reader, Selection(), reader.feed_state(Selection())).entries]
    edit_item(desk, old.id, Draft(title="", pin="2026-03-05"), "cli", only=frozenset({"pin"}))
    assert shown(desk) == ["Old", "New"]
    assert [view.item.title for view in listing(desk).items] == ["Old", "New"]
    assert [view.item.title for view in listing(desk, "masters").items] == ["Old", "New"]
    assert [view.item.title for view in listing(desk, q="New").items] == ["New"]
    with desk.storage.read() as reader:
        after = [entry.title for entry in feed_of(desk, reader, Selection(), reader.feed_state(Selection())).entries]
    assert before == after == ["New", "Old"]
    clock.moment = datetime(2026, 3, 5, 22, 59, tzinfo=UTC)
    withdraw_due(desk)
    assert shown(desk) == ["Old", "New"], "the whole day in the newsroom's zone"
    clock.forward(minutes=1)
    withdraw_due(desk)
    assert shown(desk) == ["New", "Old"]
    assert get_item(desk, old.id).updated == old.updated


def test_a_pinned_draft_is_nowhere(desk):
    post_item(desk, Draft(title="Secret", pin="2026-03-05"), "cli")
    assert shown(desk) == []


def test_authors_do_not_choose_what_stands_first(desk, author):
    with pytest.raises(InvalidFields) as wrong:
        post_item(desk, Draft(title="Mine", pin="2026-03-05"), author)
    assert set(wrong.value.fields) == {"pin"}


def test_the_past_of_an_item_knows_its_times(desk, post):
    item = post("Short", withdraw="2026-03-10", pin="2026-03-04")
    edit_item(desk, item.id, Draft(title="", withdraw="", pin=""), "cli", only=frozenset({"withdraw", "pin"}))
    with desk.storage.read() as reader:
        then = item_at(reader, get_item(desk, item.id), 1)
    assert (then.withdraw_at, then.pinned_until) == (item.withdraw_at, item.pinned_until)
