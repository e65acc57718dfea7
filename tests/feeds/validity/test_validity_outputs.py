"""Whatever is in the newsroom, every kind of selection in every format is valid; well-edited news draws no warning."""

# ruff: noqa: E501
from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from html import unescape

import feedparser
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desk.categories.ending import retire_category
from desk.categories.registry import add_category
from desk.context import Desk, open_desk
from desk.items.posting import retract_item
from desk.operating.sample import fill_with_sample
from desk.publishing.archive import archive_recipe
from desk.publishing.feed import feed_of
from desk.publishing.publisher import Publisher
from desk.selecting import resolve
from desk.settings import Settings
from desk.sources.registry import NewSource, add_source
from feeds.cleaned import cleaned
from feeds.document import Entry, Feed, FromSource, Term
from feeds.formats import FORMATS
from news.items import Image, Item, Origin, Status

KINDS = {
    "all": "all", "category": "masters", "language": "masters.fr", "preferring": "all.en-else-fr",
    "both": "masters+doctorat", "either": "masters,doctorat", "without": "masters!doctorat", "retired": "ancienne",
    "empty": "vide", "archive": "all/archive/1", "open archive": "all/archive/2-20", "past": "masters/archive/1-30",
}  # fmt: skip
NASTY = [
    "]]>", "<![CDATA[ x", "&amp;", "&#60;", "& <b>gras</b>", "\"'", "<!-- ", "<script>alert(1)</script>", "\x00\x0b",
    "\ufffe", "👩\u200d🔬", "عربى \u202e", "\u2028", "\x85", "e\u0301", "{{ x }}", "x" * 10_000, " ", "", "<p>non fermé",
]  # fmt: skip
LINKS = (None, "https://partenaire.example/été?a=1&b=«2»", "https://école.example/", "http://x.example/a'b(c)#d%")
DATES = (
    datetime(1970, 1, 1, tzinfo=UTC),
    datetime(2199, 12, 31, 23, 59, 59, tzinfo=UTC),
    datetime(2026, 3, 1, 9, tzinfo=UTC),
)


def newsroom(path, clock, *slugs: str) -> Desk:
    settled = Settings(database=path, base_url="https://news.example.org", title="École <b>&</b> exemple")
    desk = open_desk(settled, clock=clock, create=True)
    for slug in slugs:
        add_category(desk, slug.capitalize(), actor="cli")
    return desk


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> Iterator[Desk]:
    """A newsroom in which strangers, and worse, have written: 130 items, some withdrawn, an ended category."""
    moment = [datetime(2026, 3, 2, 9, tzinfo=UTC)]
    desk = newsroom(
        tmp_path_factory.mktemp("hostile") / "n.db", lambda: moment[0], "masters", "doctorat", "ancienne", "vide"
    )
    source = add_source(
        desk, NewSource("https://partenaire.example/flux", kind="feed", name="A <i>&amp;</i> ]]>"), "cli"
    )
    chance, made = random.Random(4), []
    with desk.storage.transaction() as tx:
        known = [category.id for category in tx.categories() if category.slug != "vide"]
        for number in range(130):
            item = hostile_item(desk, chance, known, number, source.id)
            tx.put_item(item, desk.now())
            made.append(item.id)
    moment[0] += timedelta(hours=1)
    for item_id in made[:9]:
        retract_item(desk, item_id, "cli")
    retire_category(desk, "ancienne", actor="cli")
    yield desk
    desk.storage.close()


def hostile_item(desk: Desk, chance: random.Random, known: list[str], number: int, source_id: str) -> Item:
    def said() -> str:
        return "".join(chance.choices(NASTY, k=chance.randint(0, 3)))

    published = chance.choice(DATES)
    guid = f"https://partenaire.example/é {number}<>" if number % 3 == 0 else f"guid {number}"
    item_id = desk.mint()
    return Item(
        id=item_id, story_id=item_id, title=said(), language=chance.choice(("fr", "en")), status=Status.PUBLISHED,
        created=desk.now(), updated=published, link=chance.choice(LINKS), summary=said(), content_html=said(),
        author=chance.choice((None, said())), categories=frozenset(chance.sample(known, chance.randint(0, 3))),
        image=chance.choice((None, Image("https://x.example/é.jpg?a&b", said(), 640, 0), Image("https://x.example/i", width=-1))),
        published=published, first_published=desk.now(),
        origin=Origin(source_id, said(), guid, (said(),)) if number % 2 else None,
    )  # fmt: skip


@pytest.fixture(scope="module")
def sample(tmp_path_factory) -> Iterator[Desk]:
    """The newsroom that is delivered, as well edited as news can be."""
    settled = Settings(database=tmp_path_factory.mktemp("sample") / "n.db", base_url="https://news.example.org")
    desk = open_desk(settled, clock=lambda: datetime(2026, 11, 23, 9, tzinfo=UTC), create=True)
    fill_with_sample(desk)
    yield desk
    desk.storage.close()


def document(desk: Desk, address: str, name: str) -> bytes:
    selection, archive, number = address.partition("/archive/")
    if archive:
        return Publisher(desk).document(selection, archive_recipe(number, name)).body
    return Publisher(desk).feed(selection, name).body


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("kind", KINDS)
def test_what_hostile_people_write_makes_no_document_invalid(judge, hostile, kind, name):
    if name == "rss" and "/archive/" in KINDS[kind]:
        pytest.skip("archives are Atom and JSON Feed")
    assert judge(name, document(hostile, KINDS[kind], name), "error") == []


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize(
    "address", ["all", "all.en", "masters", "doctorat.fr", "all.fr-else-en", "doctorat,masters", "all/archive/1-61"]
)
def test_well_edited_news_draws_neither_errors_nor_warnings(judge, sample, address, name):
    if name == "rss" and "/archive/" in address:
        pytest.skip("archives are Atom and JSON Feed")
    assert judge(name, document(sample, address, name)) == []


@pytest.mark.parametrize("name", FORMATS)
def test_the_hostile_newsroom_comes_back_from_a_parser_as_it_was_stored(hostile, name):
    with hostile.storage.read() as reader:
        selection = resolve(reader, "all")
        feed = cleaned(feed_of(hostile, reader, selection, reader.feed_state(selection)))
    body = FORMATS[name].write(feed)
    read = json.loads(body)["items"] if name == "json" else feedparser.parse(
        io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False
    ).entries  # fmt: skip
    assert len(read) == len(feed.entries) == 50
    for found, said in zip(read, feed.entries, strict=True):
        assert found["id"] == said.id
        if name == "json":
            assert (found["title"], found["url"], found.get("tags", [])) == (
                said.title,
                said.url,
                [term.name for term in said.categories],
            )
            assert (found.get("summary", ""), found.get("content_html", "")) == (said.summary, said.content_html)
            assert datetime.fromisoformat(found["date_published"]) == said.published
        else:
            assert found.published_parsed[:6] == said.published.timetuple()[:6]
            assert [tag.label or tag.term for tag in found.get("tags", [])] == [term.name for term in said.categories]
            assert unescape(found.title) == unescape(said.title)


words = st.lists(st.sampled_from(["\ud800", *NASTY]) | st.text(max_size=9), max_size=4).map("".join)
moments = st.sampled_from(DATES)
ENTRY = st.builds(
    Entry, id=st.uuids().map(lambda made: f"urn:uuid:{made}"), title=words, url=st.sampled_from(LINKS[1:]),
    page=st.just("https://news.example.org/items/1/a"), summary=words, content_html=words,
    language=st.sampled_from(["fr", "en", "ar"]), published=moments, updated=moments, author=st.none() | words,
    image=st.none() | st.builds(Image, st.sampled_from(LINKS[1:]), words, st.integers(-1, 9), st.none()),
    categories=st.builds(Term, st.just("a"), words, st.just("https://news.example.org/category/")).map(lambda one: (one,)),
    source=st.none() | st.builds(FromSource, st.just("urn:x:1"), words, st.sampled_from(LINKS[1:]), moments),
)  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(entries=st.lists(ENTRY, max_size=3, unique_by=lambda entry: entry.id), title=words)
@pytest.mark.parametrize("name", FORMATS)
def test_no_text_whatever_makes_a_document_invalid(judge, name, entries, title):
    base = "https://news.example.org/feeds/all"
    feed = Feed("urn:x:2", title, title, "fr", "https://news.example.org/", base, DATES[0], title, tuple(entries))
    assert judge(name, FORMATS[name].write(feed), "error") == []
