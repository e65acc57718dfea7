"""The sample's pictures are its own, and the same ones every time."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from desk.context import open_desk
from desk.items.listing import ItemFilter, list_items
from desk.operating.sample import fill_with_sample
from sample import load
from sample.drawings import DRAWINGS, drawn

NEWSROOM = load(date(2026, 11, 23), ZoneInfo("Europe/Paris"))


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_the_same_each_time(name):
    assert drawn(name) == drawn(name)


def test_every_drawing_is_some_story_s_and_every_one_shown_is_described():
    pictured = [item for item in NEWSROOM.items if item.picture]
    assert {item.picture for item in pictured} == set(DRAWINGS)
    assert all(item.picture_alt for item in pictured)


def test_a_new_newsroom_shows_them(settings, clock):
    desk = open_desk(settings, clock=clock, create=True)
    fill_with_sample(desk)
    shown = [item.image for item in list_items(desk, ItemFilter(limit=1000)) if item.image]
    assert len({image.kept.id for image in shown}) == len(DRAWINGS) < len(shown)
    assert desk.storage.problems() == ()
    desk.storage.close()
