"""``depeche token``: keys for programs that act for a person."""

from __future__ import annotations

import click

from cli.accounts.user import ROLES
from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.output import note, show_json, show_table
from cli.values import OneOf, Whole

command = group("token")


@make("token.add")
@click.argument("email", metavar="EMAIL")
@option("--name", key="token_name", required=True)
@option("--role", key="token_role", default="author", type=OneOf(ROLES))
@option("--days", default=90, type=Whole(1, 366))
@json_option
def add(email: str, name: str, role: str, days: int, as_json: bool) -> None:
    """Make a token, and print it this once."""
    from cli.opening import ACTOR, desk
    from desk.accounts.tokens import add_token
    from desk.accounts.views import token_json

    opened = desk()
    token, secret = add_token(opened, email, name=name, role=role, days=days, actor=ACTOR)
    if as_json:
        show_json(token_json(token, email) | {"token": secret})
    else:
        click.echo(secret)


@make("token.list")
@click.argument("email", metavar="[EMAIL]", required=False)
@json_option
def list_(email: str | None, as_json: bool) -> None:
    """List the tokens."""
    from cli.opening import desk
    from desk.accounts.tokens import tokens_of
    from desk.accounts.users import list_users, user_named
    from desk.accounts.views import token_json

    opened = desk()
    whose = user_named(opened, email).id if email else None
    names = {user.id: user.email for user in list_users(opened)}
    told = [(token, names.get(token.user_id, "")) for token in tokens_of(opened, whose)]
    if as_json:
        show_json([token_json(token, name) for token, name in told])
    else:
        heads = ("id", "email", "name", "role", "token", "expires", "used", "revoked")
        show_table(heads, (
            (token.id, name, token.name, token.role.value, token.prefix, token.expires, token.used, token.revoked)
            for token, name in told
        ))  # fmt: skip


@make("token.revoke")
@click.argument("token_id", metavar="ID")
def revoke(token_id: str) -> None:
    """End a token at once."""
    from cli.opening import ACTOR, desk
    from desk.accounts.tokens import revoke_token

    note("cli.token.revoked", token=revoke_token(desk(), token_id, ACTOR).prefix)


for each in (add, list_, revoke):
    command.add_command(each)
