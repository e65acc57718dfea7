"""A story is told once in each language."""

from __future__ import annotations

import pytest

from desk.items.posting import edit_item, get_item, post_item, retract_item
from news.drafts import Draft
from news.errors import InvalidFields


@pytest.fixture
def french(desk):
    return post_item(desk, Draft("Bonjour", language="fr"), "cli")


@pytest.fixture
def english(desk, french):
    return post_item(desk, Draft("Hello", language="en"), "cli", story_of=french.id)


def refused(error):
    return error.value.fields["language"].key


def test_a_second_translation_into_the_same_language_is_refused(desk, french, english):
    for original in (french, english):
        with pytest.raises(InvalidFields) as error:
            post_item(desk, Draft("Again", language="en"), "cli", story_of=original.id)
        assert refused(error).startswith("item.translation.")


def test_a_translation_does_not_take_the_language_of_what_it_translates(desk, french, english):
    with pytest.raises(InvalidFields) as error:
        edit_item(desk, english.id, Draft("", language="fr"), "cli", only=frozenset({"language"}))
    assert refused(error) == "item.translation.there"
    assert get_item(desk, english.id) == english


def test_an_item_alone_changes_its_language(desk, french):
    assert edit_item(desk, french.id, Draft("", language="en"), "cli", only=frozenset({"language"})).language == "en"


def test_a_translation_that_was_withdrawn_makes_room_for_another(desk, french, english):
    retract_item(desk, english.id, "cli")
    assert post_item(desk, Draft("Again", language="en"), "cli", story_of=french.id).story_id == french.story_id
