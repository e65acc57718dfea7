"""``depeche source test``: what an address would give. Changes nothing."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING

import click

from cli.commands import command as make
from cli.commands import json_option
from cli.output import note, show_json, show_table
from cli.words import message_of

if TYPE_CHECKING:
    from desk.sources.registry import Trial
    from news.collected import Collected
    from news.items import When
    from news.rules import Placing


@make("source.test")
@click.argument("urls", metavar="URL...", nargs=-1, required=True)
@json_option
def command(urls: tuple[str, ...], as_json: bool) -> int:
    """Show what addresses would give; changes nothing."""
    from cli.opening import desk as open_desk
    from desk.sources.registry import try_source
    from desk.sources.rules import try_rules

    desk = open_desk()
    trials = [try_source(desk, url) for url in urls]
    with desk.storage.read() as reader:
        slugs = {category.id: category.slug for category in reader.categories()}
    told = [(trial, [_placed(placing, slugs) for placing in try_rules(desk, trial)]) for trial in trials]
    if as_json:
        show_json([_json(trial, placed) for trial, placed in told])
    else:
        for trial, placed in told:
            _show(trial, placed)
    return 1 if any(trial.error for trial in trials) else 0


def _placed(placing: Placing, slugs: dict[str, str]) -> dict[str, object]:
    """The categories an item would get, and the numbers of the rules that give them; none means that it would wait."""
    rules = [number for number, gave in enumerate(placing.gave, 1) if gave]
    return {"categories": sorted(slugs[one] for one in placing.categories), "rules": rules}


def _show(trial: Trial, placed: list[dict[str, object]]) -> None:
    if trial.error:
        click.echo(f"depeche: {trial.url}: {message_of(trial.error)}", err=True)
    else:
        _show_items(trial, placed)
    for offer in trial.offers:
        note("cli.source.offer", url=offer.url, kind=offer.kind.value)


def _show_items(trial: Trial, placed: list[dict[str, object]]) -> None:
    click.echo(f"{trial.url} ({trial.kind})")
    rows = (
        (_date(entry.published), entry.terms, rules["rules"], rules["categories"], entry.title)
        for entry, rules in zip(trial.items, placed, strict=True)
    )
    show_table(("date", "terms", "rule", "categories", "title"), rows)


def _json(trial: Trial, placed: list[dict[str, object]]) -> dict[str, object]:
    return {
        "url": trial.url,
        "kind": str(trial.kind) if trial.kind else None,
        "items": [_entry(entry) | rules for entry, rules in zip(trial.items, placed, strict=True)],
        "error": message_of(trial.error) if trial.error else None,
        "offers": [{"url": offer.url, "kind": offer.kind.value, "title": offer.title} for offer in trial.offers],
    }


def _entry(entry: Collected) -> dict[str, object]:
    told = asdict(entry) | {"published": _date(entry.published), "updated": _date(entry.updated)}
    told["date_only"] = bool(entry.published and entry.published.day)
    return told


def _date(when: When | None) -> str | None:
    if when is None:
        return None
    if when.day:
        return when.day.isoformat()
    assert when.moment
    return when.moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
