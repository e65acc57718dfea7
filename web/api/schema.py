"""The words shapes are written in: JSON Schema 2020-12, as OpenAPI 3.1 takes it."""

from __future__ import annotations

from news.items import Status
from news.selections import LANGUAGES
from news.users import Role
from web.api.routes import Shape

TEXT: Shape = {"type": "string"}
MAYBE: Shape = {"type": ["string", "null"]}
COUNT: Shape = {"type": "integer", "minimum": 0}
YES: Shape = {"type": "boolean"}
MOMENT: Shape = {"type": "string", "format": "date-time"}
MAYBE_MOMENT: Shape = {"type": ["string", "null"], "format": "date-time"}
ID: Shape = {"type": "string", "format": "uuid"}
SLUGS: Shape = {"type": "array", "items": TEXT, "maxItems": 100, "uniqueItems": True}
LANGUAGE: Shape = {"type": "string", "enum": list(LANGUAGES)}
ASKED_STATUS: Shape = {"type": "string", "enum": [each.value for each in Status if each is not Status.WITHDRAWN]}
ROLE: Shape = {"type": "string", "enum": [role.value for role in Role]}
IDS: Shape = {"type": "array", "items": TEXT, "maxItems": 200}


def thing(properties: dict[str, Shape], required: tuple[str, ...] | None = None) -> Shape:
    """An object that has these properties: all of them, or at least the ``required``."""
    needed = list(properties) if required is None else list(required)
    return {"type": "object", "properties": properties, "required": needed}


def asked(properties: dict[str, Shape], required: tuple[str, ...] = (), least: int = 0) -> Shape:
    """An object a program sends: nothing but these properties; ``least``: how many at least."""
    shape: dict[str, object] = {"type": "object", "properties": properties, "additionalProperties": False}
    if required:
        shape["required"] = list(required)
    if least:
        shape["minProperties"] = least
    return shape


def of(name: str) -> Shape:
    """A reference to a named shape."""
    return {"$ref": f"#/components/schemas/{name}"}


def some(name: str) -> Shape:
    """A list of them."""
    return {"type": "array", "items": of(name)}
