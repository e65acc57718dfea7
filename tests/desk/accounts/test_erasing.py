"""Nothing personal is left of who is erased: read from the whole database, and from its very columns."""

import re

from desk.accounts.identities import admit_known
from desk.accounts.one_time_links import ask, link_for
from desk.accounts.sessions import begin
from desk.accounts.sign_in import subjects_of
from desk.accounts.status import erase
from desk.accounts.tokens import add_token
from desk.context import Desk
from desk.items.autosave import keep
from desk.items.posting import post_item
from desk.notifying.mails import send
from desk.pictures.uploads import upload
from desk.stories.joins import join
from news.accounts import Factor
from news.drafts import Draft
from news.users import User
from storage.records import KeptAnswer

HERE = "192.0.2.77"
MARK = "Zinfandel"
# What may hold something of a person, and why it is no trace of an erased one. ``gone``: the rows go, or the value
# does; ``number``: an account's id, which stands for *former member no. 1* then; ``public``: it was published, and is
# the item's; ``not ours``: of somebody who has no account here, or of no person.
HANDLED = {
    "gone": {
        "user.email", "user.password_hash", "sign_in_failure.subject", "outbox.payload", "account_link.digest",
        "account_session.digest", "account_session.agent", "account_token.name", "second_factor.secret",
        "recovery_code.digest", "access_log.address", "kept_form.fields", "kept_form.about", "kept_answer.name",
        "kept_answer.body", "kept_answer.headers", "account_identity.subject", "account_identity.issuer",
        "account_link.user_id", "account_session.user_id", "second_factor.user_id", "recovery_code.user_id",
        "access_log.user_id", "kept_form.user_id", "kept_answer.user_id", "account_identity.user_id",
    },
    "number": {
        "history.actor", "item.owner_id", "picture.owner_id", "account_token.user_id", "posted_form.token",
        "account_token.digest",
    },
    "public": {"item.author", "item_fts.author"},
    "not ours": {
        "category.name_fr", "category.name_en", "source.name", "source.url", "former_address.address", "mark.name",
        "picture_file.name", "webhook.url", "webhook.secret", "webhook_delivery.body", "partner.name",
        "partner.contact", "aggregator.name", "_sqlite_migrations.name", "item.image_url", "item.body_text",
        "item_fts.body_text", "category.aliases", "picture_file.body", "source.body_hash",
    },
}  # fmt: skip
PERSONAL = re.compile(
    r"mail|address|name|person|people|user|author|owner|actor|agent|contact|phone|secret|subject|token|digest|hash"
    r"|fields|payload|body|about|issuer|headers|(^|_)(ip|who|by|url)($|_)|alias"
)


def columns(desk: Desk) -> set[str]:
    """Every column of the store, ``table.column``; the parts of the search index aside."""
    with desk.storage.read() as reader:
        tables = [row["name"] for row in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {
            f"{table}.{row['name']}"
            for table in tables
            if not table.startswith("item_fts_")
            for row in reader.rows(f"SELECT name FROM pragma_table_info('{table}')")
        }


def everything(desk: Desk) -> dict[str, str]:
    """All that is stored, by table, as text."""
    with desk.storage.read() as reader:
        tables = [row["name"] for row in reader.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: repr(reader.rows(f"SELECT * FROM {table}")) for table in tables}


def leave_traces(desk: Desk, user: User, admin: User, picture: bytes) -> None:
    """``user`` does all that an account can."""
    begin(desk, user, agent=MARK, address=HERE)
    add_token(desk, user.email, name=MARK, role="author", days=9, actor=user)
    link_for(desk, user.email, admin)
    ask(desk, user.email, HERE)
    admit_known(desk, "https://idp.example", MARK, lambda: user.email, HERE)
    mine, other = (post_item(desk, Draft(title, status="published"), user) for title in ("Une", "Autre"))
    join(desk, mine.id, other.id, user)
    upload(desk, picture, user)
    keep(desk, user, mine.id, {"title": MARK}, 1)
    with desk.storage.transaction() as tx:
        tx.put_factor(Factor(user.id, MARK))
        tx.put_recovery_codes(user.id, [MARK])
        send(tx, user.email, "reset", {"email": user.email}, "fr")
        for subject in subjects_of(user.email, HERE):
            tx.add_failure(subject, desk.now())
        for whose in (user.id, admin.id):
            tx.put_answer(KeptAnswer(whose, "k", "h", 200, {}, f'{{"email":"{user.email}"}}', desk.now()))
        tx.put_answer(KeptAnswer(user.id, MARK, "h", 200, {}, "{}", desk.now()))


def test_no_table_holds_anything_of_who_was_erased(desk: Desk, editor: User, admin: User, draw):
    leave_traces(desk, editor, admin, draw())
    before = everything(desk)
    assert sum(editor.email in text or MARK in text for text in before.values()) >= 8
    erase(desk, editor.id, admin)
    left = {table for table, text in everything(desk).items() if any(one in text for one in (editor.email, MARK))}
    assert left == set()
    own = {table for table, text in everything(desk).items() if HERE in text}
    assert own <= {"sign_in_failure"}


def test_others_lose_nothing_by_it(desk: Desk, editor: User, author: User, admin: User, draw):
    leave_traces(desk, author, admin, draw())
    before = everything(desk)
    erase(desk, editor.id, admin)
    after = everything(desk)
    changed = {table for table in before if before[table] != after[table]}
    assert changed <= {"user", "history", "sqlite_sequence"}


def test_every_column_that_may_hold_something_personal_is_spoken_for(desk: Desk):
    suspicious = {each for each in columns(desk) if PERSONAL.search(each.partition(".")[2])}
    known = set().union(*HANDLED.values())
    assert suspicious - known == set(), "say in HANDLED what erasing an account does to it, and do it"
    assert known - columns(desk) == set()
