"""Dates on the form: typed in words, shown as people write them, and told when nobody can read them."""

from __future__ import annotations

from datetime import timedelta

import lxml.html
import pytest

from desk.items.listing import list_items
from desk.items.posting import get_item
from news.days import local_day
from news.items import Status

TOMORROW = {"title": "Une chaire", "date": "demain 8 h", "status": "published", "language": "fr"}


def shown(answer, field="date"):
    return lxml.html.fromstring(answer.text).get_element_by_id(field).get("value")


def test_a_date_in_words_schedules_and_comes_back_as_people_write_it(editor, desk):
    there = editor.post("/staff/items/new", TOMORROW).location
    (item,) = list_items(desk)
    zone = desk.settings.timezone
    tomorrow = local_day(item.due, zone)
    assert item.status is Status.SCHEDULED
    assert (tomorrow - local_day(desk.now(), zone)).days == 1
    assert shown(editor.get(f"{there}?lang=fr")) == f"{tomorrow:%d/%m/%Y} 8 h"
    assert shown(editor.get(f"{there}?lang=en")) == f"{tomorrow:%Y-%m-%d} 08:00"


def test_saving_the_date_that_is_shown_changes_nothing(editor, desk):
    there = editor.post("/staff/items/new", TOMORROW | {"withdraw": "1er mai 2030", "pin": "30/04/2030"}).location
    (before,) = list_items(desk)
    page = editor.get(f"{there}?lang=fr")
    assert (shown(page, "withdraw"), shown(page, "pin")) == ("01/05/2030", "30/04/2030")
    again = TOMORROW | {name: shown(page, name) for name in ("date", "withdraw", "pin")}
    editor.post(there, again | {"version": "1", "body": ""})
    assert get_item(desk, before.id) == before


def test_a_date_in_words_that_was_only_kept_is_the_day_it_meant_then(editor, desk):
    token = desk.mint()
    editor.post("/staff/items/keep", TOMORROW | {"token": token, "status": "draft"})
    page = editor.get(f"/staff/items/new?resume={token}&lang=fr")
    tomorrow = local_day(desk.now(), desk.settings.timezone) + timedelta(days=1)
    assert shown(page) == f"{tomorrow:%d/%m/%Y} 8 h"


@pytest.mark.parametrize("status", ["draft", "review", "published"])
def test_a_date_that_nobody_can_read_is_told_beside_the_form_as_it_is_typed(editor, status):
    preview = editor.post("/staff/items/preview", TOMORROW | {"date": "bientôt", "status": status}).text
    assert "cannot be read: see the Date field." in preview


def test_what_was_typed_as_a_date_and_cannot_be_read_comes_back_as_typed(editor):
    answer = editor.post("/staff/items/new", TOMORROW | {"date": "bientôt"})
    assert (answer.status_code, shown(answer)) == (422, "bientôt")
