"""``depeche import``: what other programs, or another newsroom, have written to files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.output import show_json
from cli.words import message_of, say, words

if TYPE_CHECKING:
    from desk.context import Desk
    from desk.importing.imports import Given, Remark, Report

command = group("import")


def _with_options(function: Any) -> Any:
    dry_run = option("--dry-run", is_flag=True)
    return click.argument("place", metavar="FILE_OR_URL")(dry_run(json_option(function)))


@make("import.opml")
@_with_options
def opml(place: str, dry_run: bool, as_json: bool) -> int:
    """Add the feeds of a list (OPML) as sources."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.importing.sources import MOST_BYTES, import_opml

    desk = open_desk()
    report = import_opml(desk, _given(desk, place, MOST_BYTES), ACTOR, dry_run=dry_run)
    return _tell(report, dry_run, as_json)


@make("import.urls")
@_with_options
def urls(place: str, dry_run: bool, as_json: bool) -> int:
    """Add the addresses of a plain list as sources."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.importing.sources import MOST_BYTES, import_urls

    desk = open_desk()
    report = import_urls(desk, _given(desk, place, MOST_BYTES), ACTOR, dry_run=dry_run)
    return _tell(report, dry_run, as_json)


@make("import.json")
@_with_options
def items(place: str, dry_run: bool, as_json: bool) -> int:
    """Add the items of an archive of ours, or of a JSON Feed."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.importing.items import MOST_BYTES, import_json

    desk = open_desk()
    report = import_json(desk, _given(desk, place, MOST_BYTES), ACTOR, dry_run=dry_run)
    return _tell(report, dry_run, as_json)


def _given(desk: Desk, place: str, most: int) -> Given:
    from desk.importing.imports import bring

    return bring(desk, "/dev/stdin" if place == "-" else place, most)


def _tell(report: Report, dry_run: bool, as_json: bool) -> int:
    if as_json:
        show_json(_json(report, dry_run))
    else:
        for remark in (*report.refused, *report.notes):
            click.echo(f"depeche: {_line(remark)}", err=True)
        click.echo(_summary(report, dry_run))
    return 1 if report.failed else 0


def _line(remark: Remark) -> str:
    return " ".join(f"{remark.about}: {message_of(remark.error)}".split())


def _summary(report: Report, dry_run: bool) -> str:
    count = words().count
    counts = [count("cli.import.added", report.added), count("cli.import.there", report.there)]
    if report.refused:
        counts.append(count("cli.import.refused", len(report.refused)))
    told = ", ".join(counts)
    return say("cli.import.dry_run", counts=told) if dry_run else told


def _json(report: Report, dry_run: bool) -> dict[str, object]:
    told = [(remark, True) for remark in report.refused] + [(remark, False) for remark in report.notes]
    return {
        "dry_run": dry_run,
        "added": report.added,
        "already_there": report.there,
        "not_understood": len(report.refused),
        "problems": [
            {"about": remark.about, "error": message_of(remark.error), "refused": refused} for remark, refused in told
        ],
    }


for each in (opml, urls, items):
    command.add_command(each)
