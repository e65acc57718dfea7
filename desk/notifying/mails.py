"""Mails: written into the outbox with what they are about, sent by the worker afterwards. No request waits for a mail
server, and no crash loses a mail.

A mail is the messages ``mail.<key>.subject`` and ``mail.<key>.body`` in the person's language. One that cannot be sent
is tried again later, as ``news.push.next_try`` says, twelve times at most; one the server refuses for good is dropped,
and one that is of no use after its ``until`` too. Without ``DEPECHE_SMTP_URL`` nothing is sent, and nothing waits.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from urllib.parse import urlsplit
from uuid import uuid4

from desk.context import Desk, system_clock
from desk.notifying.outbox import WHENEVER
from desk.settings import Settings
from net.mail import Mail, Mailer
from news.errors import InvalidInput, MailFailed
from news.push import GIVE_UP_AFTER, LONGEST_REST, next_try
from news.users import checked_email
from storage.contract import Transaction
from storage.records import OutboxRow
from translations import translator

MAIL = "mail"
AT_ONCE = datetime(1970, 1, 1, tzinfo=UTC)
MOST = 200
CLAIMED_FOR = timedelta(minutes=5)
_LOG = logging.getLogger("depeche.mail")


def send(
    tx: Transaction,
    to: str,
    key: str,
    args: Mapping[str, object],
    language: str,
    *,
    until: datetime | None = None,
) -> None:
    """Put the mail ``key`` to the address ``to`` into the outbox of ``tx``. ``args``: its placeholders, JSON values;
    ``newsroom`` is the newsroom's title always. ``until``: when it stops being of use."""
    said = {"id": uuid4().hex, "to": to, "key": key, "args": dict(args), "lang": language}
    tx.enqueue(MAIL, said | {"until": until.isoformat() if until else None}, AT_ONCE)


def deliver(desk: Desk, *, stop: threading.Event | None = None) -> int:
    """Send the mails that are due; how many were dealt with. ``stop``: once set, the rest stays due."""
    server, now = desk.settings.smtp, desk.now()
    with desk.storage.read() as reader:
        waiting = reader.outbox(WHENEVER, limit=MOST, topics=(MAIL,))
    due = [row for row in waiting if not _is_ahead(row.due, now)]
    fresh = [row for row in due if not _is_stale(row, now)]
    _drop(desk, [row for row in due if server is None or row not in fresh])
    if server is None or not fresh:
        return 0
    sent = 0
    try:
        with Mailer(server) as mailer:
            for row in fresh:
                if stop and stop.is_set():
                    break
                sent += _send_one(desk, mailer, row)
    except MailFailed as failure:
        _LOG.warning("%s", failure)
        _put_off(desk, fresh[sent:], failure)
    return sent


def send_test(settings: Settings, to: str, language: str, now: datetime | None = None) -> None:
    """Send a mail that says that mails arrive, at once. Raises InvalidInput without a server, or for a bad address;
    MailFailed."""
    if settings.smtp is None:
        raise InvalidInput("mail.unset")
    row = {"id": uuid4().hex, "to": checked_email(to), "key": "test", "lang": language}
    with Mailer(settings.smtp) as mailer:
        mailer.send(_mail(settings, row, now or system_clock()))


def sender_of(settings: Settings) -> str:
    """Whom mails are from: the setting, or ``depeche@`` and the host people know the newsroom by."""
    return settings.mail_from or f"depeche@{urlsplit(settings.base_url).hostname or 'localhost'}"


def _send_one(desk: Desk, mailer: Mailer, row: OutboxRow) -> int:
    """1 when what was to be done about ``row`` is done: sent, or refused for itself. Raises MailFailed when the server
    failed: the rest would fare no better."""
    if not _claim(desk, row):
        return 1
    try:
        mailer.send(_mail(desk.settings, row.payload, desk.now()))
    except MailFailed as failure:
        if failure.key != "mail.failed.refused":
            raise
        _LOG.warning("%s: %s", row.payload["key"], failure)
        _put_off(desk, [row], failure)
        return 1
    _drop(desk, [row])
    return 1


def _claim(desk: Desk, row: OutboxRow) -> bool:
    """Whether this mail is ours to send: another worker that looks meanwhile finds it put off. Killed before the end,
    we leave it to be sent after that time."""
    with desk.storage.transaction() as tx:
        still = row in tx.outbox(WHENEVER, limit=MOST, topics=(MAIL,))
        if still:
            tx.put_outbox(replace(row, due=desk.now() + CLAIMED_FOR))
    return still


def _mail(settings: Settings, said: Mapping[str, object], now: datetime) -> Mail:
    words, given = translator(str(said["lang"])), said.get("args")
    args = {"newsroom": settings.title} | (given if isinstance(given, dict) else {})
    sender, key = sender_of(settings), said["key"]
    # The same at every try: a mail that arrived although its sender heard nothing back is known by it.
    number = f"<{said['id']}@{sender.rpartition('@')[2]}>"
    return Mail(
        sender,
        str(said["to"]),
        words(f"mail.{key}.subject", **args),
        words(f"mail.{key}.body", **args),
        format_datetime(now),
        number,
        words.language,
    )


def _is_ahead(moment: datetime, now: datetime) -> bool:
    """Whether it is still to come. Further ahead than we ever put anything off is the clock's mistake."""
    return 0 < (moment - now).total_seconds() <= LONGEST_REST.total_seconds()


def _is_stale(row: OutboxRow, now: datetime) -> bool:
    until = row.payload.get("until")
    return bool(until) and datetime.fromisoformat(str(until)) <= now


def _drop(desk: Desk, rows: Iterable[OutboxRow]) -> None:
    ids = [row.id for row in rows]
    if ids:
        with desk.storage.transaction() as tx:
            for row_id in ids:
                tx.drop_outbox(row_id)


def _put_off(desk: Desk, rows: Iterable[OutboxRow], failure: MailFailed) -> None:
    with desk.storage.transaction() as tx:
        for row in rows:
            attempts = row.attempts + 1
            if failure.message_args.get("permanent") or attempts >= GIVE_UP_AFTER:
                _LOG.error("given up after %d tries: the mail %s", attempts, row.payload["key"])
                tx.drop_outbox(row.id)
            else:
                tx.put_outbox(replace(row, due=next_try(desk.now(), attempts, None), attempts=attempts))
