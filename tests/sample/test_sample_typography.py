"""French set as it should be, whatever an editor's keyboard gives."""

import re
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sample import load
from sample.typography import french, html_of

ITEMS = load(date(2026, 11, 23), ZoneInfo("Europe/Paris")).items
every_item = pytest.mark.parametrize("item", ITEMS, ids=lambda item: f"{item.story}.{item.language}")
_TAG = re.compile(r"<[^>]+>")


def words_of(item) -> str:
    return f"{item.title}\n{item.summary}\n{_TAG.sub(' | ', item.content_html)}\n{item.author or ''}"


@pytest.mark.parametrize(
    ("typed", "set_"),
    [
        ("Partez !", "Partez\u202f!"),
        ("Quoi ? Rien ; rien.", "Quoi\u202f? Rien\u202f; rien."),
        ("À savoir : tout", "À savoir\u00a0: tout"),
        ("« oui »", "«\u00a0oui\u00a0»"),
        ("1 400 élèves, 12 450 600 €", "1\u202f400 élèves, 12\u202f450\u202f600\u00a0€"),
        ("18 % à 15 h", "18\u00a0% à 15\u00a0h"),
        ("900 m² et 40 m", "900\u00a0m² et 40\u00a0m"),
        ("15 heures, 40 maquettes", "15 heures, 40 maquettes"),
        ('<a href="https://a.example/?b=c">x</a>', '<a href="https://a.example/?b=c">x</a>'),
    ],
)
def test_spaces_that_may_not_break_do_not(typed, set_):
    assert french(typed) == set_


@given(st.text("aé1 0:;!?«»%€h<>\u00a0\u202f", max_size=40))
def test_setting_twice_changes_nothing(text):
    assert french(french(text)) == french(text)


def test_blocks_are_parted_by_blank_lines_and_lists_stay_lists():
    assert html_of("\nUn.\n\nDeux.\n\n<ul><li>a</li></ul>\n") == "<p>Un.</p><p>Deux.</p><ul><li>a</li></ul>"


def test_a_paragraph_may_begin_with_a_link():
    assert html_of('<a href="https://a.example/">Lire</a>') == '<p><a href="https://a.example/">Lire</a></p>'


@every_item
def test_apostrophes_are_true_ones(item):
    assert "'" not in words_of(item)


@pytest.mark.parametrize("item", [item for item in ITEMS if item.language == "fr"], ids=lambda item: item.story)
def test_french_has_a_no_break_space_wherever_it_wants_one(item):
    words = words_of(item)
    assert not re.search(r"[^\u00a0]»|«[^\u00a0]|[^\u202f][;!?]|[^\u00a0]:", words)
    assert '"' not in words
    assert not re.search(r"\d \d|\d [%€]", words)


@pytest.mark.parametrize("item", [item for item in ITEMS if item.language == "en"], ids=lambda item: item.story)
def test_english_has_curly_quotes_and_no_space_before_punctuation(item):
    assert not re.search(r'\s[;:!?,.]|[«»"]', words_of(item).replace(" | ", ""))
