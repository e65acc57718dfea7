"""``depeche source refresh``: read sources now, and wait until it is done."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click

from cli.commands import command as make
from cli.commands import json_option, option
from cli.output import show_json
from cli.values import Misuse
from cli.words import message_of, say

if TYPE_CHECKING:
    from desk.collecting.collect import Outcome
    from desk.context import Desk
    from news.sources import Source


@make("source.refresh")
@click.argument("source_ids", metavar="[ID]...", nargs=-1)
@option("--due", is_flag=True)
@option("--all", "everything", is_flag=True, key="all")
@json_option
def command(source_ids: tuple[str, ...], due: bool, everything: bool, as_json: bool) -> int:
    """Read sources now, and wait until it is done."""
    from cli.opening import desk as open_desk
    from cli.serving.logs import keep_quiet

    keep_quiet()
    if bool(source_ids) + due + everything != 1:
        raise Misuse("cli.source.which")
    outcomes = _refresh(open_desk(), source_ids, due, loud=sys.stdout.isatty() and not as_json)
    if as_json:
        show_json([_json(outcome) for outcome in outcomes])
    return _report_failures(outcomes)


def _refresh(desk: Desk, source_ids: tuple[str, ...], due: bool, loud: bool) -> tuple[Outcome, ...]:
    from desk.collecting.collect import collect_due, refresh

    if not due:
        return refresh(desk, _chosen(desk, source_ids), progress=_show if loud else None)
    # A person waits: hosts get no pause between two requests.
    outcomes = collect_due(desk.with_settings(fetch_pause=0.0))
    for outcome in outcomes if loud else ():
        _show(outcome)
    return outcomes


def _chosen(desk: Desk, source_ids: tuple[str, ...]) -> list[Source]:
    from desk.sources.registry import get_source, list_sources

    if source_ids:
        return [get_source(desk, source_id) for source_id in dict.fromkeys(source_ids)]
    return [source for source in list_sources(desk) if not source.paused]


def _show(outcome: Outcome) -> None:
    if outcome.error is None:
        counts = {"new": outcome.new, "changed": outcome.changed, "same": outcome.same}
        click.echo(say("cli.source.refreshed", name=outcome.source.name, **counts))


def _report_failures(outcomes: Iterable[Outcome]) -> int:
    status = 0
    for outcome in outcomes:
        if outcome.error:
            status = 1
            click.echo(f"depeche: {outcome.source.name} ({outcome.source.id}): {message_of(outcome.error)}", err=True)
    return status


def _json(outcome: Outcome) -> dict[str, object]:
    return {
        "id": outcome.source.id,
        "url": outcome.source.url,
        "new": outcome.new,
        "changed": outcome.changed,
        "same": outcome.same,
        "error": message_of(outcome.error) if outcome.error else None,
    }
