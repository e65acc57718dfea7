"""Reading feeds: strictly first, beside feedparser, on feeds as they are met.

``FEEDPARSER_TESTS=…/feedparser-6.0.14/tests``, unpacked from its source distribution, measures its own
published files too: they are no part of this project.
"""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time
from zoneinfo import ZoneInfo

import feedparser

from bench.feeds_corpus import corpus
from bench.figures import median, say
from news.errors import NotUnderstood
from sources.charset import decode
from sources.strict.feed import read_strictly
from sources.strict.names import Unsure
from sources.xml_feed import read_faithfully, read_xml_feed

_URL = "https://partner.example/feed"
_ZONE = ZoneInfo("Europe/Paris")
_ROUNDS = 5
Read = Callable[[str], object]


def measure(_folder: Path) -> None:
    """Print documents per CPU second, how many are read strictly, and how many of these the same."""
    say("Reading feeds, documents per CPU second (20 entries; feedparser as it comes: with its own sanitising)")
    say(f"{'':30}{'ours':>10}{'feedparser':>12}{'ratio':>8}")
    everything = corpus()
    sure = [text for text in everything if _is_sure(text)]
    short = [text for text in corpus(60, 1) if _is_sure(text)]
    _compare("read, well written", sure, lambda text: read_strictly(text, _URL), _theirs)
    _compare("read, one entry", short, lambda text: read_strictly(text, _URL), _theirs)
    _compare("to clean items, well written", sure, _ours, _faithfully)
    _compare("to clean items, all", everything, _ours, _faithfully)
    _agreement("such feeds", everything)
    if folder := os.environ.get("FEEDPARSER_TESTS"):
        _agreement("feedparser's own files", [_text(path) for path in sorted(Path(folder).rglob("*.xml"))])


def _compare(what: str, texts: Sequence[str], ours: Read, theirs: Read) -> None:
    fast, slow = _per_second(ours, texts), _per_second(theirs, texts)
    say(f"{what:30}{fast:10,.0f}{slow:12,.0f}{fast / slow:7.1f}×")


def _per_second(read: Read, texts: Sequence[str]) -> float:
    times = []
    for _ in range(_ROUNDS):
        began = process_time()
        for text in texts:
            read(text)
        times.append((process_time() - began) / len(texts))
    return 1 / median(times)


def _agreement(what: str, texts: Sequence[str]) -> None:
    sure = [text for text in texts if _is_sure(text)]
    same = sum(_answer(_ours, text) == _answer(_faithfully, text) for text in sure)
    share = f"{len(sure):,} read strictly ({len(sure) / len(texts):.0%})"
    say(f"{what}: {len(texts):,}, of which {share}, {same:,} of these the same")


def _is_sure(text: str) -> bool:
    try:
        read_strictly(text, _URL)
    except Unsure:
        return False
    return True


def _answer(read: Read, text: str) -> object:
    try:
        return read(text)
    except NotUnderstood as error:
        return error.key


def _ours(text: str) -> object:
    return read_xml_feed(text, url=_URL, zone=_ZONE, newest=200)


def _faithfully(text: str) -> object:
    return read_faithfully(text, url=_URL, zone=_ZONE, newest=200)


def _theirs(text: str) -> object:
    return feedparser.parse(io.BytesIO(text.encode()))


def _text(path: Path) -> str:
    return decode(path.read_bytes(), None)
