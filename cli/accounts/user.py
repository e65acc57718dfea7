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
    from desk.accounts.users import add_user
    from desk.accounts.views import user_json

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
    from desk.accounts.users import list_users
    from desk.accounts.views import user_json

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
    from desk.accounts.users import disable_user

    disable_user(desk(), email, ACTOR)
    note("cli.user.disabled", email=email)


@make("user.password")
@_email
@_password_stdin
def password_(email: str, password_stdin: bool) -> None:
    """Change a person’s password."""
    from cli.inputs import password
    from cli.opening import ACTOR, desk
    from desk.accounts.users import set_password

    set_password(desk(), email, password(password_stdin), ACTOR)
    note("cli.user.password_set", email=email)


@make("user.invite")
@_email
@option("--role", required=True, type=OneOf(ROLES))
@json_option
def invite(email: str, role: str, as_json: bool) -> None:
    """Add a person who chooses a password by a link, and print the link."""
    from cli.opening import ACTOR, desk
    from desk.accounts.users import invite_user

    invite_user(desk(), email, role, ACTOR)
    _link(email, as_json)


@make("user.reset")
@_email
@json_option
def reset(email: str, as_json: bool) -> None:
    """Print a link by which a person chooses a new password."""
    _link(email, as_json)


@make("user.role")
@_email
@click.argument("role", metavar="ROLE", type=OneOf(ROLES))
def role_(email: str, role: str) -> None:
    """Give a person another role."""
    from cli.opening import ACTOR, desk
    from desk.accounts.status import set_role

    set_role(desk(), _id_of(email), role, ACTOR)
    note("cli.user.role", email=email, role=role)


@make("user.reopen")
@_email
def reopen_(email: str) -> None:
    """Open a closed account again, and print a link to a new password."""
    from cli.opening import ACTOR, desk
    from desk.accounts.status import reopen

    reopen(desk(), _id_of(email), ACTOR)
    _link(email, as_json=False)


@make("user.erase")
@_email
def erase_(email: str) -> None:
    """Close an account for good, and erase what is personal in it."""
    from cli.opening import ACTOR, desk
    from desk.accounts.status import erase

    note("cli.user.erased", name=erase(desk(), _id_of(email), ACTOR).email)


@make("user.signout")
@_email
def sign_out(email: str) -> None:
    """End all sessions of a person."""
    from cli.opening import ACTOR, desk
    from desk.accounts.sessions import end_all
    from desk.accounts.users import user_named

    opened = desk()
    end_all(opened, user_named(opened, email), ACTOR)
    note("cli.user.signed_out", email=email)


@make("user.factor")
@_email
def factor(email: str) -> None:
    """Take away the second factor of somebody who lost it."""
    from cli.opening import ACTOR, desk
    from desk.accounts.second_factor import remove
    from desk.accounts.users import user_named

    opened = desk()
    remove(opened, user_named(opened, email), ACTOR)
    note("cli.user.factor_removed", email=email)


@make("user.unlink")
@_email
def unlink(email: str) -> None:
    """Let the institution’s sign-in know somebody by their address again."""
    from cli.opening import ACTOR, desk
    from desk.accounts.identities import release
    from desk.accounts.users import user_named

    opened = desk()
    release(opened, user_named(opened, email), ACTOR)
    note("cli.user.unlinked", email=email)


def _id_of(email: str) -> str:
    from cli.opening import desk
    from desk.accounts.users import user_named

    return user_named(desk(), email).id


def _link(email: str, as_json: bool) -> None:
    from cli.opening import ACTOR, desk
    from desk.accounts.one_time_links import link_for

    address = link_for(desk(), email, ACTOR, mailed=False)
    if as_json:
        show_json({"email": email, "link": address})
    else:
        click.echo(address)


for each in (add, invite, list_, role_, disable, reopen_, erase_, password_, reset, sign_out, factor, unlink):
    command.add_command(each)
