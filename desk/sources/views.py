"""Sources, their rules and their floods as JSON values."""

from __future__ import annotations

from collections.abc import Iterable

from news.categories import Category
from news.days import rfc3339
from news.floods import Flood
from news.rules import Rule
from news.sources import Source
from storage.contract import Reader


def source_json(reader: Reader, source: Source) -> dict[str, object]:
    """A source as JSON values; ``error`` is a message key and its arguments, or null."""
    names = {category.id: category.slug for category in reader.categories()}
    check, flood = source.check, reader.flood(source.id)
    return {
        "id": source.id, "url": source.url, "kind": source.kind.value, "name": source.name,
        "trust": source.trust.value, "language": source.language, "paused": source.paused,
        "categories": sorted(names[each] for each in source.categories if each in names),
        "map": {term: names[each] for term, each in sorted(source.map.items()) if each in names},
        "rules": rules_json(source.rules, reader.categories()), "flood": flood and flood_json(flood),
        "next_check": rfc3339(check.next_at), "last_checked": check.checked and rfc3339(check.checked),
        "last_success": check.succeeded and rfc3339(check.succeeded), "failures": check.failures,
        "error": check.error_key and {"key": check.error_key, "args": check.error_args},
    }  # fmt: skip


def rules_json(rules: Iterable[Rule], categories: Iterable[Category]) -> list[dict[str, object]]:
    """A source's rules as JSON values, in the order they are tried."""
    slugs = {category.id: category.slug for category in categories}
    return [
        {
            "kind": rule.kind.value, "given": rule.given, "stop": rule.stop,
            "categories": sorted(slugs[each] for each in rule.categories if each in slugs),
        }
        for rule in rules
    ]  # fmt: skip


def flood_json(flood: Flood) -> dict[str, object]:
    """What waits together, as JSON values."""
    return {
        "source": {"id": flood.source_id, "name": flood.source_name}, "kind": flood.kind.value,
        "items": flood.items, "since": rfc3339(flood.since),
    }  # fmt: skip
