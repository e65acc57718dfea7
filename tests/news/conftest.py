from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from news.categories import Category, slugify
from news.items import Item, Status
from news.sources import Check, Kind, Source, Trust

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def paris() -> ZoneInfo:
    return ZoneInfo("Europe/Paris")


@pytest.fixture
def category():
    """Makes categories, ids in the order of making."""
    made: list[Category] = []

    def make(name: str, english: str = "", **said: Any) -> Category:
        number = len(made) + 1
        slug = said.pop("slug", slugify(name) or f"c{number}")
        made.append(Category(f"id-{number}", name, english or name, slug, number, NOW, **said))
        return made[-1]

    return make


@pytest.fixture
def item():
    """Makes items; published now unless told."""

    def make(**said: Any) -> Item:
        bare = Item("i1", "i1", "Un titre", "fr", Status.PUBLISHED, NOW, NOW, published=NOW, first_published=NOW)
        return replace(bare, **said)

    return make


@pytest.fixture
def source() -> Source:
    return Source(
        "s1", "https://partenaire.example/feed", Kind.FEED, "Partenaire", Trust.PUBLISH, NOW, Check(NOW)
    )  # fmt: skip
