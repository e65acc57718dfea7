"""What people are called on pages: by their address, or by a number once they have left and were erased."""

from __future__ import annotations

from collections.abc import Mapping

from desk.accounts.status import former_number
from news.users import User
from web.context import words

_MACHINES = ("cli", "worker", "source", "import", "sample")


def person_name(user: User) -> str:
    """The address of ``user``, or *former member no. 3*."""
    number = former_number(user)
    return words()("account.former", number=number) if number else user.email


def actor_name(actor: str, people: Mapping[str, User]) -> str:
    """Who acted, as history names them: a person, or one of the program's parts."""
    kind, _, user_id = actor.partition(":")
    user = people.get(user_id)
    if user:
        return person_name(user)
    key = f"staff.actor.{kind}"
    return words()(key) if kind != "user" and words().has(key) else words()("staff.actor.gone")
