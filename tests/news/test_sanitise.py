"""Markup made safe."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from news.bodies import body_html
from news.sanitise import clean_html, text_of
from news.text import xml_safe
from tests.patience import takes_less_than

BASE = "https://example.org/a/"
HOSTILE = [
    "<script>alert(1)</script>", "<scr<script>ipt>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "<a href='javascript:alert(1)'>x</a>", "<a href='&#106;avascript:alert(1)'>x</a>",
    "<a href='jav\tascript:alert(1)'>x</a>", "<a href=' javascript:alert(1)'>x</a>", "<svg onload=alert(1)>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    '<noscript><p title="</noscript><img src=x onerror=alert(1)>">', "<iframe src=//evil.example>",
    "<style>*{background:url(javascript:alert(1))}</style>", "<p style='background:url(javascript:x)'>x</p>",
    "<form action=//evil.example><input name=a></form>", "<base href=//evil.example>", "<meta http-equiv=refresh>",
    "<object data=x>", "<embed src=x>", "<template><script>x</script></template>", "<!--<img src=x onerror=y>-->",
    "<a href=data:text/html,x>x</a>", "<img src='data:image/svg+xml,x'>", "<a href=vbscript:x>x</a>",
    "<svg><a xlink:href='javascript:alert(1)'><text>x</text></a></svg>", "<textarea><img src=x onerror=y></textarea>",
    "<title><img src=x onerror=y></title>", "<plaintext><b onclick=x>", "<xmp><img src=x onerror=y></xmp>", "]]><b>",
]  # fmt: skip
PIECES = [
    "<p>", "</p>", "<a href=/b>", "</a>", "<b>", "</b>", "<ul>", "<li>", "</ul>", "<table>", "<tr>", "<td>", "</table>",
    "<pre>", "\n", "</pre>", "<h2>", "</h2>", "<blockquote>", "<img src=c.png alt='\"<'>", "<br>", "&amp;",
    "&lt;script&gt;", "&#1;", "&nbsp;", "é", "x", "<div title='a>b'>", "</div>", "<span lang=en>", "<dl>", "<dt>",
    "<!-- c -->", "<", ">", "&",
]  # fmt: skip
MARKUP = st.lists(st.sampled_from([*PIECES, *HOSTILE]), max_size=25).map("".join)


def is_safe(markup: str) -> bool:
    tags = re.findall(r"<[^>]*>", re.sub(r'"[^"]*"', '""', markup))
    bad = re.compile(
        r"(?i)<(?:script|style|svg|math|iframe|object|embed|form|input|base|meta|noscript|template)|\son\w+=|style="
    )
    schemes = re.findall(r'(?:href|src|cite)="([^"]*)"', markup)
    return not any(bad.search(tag) for tag in tags) and all(
        re.match(r"(?:https?|mailto|tel):", address) for address in schemes
    )


@pytest.mark.parametrize("markup", HOSTILE)
def test_nothing_of_a_stranger_s_script_is_left(markup):
    assert is_safe(clean_html(markup, BASE))


@given(MARKUP | st.text(max_size=200))
def test_whatever_comes_in_what_goes_out_is_safe_and_fit_for_xml(markup):
    cleaned = clean_html(markup, BASE)
    assert is_safe(cleaned)
    assert xml_safe(cleaned) == cleaned
    assert xml_safe(text_of(markup)) == text_of(markup)


@settings(max_examples=400)
@given(MARKUP)
def test_cleaning_twice_changes_nothing(markup):
    cleaned = clean_html(markup, BASE)
    assert clean_html(cleaned, BASE) == cleaned


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>Titre</h2>", "<p>R&amp;D et &lt;b&gt;</p>", '<ul><li lang="en">a</li></ul>', "<pre>a\n  b</pre>",
        '<table><tbody><tr><td colspan="2">a</td></tr></tbody></table>', '<p>a<br>b <time datetime="2024">c</time></p>',
        '<img src="https://example.org/i.png" alt="x" width="3" height="4">',
    ],
)  # fmt: skip
def test_honest_markup_stays_as_it_is(markup):
    assert clean_html(markup, BASE) == markup


def test_relative_addresses_are_resolved_or_left_out():
    assert 'href="https://example.org/b"' in clean_html("<a href=/b>x</a>", BASE)
    assert 'src="https://example.org/a/i.png"' in clean_html("<img src=i.png>", BASE)
    assert "href" not in clean_html("<a href=/b>x</a>")


def test_a_body_too_long_is_cut_before_it_is_read():
    assert len(clean_html("x" * 600_000)) == 500_000


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>a</p><p>b</p>", "a b"),
        ("a<br>b", "a b"),
        ("R&amp;D &amp;lt;b&amp;gt;", "R&D &lt;b&gt;"),
        ("<b>a</b>b<script>c</script>", "ab"),
        ("  a \n b&nbsp;c ", "a b c"),
        ("1 < 2", "1 < 2"),
    ],
)
def test_the_text_of_markup_is_what_is_read(markup, text):
    assert text_of(markup) == text


@pytest.mark.parametrize("hostile", ["<br", "<", "<!--", "&", "</p", "<a href='", "<p>" * 3])
def test_hostile_repetition_costs_no_time(hostile):
    with takes_less_than(3):
        text_of(hostile * 20_000)
        clean_html(hostile * 20_000)


@pytest.mark.parametrize(
    ("typed", "body"),
    [
        ("Un\n\nDeux\nlignes", "<p>Un</p>\n<p>Deux<br>lignes</p>"),
        ("2 < 3 & 4 > 1", "<p>2 &lt; 3 &amp; 4 &gt; 1</p>"),
        ("<p>Déjà</p>", "<p>Déjà</p>"),
        (" \n ", ""),
    ],
)
def test_a_body_is_html_or_paragraphs(typed, body):
    assert body_html(typed, BASE) == body


@given(st.text(max_size=200))
def test_a_body_kept_and_edited_again_stays_the_same(typed):
    kept = body_html(typed, BASE)
    assert body_html(kept, BASE) == kept


def test_a_first_heading_becomes_a_second_one_and_words_stay_apart():
    cleaned = clean_html("<h1>Titre</h1><p>Le texte")

    assert cleaned == "<h2>Titre</h2><p>Le texte</p>"
    assert text_of(cleaned) == text_of("Titre<p>Le texte</p>") == "Titre Le texte"
