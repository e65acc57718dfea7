"""What people write becomes HTML, and comes back as it was written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.bodies import body_html
from news.markdown import editable
from news.sanitise import clean_html, text_of

BASE = "https://news.example.org"
WRITTEN = [
    "Un paragraphe.\n\nUn autre.\nSa seconde ligne.",
    "Du **gras**, de l’*italique*, du ~~barré~~, `du code`.",
    "## Un intertitre\n\nDu texte.",
    "- un\n- deux\n- trois",
    "1. un\n2. deux",
    "3. trois\n4. quatre",
    "- un\n  - dedans\n- deux",
    "> Une citation.\n>\n> Deux paragraphes.",
    "Un [lien](https://www.ecole.example/a_b?c=d) et *[un autre](https://x.example/)*.",
    "![Un bateau](https://x.example/b.jpg)",
    "Avant\n\n---\n\nAprès",
    "Une étoile \\* et un \\_trait\\_, R&D, 3 < 4.",
    "Un prix : 12 €\u00a0!",
]


@pytest.mark.parametrize("written", WRITTEN)
def test_what_is_written_in_markdown_comes_back_as_it_was_written(written):
    assert editable(body_html(written, BASE), BASE) == written


def test_plain_text_is_paragraphs_and_its_line_ends_stay():
    assert body_html("Un.\n\nDeux.\nTrois.", BASE) == "<p>Un.</p>\n<p>Deux.<br>Trois.</p>"


def test_a_year_at_the_start_of_a_sentence_is_no_list():
    assert body_html("2026. Une année de plus.", BASE) == "<p>2026. Une année de plus.</p>"


def test_blanks_before_a_line_make_no_program_text():
    assert body_html("    Retrait", BASE) == "<p>Retrait</p>"


def test_a_title_of_the_first_rank_is_an_inner_heading():
    assert body_html("# Titre", BASE) == "<h2>Titre</h2>"


def test_html_that_begins_as_html_is_read_as_html_alone():
    assert body_html("<p>2 * 3 * 4</p>\n\n    <p>_a_</p>", BASE) == "<p>2 * 3 * 4</p>\n\n    <p>_a_</p>"


@pytest.mark.parametrize("attack", [
    "[x](javascript:alert(1))", "<script>alert(1)</script>", "a <img src=x onerror=alert(1)>", "![x](data:text/html,x)",
    "[x](&#106;avascript:alert(1))", "<svg onload=alert(1)>", '[x](https://a.example "onclick=alert(1)")',
    "**<iframe src=//x>**", "[x]( javascript:alert(1))", "<javascript:alert(1)>",
])  # fmt: skip
def test_markdown_is_as_safe_as_html(attack):
    made = body_html(attack, BASE)
    assert clean_html(made, BASE) == made
    for evil in ("<script", "onerror=", "onload=", "<iframe", "<svg", 'href="javascript', 'src="data'):
        assert evil not in made


@pytest.mark.parametrize("markup", [
    "<table><tbody><tr><td>a</td></tr></tbody></table>", '<p lang="en">a</p>', "<p>a<sub>2</sub></p>",
    "<dl><dt>a</dt><dd>b</dd></dl>", "<pre>a\n b</pre>", '<p><img src="https://x.example/i.jpg" width="3" alt=""></p>',
])  # fmt: skip
def test_html_that_markdown_has_no_sign_for_is_edited_as_html(markup):
    shown = editable(clean_html(markup, BASE), BASE)
    assert shown.startswith("<")
    assert body_html(shown, BASE) == clean_html(markup, BASE)


@given(st.text(alphabet="ab *_~`[]()<>#-+1.!|\\\n&;éx", max_size=60))
def test_whatever_is_written_stays_the_same_when_it_is_edited_and_saved(text):
    made = body_html(text, BASE)
    again = body_html(editable(made, BASE), BASE)
    assert text_of(again) == text_of(made)
    assert body_html(editable(again, BASE), BASE) == again


@given(st.text(alphabet="ab *_<>/pulib=\"'\n&;", max_size=60))
def test_markup_that_is_edited_and_saved_keeps_its_words(text):
    made = clean_html(f"<p>{text}</p>", BASE)
    assert text_of(body_html(editable(made, BASE), BASE)) == text_of(made)
