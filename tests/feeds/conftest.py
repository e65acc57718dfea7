from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from feeds.document import Entry, Feed, FromSource, Term
from news.items import Image

MORNING = datetime(2024, 10, 4, 10, 30, tzinfo=UTC)
EVENING = datetime(2024, 10, 5, 18, 0, 9, tzinfo=UTC)
SCHEME = "https://news.example.org/category/"


@pytest.fixture
def plain() -> Entry:
    """Posted by staff, without a link of its own."""
    return Entry(
        id="urn:uuid:019263c5-aaaa-7000-8000-000000000001",
        title="Diversité & RSE : l’école s’engage",
        url="https://news.example.org/items/1/engage",
        page="https://news.example.org/items/1/engage",
        summary="Un plan d’action pour R&D et <tous>.",
        content_html="<p>Un plan &amp; des actes.</p>",
        language="fr",
        published=MORNING,
        updated=EVENING,
        author="Zoé Dùpont",
        image=Image("https://news.example.org/media/1.jpg", "Deux élèves", 640, 480),
        categories=(Term("masters", "Masters", SCHEME), Term("diversite-rse", "Diversité & RSE", SCHEME)),
    )


@pytest.fixture
def collected() -> Entry:
    """Collected from a partner, in another language, pointing elsewhere, without a body."""
    return Entry(
        id="https://partner.example.net/posts/7",
        title="A visit to Berlin",
        url="https://partner.example.net/posts/7",
        page="https://news.example.org/items/2/a-visit",
        summary="Forty students went.",
        content_html="",
        language="en",
        published=MORNING,
        updated=MORNING,
        source=FromSource("urn:uuid:5", "Partner & Co", "https://partner.example.net/feed", MORNING),
    )


@pytest.fixture
def feed(plain: Entry, collected: Entry) -> Feed:
    return Feed(
        id="urn:uuid:019263c5-aaaa-7000-8000-0000000000ff",
        title="Actualités : Masters & co",
        subtitle="Tout ce qui se passe",
        language="fr",
        home="https://news.example.org/category/masters",
        base="https://news.example.org/feeds/masters",
        updated=EVENING,
        author="École exemple",
        entries=(plain, collected),
        icon="https://news.example.org/static/icon.png",
        badge="https://news.example.org/static/badge.png",
        hub="https://hub.example.org/",
    )


@pytest.fixture
def of(feed: Feed) -> Callable[..., Feed]:
    """The same feed with other entries."""
    return lambda *entries: replace(feed, entries=entries)
