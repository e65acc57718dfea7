from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.typed_links import with_scheme


@pytest.mark.parametrize("typed", [
    "www.ecole.example", " ecole.example/actualites?p=2 ", "école.example:8080/#haut", "a-b.c.example?x=http://y",
])  # fmt: skip
def test_an_address_without_its_scheme_is_one_of_the_web(typed):
    assert with_scheme(typed) == "https://" + typed.strip()


@pytest.mark.parametrize("typed", [
    "", "https://ecole.example/", "HTTP://ecole.example", "javascript:alert(1)", "data:text/html,x", "ecole",
    "user:pass@ecole.example", "me@ecole.example", "//ecole.example/x", "/actualites", "ecole.example/a b",
    "127.0.0.1", "3.14", "file.example:x", "http:/x.example",
])  # fmt: skip
def test_anything_else_stays_as_it_was_typed(typed):
    assert with_scheme(typed) == typed


@given(st.text(max_size=60))
def test_nothing_is_lost_of_what_was_typed(typed):
    assert with_scheme(typed) in (typed, f"https://{typed.strip()}")


def test_a_very_long_text_is_refused_in_no_time():
    assert not with_scheme("a." * 100_000).startswith("https")
    assert not with_scheme("a-" * 950 + "!").startswith("https")
