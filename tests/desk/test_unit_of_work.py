"""Several use cases are stored as one, or tried and not stored at all."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desk.categories.registry import add_category, list_categories
from desk.context import Desk
from desk.items.listing import list_items
from desk.items.posting import post_item
from desk.unit_of_work import as_if, unit_of_work
from news.drafts import Draft
from news.errors import InvalidFields


def titles(desk: Desk) -> list[str]:
    return [item.title for item in list_items(desk)]


def test_what_is_tried_gives_what_it_would_and_leaves_nothing(desk: Desk):
    before = list_categories(desk)

    def act(within: Desk) -> list[str]:
        add_category(within, "Une autre", actor="cli")
        post_item(within, Draft("Essai", categories=("une-autre",), status="published"), "cli")
        return titles(within)

    assert as_if(desk, act) == ["Essai"]
    assert (titles(desk), list_categories(desk)) == ([], before)


def test_what_fails_when_it_is_tried_says_so(desk: Desk):
    with pytest.raises(InvalidFields):
        as_if(desk, lambda within: post_item(within, Draft(""), "cli"))
    assert titles(desk) == []


def test_two_use_cases_are_stored_together_or_not_at_all(desk: Desk):
    with unit_of_work(desk) as (within, _):
        post_item(within, Draft("Une"), "cli")
        post_item(within, Draft("Deux"), "cli")
    with pytest.raises(InvalidFields), unit_of_work(desk) as (within, _):
        post_item(within, Draft("Trois"), "cli")
        post_item(within, replace(Draft("Quatre"), language="xx"), "cli")
    assert sorted(titles(desk)) == ["Deux", "Une"]
