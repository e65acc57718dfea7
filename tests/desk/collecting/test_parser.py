from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from desk.collecting.parsing import Parser, confined_processes
from news.collected import Reading
from news.errors import InvalidInput, NotUnderstood
from news.sources import Kind, Selectors
from tests.patience import PATIENCE

PARIS = ZoneInfo("Europe/Paris")
NONE = Selectors()
URL = "https://partner.example.org/feed"


def read(parser: Parser, body: bytes, kind: Kind = Kind.FEED, selectors: Selectors = NONE) -> Reading:
    return parser.read(body, url=URL, content_type=None, kind=kind, selectors=selectors, zone=PARIS)


@pytest.fixture(autouse=True)
def processes_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """Unlike other tests, whose reading processes stay for the next one."""
    monkeypatch.setattr(Parser, "new_pool", staticmethod(confined_processes))


@pytest.fixture
def impatient() -> Iterator[Parser]:
    with Parser(seconds=3) as parser:
        yield parser


@pytest.fixture
def patient() -> Iterator[Parser]:
    with Parser(seconds=PATIENCE) as parser:
        yield parser


def good(site) -> bytes:
    return site.rss(site.entry("Une")).encode()


def slow(site) -> bytes:
    """Thousands of siblings, and a selector that compares each with all of those before it."""
    return b"<html><body>" + b"<i>x</i>" * 60_000 + b"</body></html>"


SLOW = Selectors(item="i:not(b ~ i) ~ i ~ i ~ i ~ u")


def test_a_document_is_read_in_a_process_of_its_own(site, patient: Parser):
    assert [entry.title for entry in read(patient, good(site)).entries] == ["Une"]


def test_a_document_that_takes_too_long_is_ended_and_the_next_one_is_read(site, impatient: Parser):
    read(impatient, good(site))
    with pytest.raises(NotUnderstood) as raised:
        read(impatient, slow(site), Kind.PAGE, SLOW)
    assert raised.value.key == "source.parse.slow"
    assert [entry.title for entry in read(impatient, good(site)).entries] == ["Une"]


def test_what_the_reader_refuses_is_said_as_it_said_it(patient: Parser):
    with pytest.raises(NotUnderstood) as raised:
        read(patient, b"bonjour")
    assert raised.value.key == "source.not_a_feed"
    with pytest.raises(InvalidInput) as malformed:
        read(patient, b"<html><body><p>x</p></body></html>", Kind.PAGE, Selectors(item="li["))
    assert malformed.value.key == "source.selector.malformed"


def test_a_reader_that_nobody_used_is_closed_at_once():
    with Parser():
        pass


def test_a_reader_that_trips_over_something_unforeseen_is_only_that_sources_failure(site, patient: Parser):
    with pytest.raises(NotUnderstood) as raised:
        patient.read(good(site), url=URL, content_type=42, kind=None, selectors=NONE, zone=PARIS)
    assert raised.value.key == "source.parse.crashed"
    assert [entry.title for entry in read(patient, good(site)).entries] == ["Une"]
