"""``depeche item``: read and write the newsroom's items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.items.story import merge, split
from cli.output import note, show_json
from cli.values import Misuse, OneOf
from news.items import Status
from news.selections import LANGUAGES

if TYPE_CHECKING:
    from desk.context import Desk
    from news.drafts import Draft
    from news.items import Item

WRITABLE = tuple(status.value for status in Status if status is not Status.WITHDRAWN)
_id = click.argument("item_id", metavar="ID")
_fields = (
    option("--category", "categories", metavar="SLUG", multiple=True, key="category"),
    option("--link", metavar="URL"),
    option("--summary"),
    option("--content-file", metavar="FILE"),
    option("--date"),
    option("--lang", "language", type=OneOf(LANGUAGES)),
    option("--author"),
    option("--image", "image_url", metavar="FILE|URL", key="image"),
    option("--image-alt"),
    option("--image-credit"),
    option("--status", type=OneOf(WRITABLE)),
    option("--withdraw-at", "withdraw", metavar="DATE"),
    option("--pin-until", "pin", metavar="DATE"),
    json_option,
)

command = group("item", lazy={"list": "cli.items.listing", "show": "cli.items.show"})


def _with_fields(function: Any) -> Any:
    for field in reversed(_fields):
        function = field(function)
    return function


@make("item.add")
@option("--title", required=True)
@option("--translates", metavar="ID")
@_with_fields
def add(as_json: bool, translates: str | None, **given: Any) -> None:
    """Add an item (published unless told otherwise)."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.items.posting import post_item

    desk = open_desk()
    usual = {"status": Status.PUBLISHED.value, "language": desk.settings.language}
    _show(desk, post_item(desk, _draft(usual | _with_file(desk, _given(given))), ACTOR, story_of=translates), as_json)


@make("item.edit")
@_id
@option("--title")
@option("--no-categories", is_flag=True)
@option("--minor", is_flag=True)
@_with_fields
def edit(item_id: str, no_categories: bool, minor: bool, as_json: bool, **given: Any) -> None:
    """Change the given fields of an item."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.items.posting import edit_item

    changes = _given(given) | ({"categories": ()} if no_categories else {})
    if not changes:
        raise Misuse("cli.item.nothing_to_edit")
    desk = open_desk()
    told = False if minor else None
    changes = _with_file(desk, changes)
    edited = edit_item(desk, item_id, _draft(changes), ACTOR, only=frozenset(changes), significant=told)
    _show(desk, edited, as_json)


@make("item.retract")
@_id
@option("--reason", default="")
def retract(item_id: str, reason: str) -> None:
    """Take an item back from everywhere."""
    from cli.opening import ACTOR, desk
    from desk.items.posting import retract_item

    note("cli.item.retracted", title=retract_item(desk(), item_id, ACTOR, reason).title)


def _draft(given: dict[str, Any]) -> Draft:
    from news.drafts import Draft

    return Draft(**{"title": ""} | given)


def _given(options: dict[str, Any]) -> dict[str, Any]:
    """The fields of the form that the options fill."""
    from cli.inputs import text_of_file

    fields = {name: value for name, value in options.items() if value not in (None, ())}
    if file := fields.pop("content_file", None):
        fields["body"] = text_of_file(file)
    return fields


def _with_file(desk: Desk, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields with the picture of a file, once it is kept, in the place of the file's name."""
    from cli.inputs import bytes_of_file
    from cli.opening import ACTOR
    from desk.pictures.uploads import upload
    from news.pictures import upload_url, uploaded

    named = fields.get("image_url")
    if not named or "://" in named or uploaded(named):
        return fields
    body = bytes_of_file(named, desk.settings.picture_max_bytes)
    return fields | {"image_url": upload_url(upload(desk, body, ACTOR).id)}


def _show(desk: Desk, item: Item, as_json: bool) -> None:
    from desk.items.views import item_json, until_json

    with desk.storage.read() as reader:
        told = item_json(desk, reader, item) | until_json(item)
    if as_json:
        show_json(told)
    else:
        note(f"cli.item.saved.{item.status.value}", id=item.id, title=item.title, url=told["url"])


for each in (add, edit, retract, merge, split):
    command.add_command(each)
