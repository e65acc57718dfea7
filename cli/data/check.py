"""``depeche check``: what is wrong, and what to do."""

from __future__ import annotations

import click

from cli.commands import command as make
from cli.commands import json_option
from cli.output import note, show_json
from cli.words import message_of, say
from news.errors import DepecheError


@make("check")
@json_option
def command(as_json: bool) -> int:
    """Say what is wrong, and what to do."""
    from cli.opening import desk
    from desk.operating.maintenance import checkup

    told = [
        {"problem": say(problem.key, **args), "advice": say(problem.advice_key, **args)}
        for problem in checkup(desk())
        for args in [_in_words(problem.args)]
    ]
    if as_json:
        show_json(told)
    elif not told:
        note("cli.check.well")
    else:
        for one in told:
            click.echo(f"{one['problem']} → {one['advice']}", err=True)
    return 1 if told else 0


def _in_words(args: dict[str, object]) -> dict[str, object]:
    return {name: message_of(value) if isinstance(value, DepecheError) else value for name, value in args.items()}
