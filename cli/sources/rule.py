"""``depeche source rule``: how a source's items get our categories."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cli.commands import Group, json_option, option
from cli.commands import command as make
from cli.output import note, show_json, show_table
from cli.values import Misuse, OneOf, Whole
from cli.words import words
from news.selections import LANGUAGES

if TYPE_CHECKING:
    from desk.context import Desk
    from news.sources import Source

_MOST = 1000
_id = click.argument("source_id", metavar="ID")

command = Group("rule", help="cli.help.source.rule")


@make("source.rule.list")
@_id
@json_option
def list_(source_id: str, as_json: bool) -> None:
    """List the rules, in the order they are tried."""
    from cli.opening import desk as open_desk
    from desk.sources.registry import get_source

    desk = open_desk()
    show_rules(desk, get_source(desk, source_id), as_json)


@make("source.rule.add")
@_id
@option("--names", is_flag=True, key="rule_names")
@option("--term", key="rule_term")
@option("--words", "looked_for", key="rule_words")
@option("--lang", "language", type=OneOf(LANGUAGES), key="rule_lang")
@option("--always", is_flag=True, key="rule_always")
@option("--category", "categories", metavar="SLUG", multiple=True, key="category")
@option("--stop", is_flag=True, key="rule_stop")
@option("--at", type=Whole(1, _MOST), key="rule_at")
@json_option
def add(
    source_id: str,
    names: bool,
    term: str | None,
    looked_for: str | None,
    language: str | None,
    always: bool,
    categories: tuple[str, ...],
    stop: bool,
    at: int | None,
    as_json: bool,
) -> None:
    """Add a rule."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.sources.rules import NewRule, add_rule

    asked = {"names": names, "term": term, "words": looked_for, "language": language, "always": always}
    kinds = [(kind, value) for kind, value in asked.items() if value not in (None, False)]
    if len(kinds) != 1:
        raise Misuse("cli.rule.one_kind")
    kind, value = kinds[0]
    new = NewRule(kind, value if isinstance(value, str) else "", categories, stop, at)
    desk = open_desk()
    show_rules(desk, add_rule(desk, source_id, new, ACTOR), as_json)


@make("source.rule.remove")
@_id
@click.argument("number", metavar="N", type=Whole(1, _MOST))
@json_option
def remove(source_id: str, number: int, as_json: bool) -> None:
    """Remove a rule."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.sources.rules import remove_rule

    desk = open_desk()
    show_rules(desk, remove_rule(desk, source_id, number, ACTOR), as_json)


@make("source.rule.order")
@_id
@click.argument("numbers", metavar="N...", nargs=-1, required=True, type=Whole(1, _MOST))
@json_option
def order(source_id: str, numbers: tuple[int, ...], as_json: bool) -> None:
    """Try the rules in another order."""
    from cli.opening import ACTOR
    from cli.opening import desk as open_desk
    from desk.sources.rules import order_rules

    desk = open_desk()
    show_rules(desk, order_rules(desk, source_id, numbers, ACTOR), as_json)


@make("source.rule.apply")
@_id
@option("--dry-run", is_flag=True)
@json_option
def apply(source_id: str, dry_run: bool, as_json: bool) -> None:
    """Try the rules on what waits."""
    from cli.opening import ACTOR, desk
    from desk.sources.rules import apply_rules

    done = apply_rules(desk(), source_id, ACTOR, dry_run=dry_run)
    counts = {"filed": done.filed, "published": done.published, "wait": done.wait}
    if as_json:
        show_json({**counts, "done": not dry_run})
    else:
        note("cli.rule.would" if dry_run else "cli.rule.applied", **counts)


def show_rules(desk: Desk, source: Source, as_json: bool) -> None:
    """Print the rules of ``source``, and how many of its latest items each of them places."""
    from desk.sources.rule_words import rule_sentence
    from desk.sources.rules import effect_of
    from desk.sources.views import rules_json

    with desk.storage.read() as reader:
        categories = reader.categories()
    if as_json:
        show_json(rules_json(source.rules, categories))
        return
    names = {category.id: category.name(words().language) for category in categories}
    effect = effect_of(desk, source)
    rows = enumerate(zip(source.rules, effect.placed, strict=True), 1)
    show_table(
        ("rule", "places", "does"), ((n, count, rule_sentence(words(), rule, names)) for n, (rule, count) in rows)
    )
    note("cli.rule.unplaced", items=effect.items, unplaced=effect.unplaced)


for each in (list_, add, remove, order, apply):
    command.add_command(each)
