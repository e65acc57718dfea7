"""``depeche review floods`` and ``review flood``: what a source says is all new, decided as a whole."""

from __future__ import annotations

import click

from cli.commands import command as make
from cli.commands import json_option
from cli.output import note, show_json
from cli.values import OneOf
from cli.words import words

_VERDICTS = ("accept", "same", "refuse")


@make("review.floods")
@json_option
def floods(as_json: bool) -> None:
    """List what waits together."""
    from cli.opening import desk
    from desk.sources.floods import floods as waiting
    from desk.sources.views import flood_json

    found = waiting(desk())
    if as_json:
        show_json([flood_json(one) for one in found])
        return
    for one in found:
        said = words().count(f"flood.says.{one.kind.value}", one.items, source=one.source_name)
        click.echo(f"{one.source_id}  {said}")
    if not found:
        note("cli.list.empty")


@make("review.flood")
@click.argument("source_id", metavar="SOURCE_ID")
@click.argument("verdict", metavar="|".join(_VERDICTS), type=OneOf(_VERDICTS))
@json_option
def flood(source_id: str, verdict: str, as_json: bool) -> None:
    """Decide on what waits together."""
    from cli.opening import ACTOR, desk
    from desk.sources.floods import decide_flood

    decided = decide_flood(desk(), source_id, verdict, ACTOR)
    if as_json:
        show_json({"done": decided.done, "wait": decided.wait})
    else:
        note(f"cli.flood.{verdict}", done=decided.done, wait=decided.wait)
