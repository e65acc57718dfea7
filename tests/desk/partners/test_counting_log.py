"""What another web server answered is counted by its log: once, by day, and nobody's address is kept."""

import io
import sqlite3
from datetime import datetime
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from app import create_app
from desk.partners.audience import audience
from desk.partners.counting import MOST_KEPT
from desk.partners.counting_log import LogReport, count_log, lines_of
from desk.partners.registry import add_partner, list_partners
from news.access_log import LONGEST_LINE
from news.errors import InvalidInput

PARIS = ZoneInfo("Europe/Paris")


@pytest.fixture
def count(desk):
    document_of = create_app(desk).extensions["counting"].document_of

    def counted(*lines, name=""):
        return count_log(desk, lines, document_of, name)

    return counted


def line(path, day=2, time="08:00:00", address="203.0.113.9", referrer="-", agent="Firefox/140.0", status=200):
    return f'{address} - - [{day:02}/Mar/2026:{time} +0100] "GET {path} HTTP/1.1" {status} 9 "{referrer}" "{agent}"\n'


def test_feeds_blocks_and_sites_are_counted_on_their_day(count, desk):
    report = count(
        line("/feeds/masters.atom", day=1, agent="Feedly/1.0 (16 subscribers)"), line("/feeds/masters.atom", day=1),
        line("/feeds/masters.atom", day=1, address="203.0.113.8", status=304),
        line("/embed/masters.json?limit=5", referrer="https://lyon.example"), line("/embed/items/x"),
        line("/favicon.ico"), line("/embed/masters.json", status=404), "nonsense",
    )  # fmt: skip
    assert report == LogReport(counted=5, before=0, passed=3)
    found = audience(desk, "en")
    assert found.feeds[0].readers[-2:] == [18, 0] and found.feeds[0].fetches[-2:] == [3, 0]
    assert {(each.title, each.fetches[-1], each.page) for each in found.blocks} == {
        ("Masters", 1, "/feeds/masters"), ("Single items", 1, ""),
    }  # fmt: skip
    (site,) = found.sites
    assert (site.carried.site, site.last_seen) == ("lyon.example", datetime(2026, 3, 2, 8, tzinfo=PARIS))


def test_a_log_that_grows_is_counted_once(count, desk):
    lines = [line("/embed/masters.html", time=f"08:00:0{second}") for second in range(5)]
    assert count(*lines[:3]) == LogReport(counted=3)
    assert count(*lines) == LogReport(counted=2, before=3)
    assert count(*lines, name="second server").counted == 5
    assert audience(desk, "en").blocks[0].asked == 10


def test_a_partner_is_seen_by_its_key(count, desk):
    key = add_partner(desk, "Lyon", actor="cli").partner.key
    count(line(f"/embed/all.html?limit=5&p={key}", agent="-"))
    assert list_partners(desk)[0].standing == "seen"


def test_no_address_is_kept_and_of_blocks_none_is_looked_at(count, desk):
    count(line("/feeds/masters.atom"), line("/embed/masters", referrer="https://lyon.example/secret/page?who=ada"))
    with sqlite3.connect(desk.settings.database) as raw:
        kept = "\n".join(raw.iterdump())
    assert "lyon.example" in kept
    assert not any(each in kept for each in ("203.0.113.9", "secret/page", "who=ada", "Firefox"))
    assert audience(desk, "en").feeds[0].readers[-1] == 1


def test_lines_from_long_ago_or_from_the_future_count_for_nothing(count, desk):
    old = line("/embed/masters").replace("2026", "2020")
    ahead = line("/embed/masters").replace("2026", "2030")
    assert count(old, ahead, line("/embed/masters")) == LogReport(counted=1, before=1, passed=1)


def test_a_flood_of_made_up_names_is_counted_in_a_bounded_place(count, desk):
    times = MOST_KEPT + 5
    report = count(*(line("/feeds/masters.atom", agent=f"agent {number}") for number in range(times)))
    assert report.counted == times == audience(desk, "en").feeds[0].asked


def test_where_nothing_is_to_be_counted_it_says_so(desk):
    with pytest.raises(InvalidInput):
        count_log(desk.with_settings(statistics_days=0), [], lambda _: None)


def test_a_line_longer_than_memory_is_passed_over_and_the_next_is_read():
    hostile = b"x" * (3 * LONGEST_LINE) + line("/embed/all").encode()
    found = list(lines_of(io.BytesIO(b"a\n" + hostile + b"b\n" + b"y" * LONGEST_LINE + b"\nlast")))
    assert found == ["a\n", "", "b\n", "", "last"]
    assert all(one != other for one, other in pairwise(found))
