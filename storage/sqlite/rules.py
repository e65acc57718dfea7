"""A source's rules as the JSON its column holds, in their order."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from news.rules import Rule, RuleKind


def rules_json(rules: Iterable[Rule]) -> str:
    """``rules`` as a column holds them; what says nothing is left out."""
    told = (
        {"kind": rule.kind.value, "given": rule.given, "categories": sorted(rule.categories), "stop": rule.stop}
        for rule in rules
    )
    return json.dumps([{name: value for name, value in one.items() if value} for one in told], ensure_ascii=False)


@lru_cache(maxsize=64)
def rules_of(column: str) -> tuple[Rule, ...]:
    """The rules of a column; many sources have the same."""
    return tuple(
        Rule(RuleKind(one["kind"]), one.get("given", ""), frozenset(one.get("categories", ())), one.get("stop", False))
        for one in json.loads(column)
    )
