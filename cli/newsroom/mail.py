"""``depeche mail``: whether the newsroom can write to people."""

from __future__ import annotations

import click

from cli.commands import command as make
from cli.commands import group
from cli.output import note

command = group("mail")


@make("mail.test")
@click.argument("email", metavar="EMAIL")
def test(email: str) -> None:
    """Send a mail now, and say what the server answered."""
    from cli.opening import settings
    from cli.words import words
    from desk.notifying.mails import send_test

    send_test(settings(), email, words().language)
    note("cli.mail.sent", email=email)


command.add_command(test)
