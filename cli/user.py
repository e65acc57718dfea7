"""``depeche user``: who may sign in."""

from __future__ import annotations

import click

from cli.commands import command as make
from cli.commands import group, json_option, option
from cli.output import note, show_json, show_table
from cli.values import OneOf
from news.users import Role

ROLES = tuple(role.value for role in Role)
_email = click.argument("email", metavar="EMAIL")
_password_stdin = option("--password-stdin", is_flag=True)

command = group("user")


@make("user.add")
@_email
@option("--role", required=True, type=OneOf(ROLES))
@_password_stdin
@json_option
def add(email: str, role: str, password_stdin: bool, as_json: bool) -> None:
    """Add a person."""
    from cli.inputs import password
    from cli.opening import ACTOR, desk
    from desk.users import add_user
    from desk.views import user_json

    user = add_user(desk(), email, role, password(password_stdin), ACTOR)
    if as_json:
        show_json(user_json(user))
    else:
        note("cli.user.added", email=user.email, role=user.role.value)


@make("user.list")
@json_option
def list_(as_json: bool) -> None:
    """List the people."""
    from cli.opening import desk
    from desk.users import list_users
    from desk.views import user_json

    users = sorted(list_users(desk()), key=lambda user: (user.created, user.id), reverse=True)
    if as_json:
        show_json([user_json(user) for user in users])
    else:
        show_table(("email", "role", "disabled"), ((user.email, user.role.value, user.disabled) for user in users))


@make("user.disable")
@_email
def disable(email: str) -> None:
    """End a person’s access."""
    from cli.opening import ACTOR, desk
    from desk.users import disable_user

    disable_user(desk(), email, ACTOR)
    note("cli.user.disabled", email=email)


@make("user.password")
@_email
@_password_stdin
def password_(email: str, password_stdin: bool) -> None:
    """Change a person’s password."""
    from cli.inputs import password
    from cli.opening import ACTOR, desk
    from desk.users import set_password

    set_password(desk(), email, password(password_stdin), ACTOR)
    note("cli.user.password_set", email=email)


for each in (add, list_, disable, password_):
    command.add_command(each)
