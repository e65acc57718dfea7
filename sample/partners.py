"""Two made-up partners and the feeds they publish: something for the scheduler to collect from the first minute on.

Each has a talk every day, and other stories now and then. On any day a feed shows today's talk and each story as last
told; an entry keeps its date and address from one day to the next, as it would in a real feed, and leaves in time.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zoneinfo import ZoneInfo

from sample.typography import french

NEWS = Path(__file__).parent / "partner_news"
DAYS_BETWEEN = 5
ATOM = "http://www.w3.org/2005/Atom"
PARIS = ZoneInfo("Europe/Paris")


@dataclass(frozen=True, slots=True)
class _Entry:
    link: str
    title: str
    summary: str
    labels: tuple[str, ...]
    published: datetime


def partner_feeds(today: date, zone: ZoneInfo = PARIS) -> dict[str, tuple[str, bytes]]:
    """The partners' feeds as they stand on ``today``: path → (content type, document in UTF-8).

    An RSS 2.0 document in French and an Atom one (RFC 4287) in English, newest entry first. Entries are dated with the
    first moment of their day in ``zone``, so none lies in the future. The same day gives the same bytes.
    """
    port_sevigny, northmere = _read("port-sevigny"), _read("northmere")
    return {
        port_sevigny["path"]: ("application/rss+xml", _rss(port_sevigny, _entries(port_sevigny, today, zone))),
        northmere["path"]: ("application/atom+xml", _atom(northmere, _entries(northmere, today, zone))),
    }


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((NEWS / f"{name}.toml").read_text(encoding="utf-8"))


def _entries(partner: dict[str, Any], today: date, zone: ZoneInfo) -> list[_Entry]:
    entries = [_entry(partner, told, day, zone) for told, day in _told(partner, today)]
    return sorted(entries, key=lambda entry: (entry.published, entry.link), reverse=True)


def _told(partner: dict[str, Any], today: date) -> Iterator[tuple[dict[str, Any], date]]:
    talks, stories = partner["talks"], partner["stories"]
    yield talks[today.toordinal() % len(talks)], today
    for place, story in enumerate(stories):
        age = (today.toordinal() - place * DAYS_BETWEEN) % (len(stories) * DAYS_BETWEEN)
        yield story, today - timedelta(days=age)


def _entry(partner: dict[str, Any], told: dict[str, Any], day: date, zone: ZoneInfo) -> _Entry:
    set_ = french if partner["language"] == "fr" else str
    return _Entry(
        link=f"{partner['home']}{day:%Y/%m/%d}/{told['slug']}",
        title=set_(told["title"]),
        summary=set_(" ".join(told["summary"].split())),
        labels=tuple(told["labels"]),
        published=datetime.combine(day, time(), zone),
    )


def _rss(partner: dict[str, Any], entries: list[_Entry]) -> bytes:
    rss = ET.Element("rss", version="2.0")
    channel = ET.SubElement(rss, "channel")
    about = {"title": partner["title"], "link": partner["home"], "description": partner["about"]}
    _fill(channel, about | {"language": partner["language"], "lastBuildDate": format_datetime(entries[0].published)})
    for entry in entries:
        item = ET.SubElement(channel, "item")
        _fill(item, {"title": entry.title, "link": entry.link, "description": entry.summary, "guid": entry.link})
        _fill(item, {"pubDate": format_datetime(entry.published)})
        for label in entry.labels:
            ET.SubElement(item, "category").text = label
    return _document(rss)


def _atom(partner: dict[str, Any], entries: list[_Entry]) -> bytes:
    feed = ET.Element("feed", {"xmlns": ATOM, "xml:lang": partner["language"]})
    _fill(feed, {"id": partner["home"], "title": partner["title"], "subtitle": partner["about"]})
    _fill(feed, {"updated": entries[0].published.isoformat()})
    ET.SubElement(feed, "link", rel="alternate", href=partner["home"])
    _fill(ET.SubElement(feed, "author"), {"name": partner["title"]})
    for entry in entries:
        node, when = ET.SubElement(feed, "entry"), entry.published.isoformat()
        _fill(node, {"id": entry.link, "title": entry.title, "updated": when, "published": when})
        _fill(node, {"summary": entry.summary})
        ET.SubElement(node, "link", rel="alternate", href=entry.link)
        for label in entry.labels:
            ET.SubElement(node, "category", term=label)
    return _document(feed)


def _fill(parent: ET.Element, texts: dict[str, str]) -> None:
    for tag, text in texts.items():
        ET.SubElement(parent, tag).text = text


def _document(root: ET.Element) -> bytes:
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document
