"""Excerpts and the mark of truncation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.excerpts import MARK, excerpt, without_mark
from news.text import one_line
from tests.patience import takes_less_than

TEXTS = st.text(max_size=300) | st.lists(st.text("abé,’ —", max_size=14), max_size=30).map(" ".join)


@given(TEXTS, st.integers(5, 120))
def test_a_text_is_cut_only_when_it_is_longer_and_then_at_a_word(text, length):
    line, cut = one_line(text), excerpt(text, length)
    if len(line) <= length:
        assert cut == line
        return
    kept = cut.removesuffix(MARK)
    assert cut == kept + MARK
    assert 0 < len(kept) <= length
    assert line.startswith(kept)
    left = line[len(kept) :].lstrip(",;:\u00a0\u202f—–-")
    assert left.startswith(" ") or " " not in line[: length + 1]


def test_the_block_s_excerpts_end_at_a_word():
    text = "mot " * 40
    assert excerpt(text) == " ".join(["mot"] * 24) + " [...]"
    assert len(excerpt("mot " * 24)) == 95


def test_a_word_that_is_too_long_is_cut_inside():
    assert excerpt("x" * 200, 10) == "x" * 10 + " [...]"


def test_punctuation_before_the_mark_is_left_out_but_never_everything():
    assert excerpt("Un début — puis la suite", 11) == "Un début [...]"
    assert excerpt("— " * 80, 10).startswith("—")


@pytest.mark.parametrize("mark", ["[...]", "[…]", " [ … ] ", "(...)", "(…)", "[&hellip;]", "\u00a0[…]"])
def test_a_mark_at_the_end_is_no_content(mark):
    assert without_mark(f"Un début {mark}") == "Un début"


@pytest.mark.parametrize("text", ["À suivre…", "À suivre...", "[...] au milieu", "Voir [1]", ""])
def test_an_author_s_own_ellipsis_stays(text):
    assert without_mark(text) == text


@given(st.text(max_size=100))
def test_a_text_without_its_mark_is_its_beginning(text):
    assert text.startswith(without_mark(text))


def test_a_hostile_run_of_blanks_costs_no_time():
    with takes_less_than(1):
        without_mark(" " * 200_000 + "x")
