"""Categories that end: retired with a time of grace, or merged into another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from news.categories import Category
from news.sources import Source

GRACE = timedelta(days=30)
Ended = TypeVar("Ended", bound=Category)


def retired(category: Ended, successor: Category | None, *, farewell: str, now: datetime) -> Ended:
    """``category`` (or named feed) retired at ``now``: its addresses answer for the time of grace. ``farewell``: the id
    of the last entry of its feeds, minted for it."""
    return replace(
        category, retired=now, closes=now + GRACE, successor=successor.id if successor else None, farewell=farewell
    )


def to_close(category: Category, now: datetime) -> bool:
    """Whether the time of grace of ``category`` is over, and nobody has closed it yet."""
    return category.closes is not None and category.closed is None and category.closes <= now


def heir(category: Category, categories: Mapping[str, Category]) -> Category | None:
    """The category that goes on today in the place of ``category``, by way of others that ended too; None when there
    is none. ``categories``: all of them by id."""
    seen = {category.id}
    following = categories.get(category.successor or "")
    while following and following.retired and following.id not in seen:
        seen.add(following.id)
        following = categories.get(following.successor or "")
    return following if following and following.retired is None else None


def feeds_it(source: Source, category_id: str) -> bool:
    """Whether a rule of ``source`` gives this category."""
    return any(category_id in rule.categories for rule in source.rules)


def redirected(source: Source, category_id: str, to: str | None) -> Source:
    """``source`` giving the category ``to`` (None: none) where its rules gave ``category_id``; a rule that then gives
    nothing is gone."""
    rules = []
    for rule in source.rules:
        if category_id in rule.categories:
            rule = replace(rule, categories=rule.categories - {category_id} | ({to} if to else set()))
            if not rule.categories:
                continue
        rules.append(rule)
    return replace(source, rules=tuple(rules))


def merged_names(into: Category, category: Category) -> Category:
    """``into`` answering also to every name ``category`` had, so that sources that use them are understood."""
    own = {into.name_fr, into.name_en}
    names = dict.fromkeys((*into.aliases, category.name_fr, category.name_en, *category.aliases))
    return replace(into, aliases=tuple(name for name in names if name not in own))
