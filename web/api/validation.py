"""Whether JSON has the shape a call declares: the few words of JSON Schema (2020-12) the API uses, with a sentence for
each mistake. The same shapes stand in the OpenAPI document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from news.errors import InvalidFields, InvalidInput
from web.api.routes import Shape

_MOST = 20
_KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,), "integer": (int,), "boolean": (bool,), "object": (dict,), "array": (list,), "null": (type(None),),
}  # fmt: skip


def check(value: object, shape: Shape) -> None:
    """Raise InvalidFields, by the path of what is wrong (``map/0/slug``), unless ``value`` has the ``shape``."""
    wrong = dict(islice(_wrong(value, shape, ""), _MOST))
    if wrong:
        raise InvalidFields(wrong)


def typed(text: str, shape: Shape) -> object:
    """A text of the query as the shape's type. Raises InvalidInput."""
    if shape.get("type") == "integer":
        if not (text.isascii() and text.removeprefix("-").isdecimal() and len(text) < 10):
            raise InvalidInput("api.shape.type", kinds="integer")
        return int(text)
    if shape.get("type") == "boolean":
        if text not in ("true", "false"):
            raise InvalidInput("api.shape.choice", choices="true, false")
        return text == "true"
    return text


def _wrong(value: object, shape: Shape, at: str) -> Iterator[tuple[str, InvalidInput]]:
    kinds = shape.get("type", ())
    names = (kinds,) if isinstance(kinds, str) else tuple(map(str, kinds))  # type: ignore[call-overload]
    if names and not any(_is(value, name) for name in names):
        yield at, InvalidInput("api.shape.type", kinds=", ".join(names))
    elif isinstance(value, dict):
        yield from _wrong_object(value, shape, at)
    elif isinstance(value, list):
        yield from _wrong_list(value, shape, at)
    elif error := _wrong_value(value, shape):
        yield at, error


def _is(value: object, name: str) -> bool:
    if isinstance(value, bool):
        return name == "boolean"
    if isinstance(value, float):
        return name == "integer" and value.is_integer()
    return isinstance(value, _KINDS[name])


def _wrong_object(value: Mapping[str, object], shape: Shape, at: str) -> Iterator[tuple[str, InvalidInput]]:
    known, others = _mapping(shape.get("properties")), shape.get("additionalProperties", True)
    needed = shape.get("required", ())
    assert isinstance(needed, list | tuple)
    for name in needed:
        if name not in value:
            yield _below(at, name), InvalidInput("api.shape.missing")
    if len(value) < int(str(shape.get("minProperties", 0))):
        yield at, InvalidInput("api.shape.empty")
    for name, each in value.items():
        if name in known:
            yield from _wrong(each, _mapping(known[name]), _below(at, name))
        elif others is False:
            yield _below(at, name[:80]), InvalidInput("api.shape.unknown", known=", ".join(known))
        elif isinstance(others, dict):
            yield from _wrong(each, others, _below(at, name[:80]))


def _wrong_list(value: list[object], shape: Shape, at: str) -> Iterator[tuple[str, InvalidInput]]:
    least, most = int(str(shape.get("minItems", 0))), int(str(shape.get("maxItems", 1000)))
    if not least <= len(value) <= most:
        yield at, InvalidInput("api.shape.items", least=least, most=most)
        return
    if shape.get("uniqueItems") and any(each in value[:place] for place, each in enumerate(value)):
        yield at, InvalidInput("api.shape.twice")
    for place, each in enumerate(value):
        yield from _wrong(each, _mapping(shape.get("items")), _below(at, str(place)))


def _wrong_value(value: object, shape: Shape) -> InvalidInput | None:
    choices = shape.get("enum")
    if isinstance(choices, list | tuple) and value not in choices:
        return InvalidInput("api.shape.choice", choices=", ".join(map(str, choices)))
    if isinstance(value, str):
        least, most = int(str(shape.get("minLength", 0))), int(str(shape.get("maxLength", 10**9)))
        if not least <= len(value) <= most:
            return InvalidInput("api.shape.length", least=least, most=most, length=len(value))
        if "pattern" in shape and not re.search(str(shape["pattern"]), value):
            return InvalidInput("api.shape.pattern", pattern=str(shape["pattern"]))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        low, high = int(str(shape.get("minimum", -(10**9)))), int(str(shape.get("maximum", 10**9)))
        if not low <= value <= high:
            return InvalidInput("api.shape.number", least=low, most=high)
    return None


def _mapping(value: object) -> Shape:
    return value if isinstance(value, dict) else {}


def _below(at: str, name: str) -> str:
    escaped = name.replace("~", "~0").replace("/", "~1")
    return f"{at}/{escaped}" if at else escaped
