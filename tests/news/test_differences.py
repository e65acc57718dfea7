"""What differs between two texts, by word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from news.differences import Run, side_by_side


def test_only_the_words_that_differ_are_marked():
    left, right = side_by_side("La rentrée est lundi.", "La rentrée est mardi.")
    assert left == (Run("La rentrée est ", False), Run("lundi", True), Run(".", False))
    assert right == (Run("La rentrée est ", False), Run("mardi", True), Run(".", False))


@given(st.text(max_size=200), st.text(max_size=200))
def test_put_together_the_runs_are_the_texts_again(before, after):
    left, right = side_by_side(before, after)
    assert "".join(run.text for run in left) == before
    assert "".join(run.text for run in right) == after
    assert any(run.differs for run in (*left, *right)) == (before != after)


def test_very_long_texts_take_no_time():
    left, right = side_by_side("a b " * 60_000, "a c " * 60_000)
    assert left[0].differs
    assert right[0].differs
