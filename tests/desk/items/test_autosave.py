"""What is typed and not saved is kept within bounds, and for those alone who may write it."""

from __future__ import annotations

import pytest

from desk.items.autosave import NEW, keep, kept
from news.errors import InvalidInput, NotAllowed, NotFound
from news.sanitise import LONGEST_BODY

ABOUT = f"{NEW}019cadfd-8900-7003-b712-ab9420796896"


@pytest.mark.parametrize(
    "fields",
    [
        {f"field{n}": "x" for n in range(61)},
        {"body": "x" * (LONGEST_BODY + 50_001)},
        {"body": ["x" * LONGEST_BODY] * 2},
    ],
    ids=["many", "long", "long in a list"],
)
def test_more_than_any_item_may_be_is_not_kept(desk, author, fields):
    keep(desk, author, ABOUT, {"title": "Before"}, 0)
    with pytest.raises(InvalidInput):
        keep(desk, author, ABOUT, fields, 0)
    assert kept(desk, author, ABOUT).fields == {"title": "Before"}


@pytest.mark.parametrize("about", [NEW, f"{NEW}x", "", "x", "019cadfd-8900-7003-b712-ab9420796896"])
def test_only_a_form_that_there_is_can_be_kept(desk, editor, about):
    with pytest.raises(NotFound):
        keep(desk, editor, about, {"title": "T"}, 0)


def test_nothing_is_kept_over_what_somebody_may_not_write(desk, author, editor, post):
    item = post("Another's")
    with pytest.raises(NotAllowed):
        keep(desk, author, item.id, {"title": "T"}, 1)
    assert keep(desk, editor, item.id, {"title": "T"}, 1).user_id == editor.id
    assert kept(desk, author, item.id) is None
