"""Another role, a closed account opened again, and erasing what is personal in one while history stays readable.

History names people by the id of their account alone, so erasing the account's address is enough: what they did is
told of *former member no. 3* from then on. Bylines of published items are the items', not the account's.
"""

from __future__ import annotations

from dataclasses import replace

from desk.accounts.tokens import end_tokens
from desk.context import Actor, Desk, name_of
from news.accounts import NOBODYS_PASSWORD
from news.errors import InvalidInput, NotFound
from news.items import Change
from news.users import Action, Role, User, require
from storage.contract import Transaction

FORMER = "former-"


def set_role(desk: Desk, user_id: str, role: str, actor: Actor) -> User:
    """Give a person another role; tokens never may more than it. Raises InvalidInput, also for one's own: somebody has
    to stay an admin."""
    if role not in tuple(Role):
        raise InvalidInput("user.role.unknown", role=role[:20], choices=", ".join(Role))
    with desk.storage.transaction() as tx:
        before = _somebody_else(tx, user_id, actor)
        after = replace(before, role=Role(role))
        if after != before:
            tx.put_user(after)
            said: dict[str, object] = {"role": {"from": before.role.value, "to": role}}
            tx.add_change(Change("user", user_id, desk.now(), name_of(actor), "role changed", data=said))
    return after


def reopen(desk: Desk, user_id: str, actor: Actor) -> User:
    """Open a closed account again; they choose a new password by a link. Raises InvalidInput when it was erased."""
    with desk.storage.transaction() as tx:
        before = _somebody_else(tx, user_id, actor)
        if before.erased:
            raise InvalidInput("user.erased")
        after = replace(before, disabled=None, password_hash=NOBODYS_PASSWORD)
        tx.put_user(after)
        # Those of an account that was closed by an older version, which left them.
        end_tokens(tx, user_id, desk.now())
        tx.add_change(Change("user", user_id, desk.now(), name_of(actor), "reopened"))
    return after


def erase(desk: Desk, user_id: str, actor: Actor) -> User:
    """Close an account for good and erase what is personal: address, password, second factor, sessions, tokens' names,
    the provider's name for them, what they typed and did not save, mails that wait, where they came in from.

    Raises NotFound, NotAllowed, InvalidInput for one's own.
    """
    with desk.storage.transaction() as tx:
        before = _somebody_else(tx, user_id, actor)
        if before.erased:
            return before
        number = 1 + sum(1 for user in tx.users() if user.erased)
        after = replace(
            before, email=f"{FORMER}{number}", password_hash=NOBODYS_PASSWORD, erased=desk.now(),
            disabled=before.disabled or desk.now(), session_epoch=before.session_epoch + 1, alerts=False,
        )  # fmt: skip
        tx.put_user(after)
        tx.drop_links(user_id)
        tx.drop_sessions(user_id)
        tx.drop_factor(user_id)
        tx.forget_accesses_of(user_id)
        tx.drop_identities(user_id)
        tx.drop_kept_forms(user_id)
        tx.drop_kept_answers(user_id)
        tx.forget_address(before.email)
        for token in tx.tokens(user_id):
            tx.put_token(replace(token, name="", revoked=token.revoked or desk.now()))
        tx.add_change(Change("user", user_id, desk.now(), name_of(actor), "erased"))
    return after


def former_number(user: User) -> str | None:
    """The number an erased person is known by, or None for anybody else."""
    return user.email.removeprefix(FORMER) if user.erased else None


def _somebody_else(tx: Transaction, user_id: str, actor: Actor) -> User:
    if isinstance(actor, User):
        require(actor, Action.USERS)
        if actor.id == user_id:
            raise InvalidInput("user.own_account")
    found = tx.user(user_id)
    if found is None:
        raise NotFound("staff.user.unknown")
    return found
