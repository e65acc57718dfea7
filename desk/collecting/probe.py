"""Probing an address before it is a source: what it would bring, and what else the page offers (autodiscovery)."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass

from desk.collecting.parsing import Parser
from desk.collecting.robots import Robots
from desk.context import Desk
from desk.http_client import client_for
from net.client import Client
from net.messages import Request, Response
from news.collected import Reading
from news.errors import DepecheError, FetchFailed, InvalidInput, SourceFailed
from news.links import host_of
from news.sources import Kind, Selectors
from sources.autodiscovery import Offer, is_comments, offers_in
from sources.wordpress import feed_address

_CLOSED = (401, 403, 404)
_TRIED = 2
_OF_FORMAT = {"page": Kind.PAGE, "wordpress": Kind.WORDPRESS}


@dataclass(frozen=True, slots=True)
class Probe:
    """What came of reading ``url``: the ``reading``, or the ``error``; and what the page ``offers`` besides."""

    url: str
    reading: Reading | None = None
    error: DepecheError | None = None
    offers: tuple[Offer, ...] = ()

    @property
    def kind(self) -> Kind | None:
        """What ``url`` turned out to be, or None."""
        return _OF_FORMAT.get(self.reading.format, Kind.FEED) if self.reading else None

    @property
    def title(self) -> str | None:
        """How the document calls itself."""
        return self.reading.title if self.reading else None


def probe(desk: Desk, url: str, kind: Kind | None, selectors: Selectors) -> Probe:
    """What ``url`` would bring, read as ``kind`` (None: as what it is)."""
    with closing(client_for(desk.settings)) as client, Parser() as parser:
        return _probe(desk, client, parser, url, kind, selectors)


def discover(desk: Desk, url: str, selectors: Selectors) -> Probe:
    """What a source at ``url`` best is: a page that names a feed that can be read gives way to it, unless selectors say
    that the page is meant. Raises SourceFailed and InvalidInput when nothing can be read."""
    with closing(client_for(desk.settings)) as client, Parser() as parser:
        first = _probe(desk, client, parser, url, None, selectors)
        if first.kind in (Kind.FEED, Kind.WORDPRESS) or selectors != Selectors():
            return _sure(first)
        better = [offer for offer in first.offers if not is_comments(offer)]
        for offer in better[:_TRIED]:
            found = _probe(desk, client, parser, offer.url, offer.kind, Selectors())
            if found.reading:
                return found
        return _sure(first)


def explained(error: SourceFailed, kind: Kind, url: str) -> SourceFailed:
    """``error`` in words that help: a WordPress interface that is closed usually stands beside an open feed."""
    status = error.message_args.get("status")
    if kind is not Kind.WORDPRESS or error.key != "source.fetch.status" or status not in _CLOSED:
        return error
    args = {**error.message_args, "host": host_of(url), "feed": feed_address(url)}
    return FetchFailed("source.wordpress.closed", **args)


def _probe(desk: Desk, client: Client, parser: Parser, url: str, kind: Kind | None, selectors: Selectors) -> Probe:
    offers: tuple[Offer, ...] = ()
    robots = Robots(desk, parser)
    try:
        answer = robots.fetch(client, url) if kind is Kind.PAGE else client.fetch(Request(url))
        offers = _offers(answer)
        reading = parser.read(
            answer.body,
            url=answer.url,
            content_type=answer.headers.get("content-type"),
            kind=kind,
            selectors=selectors,
            zone=desk.settings.timezone,
        )
        # What an address is, a person wants to know: only a page, which is for people, has to ask.
        if kind is None and reading.format == "page":
            for place in dict.fromkeys((url, answer.url)):
                robots.ask(client, place)
    except SourceFailed as error:
        return Probe(url, error=explained(error, kind, url) if kind else error, offers=offers)
    except InvalidInput as error:
        return Probe(url, error=error, offers=offers)
    return Probe(url, reading, offers=offers if reading.format == "page" else ())


def _offers(answer: Response) -> tuple[Offer, ...]:
    said = answer.headers
    return offers_in(
        answer.body, url=answer.url, content_type=said.get("content-type"), link_header=said.get("link")
    )  # fmt: skip


def _sure(found: Probe) -> Probe:
    if found.error:
        raise found.error
    return found
