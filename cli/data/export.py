"""``depeche export``: what the newsroom holds, as files."""

from __future__ import annotations

from pathlib import Path

import click

from cli.commands import command as make
from cli.commands import group, json_option
from cli.items.listing import EVERYTHING
from cli.output import json_of, note, show_json
from cli.words import say, words

command = group("export")


@make("export.opml")
@click.argument("destination", metavar="DEST")
def opml(destination: str) -> None:
    """Write the list of the feeds collected from (OPML); “-” for standard output."""
    from cli.opening import desk as open_desk
    from desk.sources.exporting import source_list

    _write(destination, source_list(open_desk()))


@make("export.items")
@click.argument("destination", metavar="DEST")
def items(destination: str) -> None:
    """Write all items (JSON); “-” for standard output."""
    from cli.opening import desk as open_desk
    from desk.items.listing import ItemFilter, list_items
    from desk.items.views import item_json

    desk = open_desk()
    found = list_items(desk, ItemFilter(limit=EVERYTHING))
    with desk.storage.read() as reader:
        _write(destination, json_of([item_json(desk, reader, item) for item in found]))


@make("export.static")
@click.argument("destination", metavar="DIR")
@json_option
def static(destination: str, as_json: bool) -> None:
    """Write feeds, blocks and the list of feeds as files, for any web server."""
    from dataclasses import asdict

    from app import create_app
    from cli.opening import desk as open_desk
    from desk.publishing.export_static import export_static
    from desk.settings import Settings

    desk = open_desk()
    app = create_app(desk)
    report = export_static(desk, Path(destination), *app.extensions["block_files"])
    if desk.settings.base_url == Settings.base_url:
        click.echo(f"depeche: {say('cli.export.static.address', url=desk.settings.base_url)}", err=True)
    if as_json:
        show_json(asdict(report))
        return
    counts = [words().count(f"cli.export.static.{what}", number) for what, number in asdict(report).items()]
    click.echo(say("cli.export.static", path=destination, counts=", ".join(counts)))


def _write(destination: str, body: bytes) -> None:
    if destination == "-":
        click.echo(body, nl=False)
        return
    Path(destination).write_bytes(body)
    note("cli.export.done", path=destination)


for each in (opml, items, static):
    command.add_command(each)
