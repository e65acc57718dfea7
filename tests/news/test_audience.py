import pytest
from hypothesis import given
from hypothesis import strategies as st

from news.audience import LONGEST_NAME, MOST_SUBSCRIBERS, Agent, agent_of, site_of
from news.sketches import EMPTY, estimate, merged, sketch_of

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.mark.parametrize(
    ("said", "agent"),
    [
        ("Feedly/1.0 (+http://www.feedly.com/fetcher.html; 16 subscribers; like FeedFetcher-Google)", ("Feedly", 16)),
        ("Feedbin feed-id:1234 - 10 subscribers", ("Feedbin feed-id", 10)),
        ("NewsBlur Feed Fetcher - 1 subscriber - http://www.newsblur.com", ("NewsBlur Feed Fetcher", 1)),
        ("Mozilla/5.0 (compatible; BazQux/2.4; +https://bazqux.com/fetcher; 3 subscribers)", ("BazQux", 3)),
        ("SomeBot/1.0 (2 readers)", ("SomeBot", 2)),
        ("x 999999999 subscribers", ("x", MOST_SUBSCRIBERS)),
        ("5 subscribers", ("?", 5)),
    ],
)
def test_an_aggregator_says_for_how_many_it_reads(said, agent):
    assert agent_of(said) == Agent(False, *agent)


@pytest.mark.parametrize(
    "said", ["", "Googlebot/2.1", "Mozilla/5.0 (compatible; bingbot/2.0)", "Baiduspider", "Uptime-Kuma"]
)
def test_bots_are_told_apart(said):
    assert agent_of(said).bot


@pytest.mark.parametrize(
    "said", [FIREFOX, "FreshRSS/1.24", "Tiny Tiny RSS/23", "curl/8.5", "NetNewsWire", "Thunderbird/140"]
)
def test_readers_and_those_who_fetch_for_a_site_are_none(said):
    assert agent_of(said) == Agent()


@given(st.text())
def test_whatever_an_agent_says_has_an_answer_within_bounds(said):
    agent = agent_of(said)
    assert 0 <= agent.subscribers <= MOST_SUBSCRIBERS and len(agent.aggregator) <= LONGEST_NAME


@pytest.mark.parametrize(
    ("origin", "referrer", "site"),
    [
        ("https://WWW.Lyon.example", "", "www.lyon.example"),
        ("", "https://lyon.example:8443/a/page?x=1#y", "lyon.example"),
        ("null", "https://lyon.example/", "lyon.example"),
        ("null", "", ""), ("https://a<script>/", "", ""), ("javascript:alert(1)", "file:///etc/passwd", ""),
        ("https://[::1", "", ""), ("https://" + "a" * 300, "", ""), ("https://u:p@lyon.example", "", "lyon.example"),
    ],
)  # fmt: skip
def test_of_the_page_that_asked_only_the_host_is_taken(origin, referrer, site):
    assert site_of(origin, referrer) == site


@given(st.text(), st.text())
def test_whatever_is_said_of_a_page_gives_a_host_or_nothing(origin, referrer):
    assert set(site_of(origin, referrer)) <= set("abcdefghijklmnopqrstuvwxyz0123456789.-_")


@pytest.mark.parametrize("many", [0, 1, 5, 40, 1000, 20_000])
def test_a_sketch_tells_about_how_many_there_were(many):
    found = estimate(sketch_of((f"reader {n}" for n in range(many)), b"salt"))
    assert abs(found - many) <= max(1, many * 0.1)


def test_sketches_of_the_same_ones_are_merged_into_one():
    one, other = (sketch_of(map(str, range(*each)), b"salt") for each in ((0, 60), (30, 90)))
    assert estimate(merged(one, other)) == pytest.approx(90, abs=6)
    assert merged(one, one) == merged(one, EMPTY) == one


def test_another_salt_makes_another_sketch():
    assert sketch_of(["192.0.2.1"], b"monday") != sketch_of(["192.0.2.1"], b"tuesday")
