"""``depeche source``: the pages and feeds the newsroom collects from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.output import note, show_json, show_pairs
from cli.values import OneOf, Pair
from cli.words import say, words
from news.selections import LANGUAGES

if TYPE_CHECKING:
    from desk.context import Desk
    from news.sources import Source

SELECTORS = ("item", "title", "link", "date", "summary", "categories", "image")
_id = click.argument("source_id", metavar="ID")

command = group(
    "source",
    lazy={
        "list": "cli.sources.listing",
        "edit": "cli.sources.edit",
        "refresh": "cli.sources.refresh",
        "rule": "cli.sources.rule",
        "test": "cli.sources.probe",
    },
)


def with_selectors(function: Any) -> Any:
    """The options that say where things stand on a page."""
    for name in reversed(SELECTORS):
        function = option(f"--select-{name}", metavar="CSS")(function)
    return function


@make("source.add")
@click.argument("url", metavar="URL")
@option("--kind", type=OneOf(("auto", "feed", "page", "wordpress")), default="auto")
@option("--name", default="", key="source_name")
@option("--category", "categories", metavar="SLUG", multiple=True, key="source_category")
@option("--map", "mapped", type=Pair(), multiple=True, key="map")
@option("--trust", type=OneOf(("publish", "review")), default="review")
@option("--lang", "language", type=OneOf(LANGUAGES), key="source_lang")
@with_selectors
@json_option
def add(url: str, mapped: tuple[tuple[str, str], ...], as_json: bool, **given: Any) -> None:
    """Add a source and show it."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.sources.registry import NewSource, add_source
    from news.sources import Selectors

    selectors = Selectors(**{name: given.pop(f"select_{name}") for name in SELECTORS})
    told = {name: value for name, value in given.items() if value is not None}
    desk = open_desk()
    show_source(desk, add_source(desk, NewSource(url=url, map=mapped, selectors=selectors, **told), ACTOR), as_json)


@make("source.show")
@_id
@json_option
def show(source_id: str, as_json: bool) -> None:
    """Show a source."""
    from cli.opening import desk as open_desk
    from desk.sources.registry import get_source

    desk = open_desk()
    show_source(desk, get_source(desk, source_id), as_json)


@make("source.pause")
@_id
def pause(source_id: str) -> None:
    """Stop reading a source."""
    from cli.opening import ACTOR, desk
    from desk.sources.registry import pause_source

    note("cli.source.paused", name=pause_source(desk(), source_id, ACTOR).name)


@make("source.resume")
@_id
def resume(source_id: str) -> None:
    """Read a source again."""
    from cli.opening import ACTOR, desk
    from desk.sources.registry import resume_source

    note("cli.source.resumed", name=resume_source(desk(), source_id, ACTOR).name)


@make("source.remove")
@_id
@option("--items", required=True, type=OneOf(("keep", "withdraw")))
def remove(source_id: str, items: str) -> None:
    """Forget a source."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.sources.registry import get_source, remove_source

    desk = open_desk()
    name = get_source(desk, source_id).name
    remove_source(desk, source_id, items, ACTOR)
    note(f"cli.source.removed.{items}", name=name)


def show_source(desk: Desk, source: Source, as_json: bool) -> None:
    """Print ``source``."""
    if as_json:
        show_json(source_told(desk, source, whole=True))
        return
    from desk.sources.floods import flood_of
    from news.health import last_news

    check, flood = source.check, flood_of(desk, source.id)
    show_pairs(
        (
            ("id", source.id),
            ("name", source.name),
            ("url", source.url),
            ("kind", source.kind.value),
            ("trust", source.trust.value),
            ("language", source.language),
            ("state", state_words(desk, source)),
            ("last_news", last_news(source)),
            ("checked", check.checked),
            ("next", None if source.paused else check.next_at),
            ("waits", flood and words().count(f"flood.says.{flood.kind.value}", flood.items, source=source.name)),
        )
    )


def source_told(desk: Desk, source: Source, *, whole: bool = False) -> dict[str, object]:
    """``source`` as JSON values; its error, if any, with the sentence it stands for. ``whole``: with its log."""
    from desk.sources.health import health_json
    from desk.sources.views import source_json

    with desk.storage.read() as reader:
        told = source_json(reader, source) | health_json(desk, source, whole=whole)
    if isinstance(told["error"], dict):
        told["error"]["message"] = say(source.check.error_key or "", **source.check.error_args)
    return told


def state_words(desk: Desk, source: Source) -> str:
    """How ``source`` is doing in a word, and the sentence of its last failure."""
    from news.health import state_of

    word = say(f"staff.source.state.{state_of(source, desk.now()).value}")
    why = source.check.error_key
    return say("cli.source.state", state=word, why=say(why, **source.check.error_args)) if why else word


for each in (add, show, pause, resume, remove):
    command.add_command(each)
