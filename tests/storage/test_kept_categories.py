"""Categories, and addresses that stay reserved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from news.errors import Conflict


def test_a_category_comes_back_with_everything(room):
    made = room.category("masters", name_en="Master’s", aliases=("Mastères", "M2"), retired=room.now)
    with room.storage.read() as reader:
        assert reader.categories() == (made,)
        assert reader.category_of_slug("masters") == made


def test_categories_stand_by_rank_and_the_retired_last(room):
    room.category("un", retired=room.now)
    room.category("deux")
    room.category("trois", rank=1)
    with room.storage.read() as reader:
        assert [category.slug for category in reader.categories()] == ["trois", "deux", "un"]


def test_a_renamed_category_answers_to_its_past_addresses_in_their_order(room):
    first = room.category("un")
    for slug in ("deux", "trois"):
        room.later(seconds=1)
        first = room.keep_category(replace(first, slug=slug))
    with room.storage.read() as reader:
        for slug in ("un", "deux", "trois"):
            found = reader.category_of_slug(slug)
            assert found and (found.slug, found.past_slugs) == ("trois", ("un", "deux"))
        assert reader.category_of_slug("quatre") is None


def test_a_category_may_take_its_own_past_address_back(room):
    first = room.keep_category(replace(room.category("un"), slug="deux"))
    room.keep_category(replace(first, slug="un"))
    with room.storage.read() as reader:
        found = reader.category_of_slug("deux")
    assert found and (found.slug, found.past_slugs) == ("un", ("deux",))


@pytest.mark.parametrize("taken", ["un", "deux"])
def test_an_address_that_is_or_was_anothers_is_refused_and_nothing_is_kept(room, taken):
    room.keep_category(replace(room.category("un"), slug="deux"))
    number = room.storage.change_number()
    with pytest.raises(Conflict, match=r"category\.slug\.taken"):
        room.category(taken)
    with room.storage.read() as reader:
        assert [category.slug for category in reader.categories()] == ["deux"]
    assert room.storage.change_number() == number


def test_a_new_category_starts_with_no_items_counted(room):
    made = room.category("un")
    with room.storage.read() as reader:
        assert reader.category_counts() == {"": 0, made.id: 0}
