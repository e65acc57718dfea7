"""Tokens for programs."""

import pytest

from desk.accounts.status import set_role
from desk.accounts.tokens import add_token, person_of_token, revoke_token, tokens_of
from desk.accounts.users import disable_user
from desk.context import Desk
from desk.items.posting import history_of
from news.errors import DepecheError, InvalidFields, InvalidInput, NotAllowed, NotFound
from news.users import Role


def made(desk: Desk, user, **said):
    given = {"name": "Site de l’école", "role": "author", "days": 30, "actor": user} | said
    return add_token(desk, user.email, **given)


def test_a_program_acts_for_the_person_with_the_tokens_role(desk, editor):
    token, secret = made(desk, editor)
    found = person_of_token(desk, secret)
    assert (found.id, found.email, found.role) == (editor.id, editor.email, Role.AUTHOR)
    assert secret.startswith(token.prefix) and len(token.prefix) < 12
    assert secret.encode() not in desk.settings.database.read_bytes()


def test_a_token_never_may_more_than_its_owner(desk, editor, admin):
    with pytest.raises(InvalidFields) as refused:
        made(desk, editor, role="admin")
    assert set(refused.value.fields) == {"role"}
    _, secret = made(desk, editor, role="editor")
    set_role(desk, editor.id, "author", admin)
    assert person_of_token(desk, secret).role == Role.AUTHOR


@pytest.mark.parametrize(("said", "field"), [
    ({"name": "  "}, "name"), ({"name": "x" * 81}, "name"), ({"role": "king"}, "role"), ({"days": 0}, "days"),
    ({"days": 367}, "days"), ({"days": -1}, "days"),
])  # fmt: skip
def test_a_wrong_token_is_refused_by_its_field(desk, editor, said, field):
    with pytest.raises(InvalidFields) as refused:
        made(desk, editor, **said)
    assert set(refused.value.fields) == {field}
    assert tokens_of(desk) == ()


def test_a_token_ends_on_its_day_when_revoked_and_with_the_account(desk, editor, admin, clock):
    _, old = made(desk, editor, days=1)
    token, revoked = made(desk, editor)
    _, third = made(desk, editor)
    revoke_token(desk, token.id, editor)
    assert revoke_token(desk, token.id, editor).revoked == desk.now()
    assert person_of_token(desk, revoked) is None
    clock.forward(days=1)
    assert person_of_token(desk, old) is None
    assert person_of_token(desk, third)
    disable_user(desk, editor.email, admin)
    assert person_of_token(desk, third) is None


@pytest.mark.parametrize("secret", ["", "dep_", "dep_" + "x" * 43, "Bearer", "\udcff", "dep_\udcff"])
def test_what_is_no_token_opens_nothing(desk, editor, secret):
    made(desk, editor)
    assert person_of_token(desk, secret) is None


def test_people_make_and_end_their_own_and_admins_end_anybodys(desk, editor, author, admin):
    with pytest.raises(NotAllowed):
        made(desk, editor, actor=admin)
    token, _ = made(desk, editor)
    with pytest.raises(NotAllowed):
        revoke_token(desk, token.id, author)
    with pytest.raises(NotFound):
        revoke_token(desk, "x", editor)
    assert revoke_token(desk, token.id, admin).revoked


def test_when_it_was_last_used_is_known_roughly(desk, editor, clock):
    _, secret = made(desk, editor)
    first = desk.now()
    person_of_token(desk, secret)
    clock.forward(minutes=59)
    person_of_token(desk, secret)
    assert tokens_of(desk, editor.id)[0].used == first
    clock.forward(minutes=2)
    person_of_token(desk, secret)
    assert tokens_of(desk, editor.id)[0].used == desk.now()


def test_a_person_has_fifty_at_most(desk, editor):
    for _ in range(50):
        made(desk, editor)
    with pytest.raises(InvalidInput):
        made(desk, editor)


def test_history_tells_of_tokens_and_keeps_no_secret(desk, editor):
    token, secret = made(desk, editor)
    revoke_token(desk, token.id, "cli")
    told = history_of(desk, "user", editor.id)
    assert [change.action for change in told] == ["token revoked", "token added"]
    assert secret not in str(told) and token.digest not in str(told)


def test_an_unknown_or_closed_account_gets_none(desk, editor, admin):
    disable_user(desk, editor.email, admin)
    for email in (editor.email, "nobody@example.org"):
        with pytest.raises(DepecheError):
            add_token(desk, email, name="x", role="author", days=1, actor="cli")
