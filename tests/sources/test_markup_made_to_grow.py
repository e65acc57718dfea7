"""Markup whose cleaned form, or the work of cleaning it, would be out of all proportion."""

import pytest

from news.sanitise import LONGEST_BODY, clean_html

LEFT_OPEN = "".join(f"<b title={number}>" for number in range(1000))
HUGE = {
    "emphasis opened again in every paragraph": f"<p>{LEFT_OPEN}</p>" + "<p>word</p>" * 2000,
    "the same with a tag that is dropped": f"<p>{LEFT_OPEN.replace('<b', '<font')}</p>" + "<p>word</p>" * 2000,
    "the same far down": "plain text " * 2000 + f"<p>{LEFT_OPEN}</p>" + "<p>word</p>" * 2000,
    "boxes in boxes": "<div>" * 90_000 + "word",
    "links that a long base makes longer": "<a href=x>word</a>" * 19_000,
}


@pytest.mark.parametrize("markup", HUGE.values(), ids=HUGE)
def test_it_is_bounded_and_keeps_its_words(markup):
    base = "https://partner.example/" + "x" * 1900
    cleaned = clean_html(markup, base)
    assert len(cleaned) <= 2 * LONGEST_BODY
    assert "word" in cleaned
    assert clean_html(cleaned, base) == cleaned


def test_a_long_article_keeps_its_markup():
    article = "<p>Some <b>bold</b> and <i>italic</i> words &amp; <a href='/x'>links</a></p>\n" * 3000
    cleaned = clean_html(article[: LONGEST_BODY // 2], "https://partner.example/")
    assert cleaned.count("<b>bold</b>") > 2900
