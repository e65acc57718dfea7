"""What history says of an item: the fields in which it differs from what it was, as JSON values or as JSON."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from datetime import date, datetime
from json import JSONEncoder
from json.encoder import encode_basestring
from operator import attrgetter
from typing import Any

from news.items import Item

_HISTORY = sorted(each.name for each in fields(Item) if each.name not in {"version", "origin"})
_fields_of = attrgetter(*_HISTORY)
_BEFORE = [f'"{name}": {{"from": null, "to": ' for name in _HISTORY]
_json_of = JSONEncoder(ensure_ascii=False, sort_keys=True).encode


def difference(before: Item | None, after: Item) -> dict[str, object]:
    """The fields in which ``after`` differs, each with what it was and what it became, as JSON values."""
    if before is None:
        held = zip(_HISTORY, _fields_of(after), strict=True)
        return {name: {"from": None, "to": _value(value)} for name, value in held if value is not None}
    new, old = plain(after), plain(before)
    return {name: {"from": old[name], "to": new[name]} for name in new if new[name] != old[name]}


def first_line(item: Item) -> str:
    """The JSON of ``difference(None, item)``. Thousands of items may arrive at once, and most of what is said of each
    are words and moments."""
    said = []
    for before, value in zip(_BEFORE, _fields_of(item), strict=True):
        if value is not None:
            kind = type(value)
            if kind is str:
                text = encode_basestring(value)
            else:
                text = f'"{value.isoformat()}"' if kind is datetime else _json_of(_value(value))
            said.append(f"{before}{text}}}")
    return "{" + ", ".join(said) + "}"


def plain(item: Item) -> dict[str, object]:
    """The fields of ``item`` as the JSON values that history holds."""
    return {name: _value(value) for name, value in zip(_HISTORY, _fields_of(item), strict=True)}


def _value(value: Any) -> object:
    """``value`` as JSON has it."""
    if value is None or isinstance(value, (str, int)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    if is_dataclass(value):
        return {each.name: _value(getattr(value, each.name)) for each in fields(value) if each.name != "kept"}
    raise TypeError(type(value).__name__)
