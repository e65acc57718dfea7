"""What readers are told of again: other words, not other dress."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.significance import counts, plain_words, says_otherwise, shows_otherwise

SAME = [
    ("title", "L'école : « 3 places »", "L’école\u00a0: “3 places”"),
    ("title", "Lyon - Paris...", "Lyon – Paris…"),
    ("title", "E\u0301cole", "École"),
    ("summary", "Deux\n\nparagraphes ( ici ).", "Deux paragraphes (ici)."),
    ("content_html", "<p>Un <b>mot</b></p>\n<p>Deux</p>", "<div>Un mot</div> <p>Deux</p>"),
    ("content_html", "<p>Co\u00adop\u200bération</p>", "<p>Coopération</p>"),
]
OTHER = [
    ("title", "Places ouvertes", "Places pourvues"),
    ("title", "Le 4 octobre", "Le 5 octobre"),
    ("title", "Cote", "Côte"),
    ("title", "Ouvert", "Ouvert ?"),
    ("summary", "10 m²", "102 m"),
    ("content_html", "<p>Un mot</p>", "<p>Un</p>"),
]


@pytest.mark.parametrize(("field", "before", "after"), SAME)
def test_spacing_quotes_dashes_and_markup_are_no_words(item, field, before, after):
    old, new = item(**{field: before}), item(**{field: after})
    assert shows_otherwise(old, new)
    assert not says_otherwise(old, new)
    assert not counts(old, new)


@pytest.mark.parametrize(("field", "before", "after"), OTHER)
def test_other_words_count_however_few(item, field, before, after):
    old, new = item(**{field: before}), item(**{field: after})
    assert says_otherwise(old, new)
    assert counts(old, new)


@pytest.mark.parametrize("field", ["author", "language"])
def test_author_and_language_count_though_they_are_no_words(item, field):
    assert counts(item(), replace(item(), **{field: "en"}))
    assert not says_otherwise(item(), replace(item(), **{field: "en"}))


def test_another_address_behind_the_same_words_counts_unless_a_source_says_it(item):
    old, new = (item(content_html=f'<p><a href="https://example.org/{end}">ici</a></p>') for end in "ab")
    assert counts(old, new)
    assert not says_otherwise(old, new)


def test_another_spelling_of_the_same_link_is_no_change_and_another_page_is(item):
    old, same, other = (
        item(link=f"{address}") for address in ("http://a.example/1", "https://a.example/1/", "https://a.example/2")
    )
    assert (counts(old, same), shows_otherwise(old, same)) == (False, False)
    assert (counts(old, other), shows_otherwise(old, other)) == (True, True)
    assert counts(old, item(link=None))


@given(st.text())
def test_any_text_is_compared_and_compared_again_is_the_same(text):
    assert plain_words(plain_words(text)) == plain_words(text)
