"""Markup whose cleaned form, or the work of cleaning it, would be out of all proportion."""

import multiprocessing
import resource
from pathlib import Path

import pytest

from news.sanitise import LONGEST_BODY, clean_html, text_of
from tests.patience import takes_less_than

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


@pytest.mark.parametrize("markup", HUGE.values(), ids=HUGE)
def test_its_text_is_read_without_parsing_it(markup):
    with takes_less_than(8):
        assert text_of(markup).endswith("word")


def test_a_long_article_keeps_its_markup():
    article = "<p>Some <b>bold</b> and <i>italic</i> words &amp; <a href='/x'>links</a></p>\n" * 3000
    cleaned = clean_html(article[: LONGEST_BODY // 2], "https://partner.example/")
    assert cleaned.count("<b>bold</b>") > 2900


MANY = "".join(f"<b title={number}>" for number in range(6000))
SUDDEN = {
    "all is opened before the first block": f"<p>{MANY}</p>" + "<p>word" * 6000,
    "behind a comment that seems to end it": f"<p><!--{'</b>' * 2000}-->{MANY}</p>" + "<p>word" * 4000,
    "ended within a table, which ends nothing": "<p>" + "<b title=1>" * 3 + f"<p>{MANY}<table><tr><td>"
    + "</b>" * 6000 + "</table>" + "<p>word" * 4000,
    "ended far below it, which does not end it": "<p>"
    + "".join(f"<b title={number}>{'<div>' * 9}</b>" for number in range(900)) + "<p>word" * 9000,
    "taken along by what is ended": "<b>" * 3 + "".join(f"<i title={number}>" for number in range(6000))
    + "</b>word<b>" * 6000,
    "long words said again": "<p>" + "".join(f"<b title={'x' * 1000}{number}>" for number in range(200)) + "</p>"
    + "<p>word" * 2000,
}  # fmt: skip


@pytest.mark.parametrize("markup", SUDDEN.values(), ids=SUDDEN)
def test_what_bursts_at_once_is_found_before_it_does(markup):
    read, write = multiprocessing.Pipe(duplex=False)
    reader = multiprocessing.get_context("fork").Process(target=_cleaned_within, args=(markup, write))
    reader.start()
    write.close()
    assert "word" in read.recv()
    reader.join()


def _cleaned_within(markup, write):
    """Memory is what a web process must not run out of: 500 MB are enough."""
    already = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (already + 500_000_000,) * 2)
    write.send(clean_html(markup)[:LONGEST_BODY])
