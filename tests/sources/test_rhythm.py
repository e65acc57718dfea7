"""What feeds say about being asked again."""

import io
from zoneinfo import ZoneInfo

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.rhythm import Hints
from sources.formats import read
from sources.rhythm import hints_of_parsed

SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


def rss(head: str) -> str:
    return f'<rss version="2.0" {SY}><channel><title>t</title>{head}<item><title>i</title></item></channel></rss>'


CASES = [
    (rss("<ttl>60</ttl>"), Hints(3600)),
    (rss("<ttl> 1440 </ttl>"), Hints(86_400)),
    (rss("<ttl>soon</ttl>"), Hints()),
    (rss("<ttl>-5</ttl>"), Hints()),
    (rss("<ttl>9999999</ttl>"), Hints(365 * 86_400)),
    (rss("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"), Hints(1800)),
    (rss("<sy:updatePeriod>daily</sy:updatePeriod>"), Hints(86_400)),
    (rss("<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>0</sy:updateFrequency>"), Hints(86_400)),
    (rss("<sy:updatePeriod>sometimes</sy:updatePeriod>"), Hints()),
    (rss("<ttl>60</ttl><sy:updatePeriod>daily</sy:updatePeriod>"), Hints(86_400)),
    (
        rss("<skipHours><hour>0</hour><hour>24</hour><hour> 7 </hour><hour>99</hour><hour>x</hour></skipHours>"),
        Hints(None, frozenset({0, 7})),
    ),
    (
        rss("<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>"),
        Hints(None, frozenset(), frozenset({5, 6})),
    ),
    (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
        f"{SY}><channel><title>t</title><sy:updatePeriod>daily</sy:updatePeriod>"
        "<sy:updateFrequency>24</sy:updateFrequency></channel><item><title>i</title></item></rdf:RDF>",
        Hints(3600),
    ),
    (
        f'<feed xmlns="http://www.w3.org/2005/Atom" {SY}><title>t</title><sy:updatePeriod>hourly</sy:updatePeriod>'
        "<entry><title>i</title></entry></feed>",
        Hints(3600),
    ),
    (rss(""), Hints()),
]


@pytest.mark.parametrize(("text", "hints"), CASES)
def test_the_hints_of_a_feed_are_found(text, hints):
    parsed = feedparser.parse(io.BytesIO(text.encode()))
    assert hints_of_parsed(parsed["feed"], text) == hints


def test_a_reading_carries_them():
    body = rss("<ttl>60</ttl>").encode()
    reading = read(body, url="https://a.example/", content_type=None, kind=None, zone=ZoneInfo("Europe/Paris"))
    assert reading.hints == Hints(3600)


def test_what_stands_in_an_entry_is_no_hint():
    text = rss("").replace("<title>i</title>", "<title>i</title><ttl>60</ttl><skipDays><day>Monday</day></skipDays>")
    assert hints_of_parsed(feedparser.parse(io.BytesIO(text.encode()))["feed"], text).skip_days == frozenset()


@given(st.text(max_size=200), st.dictionaries(st.sampled_from(["ttl", "sy_updateperiod"]), st.text(max_size=9)))
def test_no_text_breaks_it(text, about):
    hints = hints_of_parsed(about, f"<rss><skipHours>{text}")
    assert hints.every is None or 0 < hints.every <= 365 * 86_400
