"""Rendering 50, 500 and 5,000 entries in each format: the time for one must not grow with their number."""

from __future__ import annotations

from dataclasses import replace

from bench.figures import per_cpu_second, say
from desk.context import Desk
from desk.publishing.feed import feed_of
from feeds.document import Feed
from feeds.formats import FORMATS, Format
from news.selections import build

SIZES = (50, 500, 5000)
_SECONDS = 1.0


def measure(desk: Desk) -> None:
    """Print CPU microseconds per entry for each size, and how much more the largest takes than the smallest."""
    feed = _gathered(desk)
    say("Rendering, CPU microseconds per entry")
    say(f"{'':10}" + "".join(f"{size:>9,}" for size in SIZES) + f"{'growth':>10}")
    for name, format_ in FORMATS.items():
        times = [_per_entry(format_, _of_size(feed, size)) for size in SIZES]
        say(f"{name:10}" + "".join(f"{each:9.1f}" for each in times) + f"{times[-1] / times[0]:8.2f} ×")


def _gathered(desk: Desk) -> Feed:
    selection = build([], any_of=False)
    with desk.storage.read() as reader:
        return feed_of(desk, reader, selection, reader.feed_state(selection))


def _of_size(feed: Feed, size: int) -> Feed:
    """As many entries, each with an id and a title of its own."""
    entries = (feed.entries[number % len(feed.entries)] for number in range(size))
    told = tuple(
        replace(entry, id=f"{entry.id}-{number}", title=f"{entry.title} {number}")
        for number, entry in enumerate(entries)
    )
    return replace(feed, entries=told)


def _per_entry(format_: Format, feed: Feed) -> float:
    return 1e6 / per_cpu_second(lambda: format_.write(feed), seconds=_SECONDS) / len(feed.entries)
