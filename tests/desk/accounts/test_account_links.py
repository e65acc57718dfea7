"""One-time links: for those who have no password, or forgot it."""

from dataclasses import replace

import pytest

from desk.accounts.one_time_links import ASKED, answer_asked, ask, holder, link_for, use
from desk.accounts.sessions import begin, who
from desk.accounts.sign_in import sign_in
from desk.accounts.users import add_user, disable_user, get_user, invite_user, set_password
from desk.context import Desk
from desk.items.posting import history_of
from desk.notifying.mails import MAIL, deliver
from desk.notifying.outbox import WHENEVER
from news.accounts import Purpose
from news.errors import InvalidInput, NotAllowed, NotFound, TooMany
from tests.patience import processor_seconds

WORD, HERE = "un mot de passe", "192.0.2.1"


@pytest.fixture
def ada(desk: Desk):
    return add_user(desk, "ada@example.org", "editor", WORD, "cli")


def secret_of(address: str | None) -> str:
    assert address
    return address.rpartition("/")[2]


def waiting(desk: Desk, topic: str) -> int:
    with desk.storage.read() as reader:
        return len(reader.outbox(WHENEVER, topics=(topic,)))


def test_an_invited_person_chooses_a_password_and_signs_in(desk):
    invite_user(desk, "bob@example.org", "author", "cli")
    address = link_for(desk, "bob@example.org", "cli")
    assert address and address.startswith("https://news.example.org/staff/link/")
    bob, purpose = holder(desk, secret_of(address))
    assert (bob.email, purpose) == ("bob@example.org", Purpose.INVITE)
    use(desk, secret_of(address), WORD)
    assert sign_in(desk, "bob@example.org", WORD, HERE).id == bob.id
    assert [change.action for change in history_of(desk, "user", bob.id)] == ["accepted", "invited", "added"]


@pytest.mark.parametrize("password", ["", "nobody has this password"])
def test_nobody_signs_in_to_an_account_without_a_password(desk, password):
    invite_user(desk, "bob@example.org", "author", "cli")
    with pytest.raises(NotAllowed):
        sign_in(desk, "bob@example.org", password, HERE)


def test_a_link_works_once(desk, ada):
    secret = secret_of(link_for(desk, ada.email, "cli"))
    use(desk, secret, "un autre mot de passe")
    with pytest.raises(NotFound):
        use(desk, secret, "encore un autre mot")
    assert sign_in(desk, ada.email, "un autre mot de passe", HERE)


def test_a_link_ends_the_sessions_there_were(desk, ada):
    session = begin(desk, ada, agent="", address=HERE)
    use(desk, secret_of(link_for(desk, ada.email, "cli")), "un autre mot de passe")
    assert who(desk, session) is None


def test_a_short_password_leaves_the_link_as_it_is(desk, ada):
    secret = secret_of(link_for(desk, ada.email, "cli"))
    with pytest.raises(InvalidInput):
        use(desk, secret, "court")
    use(desk, secret, "un autre mot de passe")


def test_a_link_ends_after_its_time(desk, ada, clock):
    secret = secret_of(link_for(desk, ada.email, "cli"))
    clock.forward(hours=2)
    with pytest.raises(NotFound):
        holder(desk, secret)


@pytest.mark.parametrize("ending", [
    lambda desk, email: set_password(desk, email, "un autre mot de passe", "cli"),
    lambda desk, email: disable_user(desk, email, "cli"),
    lambda desk, email: link_for(desk, email, "cli"),
], ids=["new password", "closed", "newer link"])  # fmt: skip
def test_a_link_ends_with_what_it_was_for(desk, ada, ending):
    secret = secret_of(link_for(desk, ada.email, "cli"))
    ending(desk, ada.email)
    with pytest.raises(NotFound):
        use(desk, secret, "encore un autre mot")


@pytest.mark.parametrize("secret", ["", "x", "'; DROP TABLE user", "\udcff", "a" * 10_000])
def test_a_link_that_never_was_is_one_that_ended(desk, secret):
    with pytest.raises(NotFound):
        holder(desk, secret)


def test_what_is_kept_of_a_link_opens_nothing(desk, ada):
    secret = secret_of(link_for(desk, ada.email, "cli"))
    assert secret.encode() not in desk.settings.database.read_bytes()


def test_only_admins_make_links(desk, ada, editor, admin):
    with pytest.raises(NotAllowed):
        link_for(desk, ada.email, editor)
    assert link_for(desk, ada.email, admin)


def test_with_a_mail_server_the_link_is_mailed_and_told_to_nobody_else(mailing, ada, box):
    assert link_for(mailing, ada.email, "cli") is None
    assert deliver(mailing) == 1
    assert box.mails[0]["To"] == ada.email
    assert holder(mailing, secret_of(box.link())) == (get_user(mailing, ada.id), Purpose.RESET)
    assert "deux heures" in box.text()


def test_the_shell_may_have_the_link_all_the_same(mailing, ada):
    assert link_for(mailing, ada.email, "cli", mailed=False)
    assert waiting(mailing, MAIL) == 0


def test_who_asks_is_mailed_a_link_by_the_worker(mailing, ada, box):
    ask(mailing, " Ada@example.org", HERE)
    assert waiting(mailing, MAIL) == 0
    assert answer_asked(mailing) == 1
    deliver(mailing)
    use(mailing, secret_of(box.link()), "un autre mot de passe")


@pytest.mark.parametrize("email", ["nobody@example.org", "gone@example.org", "", "\udcff", "x" * 5000])
def test_asking_for_nobody_mails_nobody(mailing, box, email):
    add_user(mailing, "gone@example.org", "author", WORD, "cli")
    disable_user(mailing, "gone@example.org", "cli")
    ask(mailing, email, HERE)
    assert (waiting(mailing, ASKED), answer_asked(mailing), waiting(mailing, MAIL)) == (1, 1, 0)


def test_asking_for_somebody_and_for_nobody_does_the_same_work(mailing, ada):
    def took(email: str) -> float:
        return processor_seconds(lambda: [ask(mailing, email, f"198.51.100.{number}") for number in range(3)])

    took("warm@example.org")
    ours, nobodys = took(ada.email), took("nobody@example.org")
    assert max(ours, nobodys) < 10 * min(ours, nobodys) + 0.05
    assert waiting(mailing, ASKED) == 9


def test_one_person_is_not_flooded_with_mails_and_the_answer_stays_the_same(mailing, ada, clock):
    for number in range(5):
        ask(mailing, ada.email, f"198.51.100.{number}")
    assert waiting(mailing, ASKED) == 3
    clock.forward(minutes=16)
    ask(mailing, ada.email, HERE)
    assert waiting(mailing, ASKED) == 4


def test_one_address_does_not_ask_for_everybody(mailing):
    for number in range(15):
        ask(mailing, f"n{number}@example.org", HERE)
    with pytest.raises(TooMany):
        ask(mailing, "one@example.org", HERE)


def test_a_mail_whose_link_has_ended_is_not_sent(mailing, ada, box, clock):
    link_for(mailing, ada.email, "cli")
    clock.forward(hours=2)
    assert (deliver(mailing), box.mails, waiting(mailing, MAIL)) == (0, [], 0)


def test_a_link_made_before_the_account_changed_hands_opens_nothing(desk: Desk, ada):
    secret = secret_of(link_for(desk, ada.email, "cli"))
    with desk.storage.transaction() as tx:
        tx.put_user(replace(ada, session_epoch=ada.session_epoch + 1))
    with pytest.raises(NotFound):
        holder(desk, secret)
