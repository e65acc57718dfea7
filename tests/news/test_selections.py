"""Selections as written in an address."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.categories import Category
from news.errors import InvalidInput
from news.selections import Words, build, parse, spoken

MADE = datetime(2026, 3, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("all", Words((), "", (), None)),
        ("all.fr", Words((), "", (), "fr")),
        ("doctorat", Words(("doctorat",), "", (), None)),
        ("doctorat.en", Words(("doctorat",), "", (), "en")),
        ("a+b", Words(("a", "b"), "+", (), None)),
        ("a,b,c,d", Words(("a", "b", "c", "d"), ",", (), None)),
        ("a+b!c!d.fr", Words(("a", "b"), "+", ("c", "d"), "fr")),
        ("all!c", Words((), "", ("c",), None)),
        ("all.en-else-fr", Words((), "", (), None, "en")),
        ("a,b!c.fr-else-en", Words(("a", "b"), ",", ("c",), None, "fr")),
    ],
)
def test_good_selections_are_read(text, words):
    assert parse(text) == words


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Doctorat", "doctorat"),
        ("ALL.FR", "all.fr"),
        ("a b", "a+b"),
        ("a  b !c", "a+b!c"),
        (" a, b .en-else-fr ", "a,b.en-else-fr"),
        (" a ", "a"),
    ],
)
def test_capitals_and_blanks_are_read_as_what_they_were_meant_to_be(typed, meant):
    assert parse(typed) == parse(meant)


@pytest.mark.parametrize("text", [" ", "a b,c", "a\tb c,d", "all doctorat"])
def test_blanks_do_not_make_sense_of_what_has_none(text):
    with pytest.raises(InvalidInput):
        parse(text)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "selection.malformed"),
        (".fr", "selection.malformed"),
        ("a.", "selection.malformed"),
        ("a+", "selection.malformed"),
        ("+a", "selection.malformed"),
        ("a++b", "selection.malformed"),
        ("a!", "selection.malformed"),
        ("!a", "selection.malformed"),
        ("a!!b", "selection.malformed"),
        ("all+a", "selection.malformed"),
        ("a!all", "selection.malformed"),
        ("a!b+c", "selection.malformed"),
        ("a!b,c", "selection.malformed"),
        ("x" * 1001, "selection.malformed"),
        ("a.de", "selection.language"),
        ("a.fr.en", "selection.language"),
        ("a.fr-else-fr", "selection.language"),
        ("a.en-else-fr.fr", "selection.language"),
        ("a.else-fr", "selection.language"),
        ("a+b,c", "selection.both_signs"),
        ("a+b+c+d+e", "selection.too_many"),
        ("a" + "!b" * 9, "selection.too_many"),
    ],
)
def test_bad_selections_are_refused_with_one_sentence(text, key):
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    assert caught.value.key == key


@given(st.text(max_size=60) | st.text("ab+,!.-frall", max_size=20))
def test_no_text_is_more_than_refused(text):
    try:
        words = parse(text)
    except InvalidInput:
        return
    assert len(words.members) <= 4
    assert all(slug and slug != "all" for slug in (*words.members, *words.excluded))


def test_members_stand_once_and_in_the_order_of_their_ids(category):
    a, b, c = (category(name) for name in ("Zeta", "Alpha", "Mu"))
    for members in itertools.permutations([a, b, a, c]):
        assert build(members, any_of=True, excluded=(c, b, c), language="fr").address == "zeta,alpha,mu!alpha!mu.fr"
    assert build([a, a], any_of=True).address == "zeta"
    assert build([], any_of=False, excluded=(a,)).address == "all!zeta"


TONGUES = st.sampled_from(["", "fr", "en", "fr-else-en", "en-else-fr"])


@given(st.lists(st.integers(0, 3), max_size=4), st.lists(st.integers(0, 3), max_size=3), st.booleans(), TONGUES)
def test_an_address_read_again_is_the_same_selection(members, excluded, any_of, tongue):
    made = [Category(f"id-{n}", slug, slug, slug, n, MADE) for n, slug in enumerate(("d", "c", "b", "a"))]
    language, prefer = spoken(tongue)
    without = [made[n] for n in excluded]
    selection = build([made[n] for n in members], any_of=any_of, excluded=without, language=language, prefer=prefer)
    assert selection.tongue == tongue
    by_slug = {category.slug: category for category in made}
    words = parse(selection.address)
    again = build(
        [by_slug[slug] for slug in words.members],
        any_of=words.sign == ",",
        excluded=[by_slug[slug] for slug in words.excluded],
        language=words.language,
        prefer=words.prefer,
    )
    assert again == selection


def test_only_all_and_single_categories_have_a_stored_feed(category):
    a, b = category("A"), category("B")
    assert not build([], any_of=False).live_only
    assert not build([a], any_of=False).live_only
    assert build([a, b], any_of=False).live_only
    assert build([a], any_of=False, excluded=[b]).live_only
    assert build([a], any_of=False, prefer="fr").live_only
    assert not build([a], any_of=False, prefer="fr").combined


def test_the_id_of_a_combination_follows_from_ids_and_differs_for_each(category):
    a, b = category("A"), category("B")
    asked = [
        build([a, b], any_of=False), build([a, b], any_of=True), build([a], any_of=False, excluded=[b]),
        build([b], any_of=False, excluded=[a]), build([a, b], any_of=False, language="fr"),
        build([], any_of=False, excluded=[a]),
    ]  # fmt: skip
    assert len({selection.derived_id() for selection in asked}) == len(asked)
    assert build([b, a], any_of=False).derived_id() == asked[0].derived_id()
