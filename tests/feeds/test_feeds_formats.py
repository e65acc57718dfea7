import os
import pickle
import re
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from hashlib import sha256

import pytest

from feeds.formats import FORMATS

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FAR = datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC)
ELSEWHERE = """
import sys, pickle, hashlib
from feeds.formats import FORMATS
feed = pickle.load(sys.stdin.buffer)
print(*(hashlib.sha256(made.write(feed)).hexdigest() for made in FORMATS.values()))
"""


@pytest.fixture(params=FORMATS)
def written_by(request):
    return FORMATS[request.param].write


def test_formats_are_offered_atom_first():
    assert list(FORMATS) == ["atom", "rss", "json"]


def test_each_format_is_known_by_its_own_name():
    assert all(name == made.name for name, made in FORMATS.items())


def test_each_format_has_its_registered_media_type():
    assert [made.media_type for made in FORMATS.values()] == [
        "application/atom+xml",
        "application/rss+xml",
        "application/feed+json",
    ]
    assert FORMATS["atom"].content_type == "application/atom+xml; charset=utf-8"


def test_the_same_feed_gives_the_same_bytes(written_by, feed):
    assert written_by(feed) == written_by(replace(feed))


def test_another_process_in_another_place_gives_the_same_bytes(feed):
    surroundings = {
        "PYTHONHASHSEED": "77",
        "TZ": "Pacific/Honolulu",
        "LC_ALL": "C",
        "PYTHONPATH": os.pathsep.join(sys.path),
    }
    made = subprocess.run(
        [sys.executable, "-c", ELSEWHERE], input=pickle.dumps(feed), env=surroundings, capture_output=True, check=True
    )
    assert made.stdout.decode().split() == [sha256(each.write(feed)).hexdigest() for each in FORMATS.values()]


def test_no_date_is_written_that_was_not_given(written_by, feed):
    old = tuple(
        replace(entry, published=EPOCH, updated=EPOCH, source=entry.source and replace(entry.source, updated=EPOCH))
        for entry in feed.entries
    )
    written = written_by(replace(feed, updated=EPOCH, entries=old)).decode()
    assert set(re.findall(r"(\d{4})-\d\d-\d\dT|[A-Z][a-z][a-z] (\d{4}) \d\d:", written)) in (
        {("1970", "")},
        {("", "1970")},
    )


def test_a_date_in_1970_and_one_in_2199_are_written_as_they_are(written_by, feed):
    entry = replace(feed.entries[0], published=EPOCH, updated=FAR)
    written = written_by(replace(feed, updated=FAR, entries=(entry,))).decode()
    assert "1970-01-01T00:00:00" in written or "Thu, 01 Jan 1970 00:00:00 +0000" in written
    assert "2199-12-31T23:59:59" in written or "Tue, 31 Dec 2199 23:59:59 +0000" in written


def test_a_moment_is_the_same_in_whatever_zone_it_is_given(written_by, feed):
    paris = timezone(timedelta(hours=2))
    moved = tuple(replace(entry, published=entry.published.astimezone(paris)) for entry in feed.entries)
    assert written_by(replace(feed, entries=moved)) == written_by(feed)


def test_a_change_in_any_entry_changes_the_bytes(written_by, feed):
    first, *rest = feed.entries
    changed = replace(first, title=first.title + "!")
    assert written_by(replace(feed, entries=(changed, *rest))) != written_by(feed)


def test_a_document_is_utf_8_and_ends_with_a_line_end(written_by, feed):
    assert written_by(feed).decode("utf-8").endswith("\n")
