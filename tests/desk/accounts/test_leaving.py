"""Leaving staff: an account is closed, opened again, or erased while history stays readable."""

import re
from pathlib import Path

import pytest

from desk.accounts.audit import KINDS, audit
from desk.accounts.one_time_links import link_for
from desk.accounts.sessions import begin, who
from desk.accounts.status import erase, former_number, reopen, set_role
from desk.accounts.tokens import add_token, person_of_token, tokens_of
from desk.accounts.users import add_user, disable_user, get_user, list_users
from desk.context import Desk
from desk.items.posting import history_of, post_item
from desk.sources.registry import NewSource, add_source
from news.drafts import Draft
from news.errors import InvalidInput, NotAllowed, NotFound
from news.users import Role

HERE = "192.0.2.1"


def test_nothing_personal_is_left_of_who_is_erased(desk: Desk, editor, admin):
    key = begin(desk, editor, agent="Firefox", address=HERE)
    _, secret = add_token(desk, editor.email, name="Mon robot", role="author", days=9, actor=editor)
    link_for(desk, editor.email, admin)
    gone = erase(desk, editor.id, admin)
    assert (gone.email, former_number(gone), bool(gone.disabled)) == ("former-1", "1", True)
    assert who(desk, key) is None and person_of_token(desk, secret) is None
    assert [token.name for token in tokens_of(desk, editor.id)] == [""]
    with desk.storage.read() as reader:
        assert reader.accesses(9) == () and reader.user_of_email(editor.email) is None


def test_history_still_says_that_it_was_the_same_person(desk, editor, admin):
    item = post_item(desk, Draft(title="Une actualité"), editor)
    erase(desk, editor.id, admin)
    (line,) = history_of(desk, "item", item.id)
    assert former_number(get_user(desk, line.actor.removeprefix("user:"))) == "1"
    assert editor.email not in str(history_of(desk, "user", editor.id))


def test_erased_people_are_told_apart_and_erased_once(desk, editor, author, admin):
    assert [former_number(erase(desk, each.id, admin)) for each in (editor, author, editor)] == ["1", "2", "1"]


def test_the_address_is_free_again_for_somebody_else(desk, editor, admin):
    erase(desk, editor.id, admin)
    assert add_user(desk, editor.email, "author", "un mot de passe", admin).id != editor.id


def test_an_erased_account_is_closed_for_good_and_a_closed_one_may_be_opened(desk, editor, author, admin):
    erase(desk, editor.id, admin)
    with pytest.raises(InvalidInput):
        reopen(desk, editor.id, admin)
    with pytest.raises(NotFound):
        link_for(desk, "former-1@x.example", admin)
    disable_user(desk, author.email, admin)
    assert reopen(desk, author.id, admin).disabled is None
    assert link_for(desk, author.email, admin)


def test_a_role_changes_and_history_says_from_what_to_what(desk, author, admin):
    assert set_role(desk, author.id, "editor", admin).role == Role.EDITOR
    (change,) = history_of(desk, "user", author.id)
    assert change.data == {"role": {"from": "author", "to": "editor"}}
    with pytest.raises(InvalidInput):
        set_role(desk, author.id, "king", admin)


@pytest.mark.parametrize("act", [
    lambda desk, who, actor: set_role(desk, who, "author", actor), erase, reopen,
])  # fmt: skip
def test_admins_alone_and_not_to_themselves(desk, editor, admin, act):
    before = list_users(desk)
    with pytest.raises(NotAllowed):
        act(desk, admin.id, editor)
    with pytest.raises(InvalidInput):
        act(desk, admin.id, admin)
    with pytest.raises(NotFound):
        act(desk, "nobody", admin)
    assert list_users(desk) == before


def test_the_audit_log_tells_all_in_one_list_and_page_by_page(desk, editor, author, admin, clock):
    for number in range(60):
        begin(desk, editor, agent="", address=HERE)
        set_role(desk, author.id, "editor" if number % 2 else "admin", admin)
        clock.forward(seconds=1)
    first = audit(desk)
    assert len(first.lines) == 50 and first.older
    second = audit(desk, before=first.older)
    third = audit(desk, before=second.older)
    assert len(first.lines) + len(second.lines) + len(third.lines) == 120 + 5
    assert third.older is None
    assert len(audit(desk, person=editor.id).lines) == 50
    assert {line.actor for line in audit(desk, kind="user", person=admin.id).lines} == {f"user:{admin.id}"}


def test_the_audit_log_covers_every_kind_of_thing_that_has_a_history():
    """Read from the code itself: a new kind that the log leaves out fails here."""
    told = set()
    for path in (Path(__file__).parents[3] / "desk").rglob("*.py"):
        told |= set(re.findall(r'Change\(\s*"(\w+)"', path.read_text(encoding="utf-8")))
    assert told == set(KINDS) - {"door"}


def test_the_audit_log_names_sources_and_items_as_they_are_called_now(desk, admin):
    source = add_source(desk, NewSource("https://a.example/feed", "feed", name="Un laboratoire"), admin)
    item = post_item(desk, Draft(title="Une actualité"), admin)
    with desk.storage.read() as reader:
        masters = reader.category_of_slug("masters")
    assert audit(desk).names.items() >= {source.id: "Un laboratoire", masters.id: "Masters"}.items()
    assert item.id not in audit(desk).names
    assert audit(desk, kind="item").names == {item.id: "Une actualité"}


def test_a_closed_account_opened_again_finds_its_tokens_ended(desk: Desk, editor, admin):
    _, secret = add_token(desk, editor.email, name="robot", role="author", days=9, actor=editor)
    disable_user(desk, editor.email, admin)
    assert tokens_of(desk, editor.id)[0].revoked == desk.now()
    reopen(desk, editor.id, admin)
    assert person_of_token(desk, secret) is None


def test_so_it_does_when_it_was_closed_by_an_older_version(desk: Desk, editor, admin):
    token, secret = add_token(desk, editor.email, name="robot", role="author", days=9, actor=editor)
    disable_user(desk, editor.email, admin)
    with desk.storage.transaction() as tx:
        tx.put_token(token)
    reopen(desk, editor.id, admin)
    assert person_of_token(desk, secret) is None
