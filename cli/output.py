"""What commands print: JSON for programs, aligned columns for people."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

import click

from cli.words import say

_GAP = "  "


def json_of(value: object) -> bytes:
    """``value`` as JSON in UTF-8, with a line end."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode("utf-8", "replace") + b"\n"


def show_json(value: object) -> None:
    """Print ``value`` as JSON, in UTF-8 whatever the terminal's encoding."""
    click.echo(json_of(value), nl=False)


def show_table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print ``rows`` under the translated ``cli.head.*`` of ``heads``; on a terminal, each on one line of it."""
    cells = [[say(f"cli.head.{head}") for head in heads], *([_cell(value) for value in row] for row in rows)]
    if len(cells) == 1:
        click.echo(say("cli.list.empty"))
        return
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    widest = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    for row in cells:
        line = _GAP.join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        click.echo(line[:widest])


def show_pairs(pairs: Iterable[tuple[str, object]]) -> None:
    """Print one thing: a line for each of its ``cli.head.*`` that has a value."""
    told = [(say(f"cli.head.{head}"), _cell(value)) for head, value in pairs if value not in (None, "", (), [])]
    width = max((len(head) for head, _ in told), default=0)
    for head, value in told:
        click.echo(f"{head.ljust(width)}{_GAP}{value}".rstrip())


def note(key: str, /, **args: object) -> None:
    """Tell a person what was done, on standard output."""
    click.echo(say(key, **args))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return f"{value.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    if isinstance(value, tuple | list):
        return ", ".join(map(str, value))
    return " ".join(str(value).split())
