"""Marks that turn text around: what a source writes turns nothing around that stands beside it."""

import json

import pytest

from news.text import unturned

TURNED = "Prix\u202e\u2067 lauréat\u202d\u2066"
RSS = f"""<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Labo</title><item>
<title>{TURNED}</title><link>https://site.example/1</link><dc:creator>{TURNED}</dc:creator>
<description>{TURNED}</description><category>{TURNED}</category></item></channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Labo</title><entry><id>1</id><title>{TURNED}</title>
<link href="https://site.example/1"/><author><name>{TURNED}</name></author><summary>{TURNED}</summary>
<category term="{TURNED}"/></entry></feed>"""
JSON = json.dumps({
    "version": "https://jsonfeed.org/version/1.1", "title": "Labo",
    "items": [{"id": "1", "title": TURNED, "summary": TURNED, "authors": [{"name": TURNED}], "tags": [TURNED]}],
})  # fmt: skip
ESCAPED = RSS.replace("\u202e", "&amp;#x202E;").replace("\u2067", "&#8295;")


@pytest.mark.parametrize("document", [RSS, ATOM, JSON, ESCAPED], ids=["rss", "atom", "json", "escaped"])
def test_plain_texts_of_a_source_turn_nothing_around(read_as, document):
    (entry,) = read_as(document).entries
    told = [entry.title, entry.author, entry.summary, *entry.terms]
    assert told == ["Prix lauréat"] * 4


def test_languages_that_are_read_from_the_right_keep_their_letters_and_marks():
    assert unturned("جامعة \u200fباريس") == "جامعة \u200fباريس"
