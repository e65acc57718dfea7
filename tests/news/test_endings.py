from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from news.categories import Category
from news.endings import GRACE, heir, merged_names, redirected, retired, to_close
from news.rules import usual_rules
from news.sources import Check, Kind, Source, Trust

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
IDS = ("a", "b", "c", "d")


def category(name: str, **said) -> Category:
    return replace(Category(name, name.upper(), f"{name} en", name, 1, NOW), **said)


def test_a_retired_category_answers_until_somebody_has_closed_it():
    ended = retired(category("a"), None, farewell="f", now=NOW)
    assert (ended.closes, ended.answers) == (NOW + GRACE, True)
    assert not to_close(ended, NOW + GRACE - timedelta(seconds=1))
    assert to_close(ended, NOW + GRACE)
    assert ended.answers, "the time alone closes nothing"
    closed = replace(ended, closed=NOW + GRACE)
    assert (closed.answers, to_close(closed, NOW + GRACE)) == (False, False)


def test_a_category_that_was_never_told_to_close_answers_no_more():
    assert not category("a", retired=NOW).answers


@given(st.dictionaries(st.sampled_from(IDS), st.tuples(st.sampled_from((*IDS, "gone", None)), st.booleans())))
def test_the_heir_goes_on_whatever_names_whom(drawn):
    known = {
        name: category(name, successor=after, retired=NOW if ended else None) for name, (after, ended) in drawn.items()
    }
    for one in known.values():
        found = heir(one, known)
        assert found is None or (found.retired is None and found.id in known)


def test_the_heir_is_found_by_way_of_others_that_ended():
    known = {one.id: one for one in (
        category("a", retired=NOW, successor="b"), category("b", retired=NOW, successor="c"), category("c"),
    )}  # fmt: skip
    assert heir(known["a"], known) == known["c"]


def test_a_source_gives_the_other_once():
    source = Source(
        "s", "https://x.example", Kind.FEED, "X", Trust.REVIEW, NOW, Check(NOW),
        rules=usual_rules([("one", "a"), ("two", "b")], ["a", "b"]),
    )  # fmt: skip
    to_b, to_none = redirected(source, "a", "b"), redirected(source, "a", None)
    assert (to_b.categories, to_b.map) == ({"b"}, {"one": "b", "two": "b"})
    assert (to_none.categories, to_none.map) == ({"b"}, {"two": "b"})
    assert redirected(source, "c", "b") == source


def test_the_other_answers_to_every_name_but_its_own():
    into = category("b", aliases=("B1",))
    assert merged_names(into, category("a", name_en="B", aliases=("A1", "B1"))).aliases == ("B1", "A", "A1")
