"""Values that never change, with something else in them."""

from __future__ import annotations

from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, TypeVar

T = TypeVar("T")


def altered(value: T, **said: object) -> T:
    """As ``dataclasses.replace``, at half of what it costs, for a value of more than one field, all of which it is made
    with. What is looked at and changed thousands of times a minute is worth that."""
    kind: Any = type(value)
    names, held = _held(kind)
    made: T = kind(**(dict(zip(names, held(value), strict=True)) | said))
    return made


@lru_cache(maxsize=64)
def _held(kind: type[Any]) -> tuple[tuple[str, ...], attrgetter[Any]]:
    names = tuple(each.name for each in fields(kind))
    return names, attrgetter(*names)
