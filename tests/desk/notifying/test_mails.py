"""Mails leave through the outbox: tried again, given up, dropped when they are of no use any more."""

import logging
from datetime import timedelta

import pytest

from desk.context import Desk
from desk.notifying.mails import AT_ONCE, MAIL, deliver, send, sender_of
from desk.notifying.outbox import WHENEVER
from net.mail_server import SmtpServer


def write(desk: Desk, to: str = "ada@school.example", language: str = "fr", **said) -> None:
    with desk.storage.transaction() as tx:
        send(tx, to, "test", {}, language, **said)


def waiting(desk: Desk) -> list[int]:
    with desk.storage.read() as reader:
        return [row.attempts for row in reader.outbox(WHENEVER, topics=(MAIL,))]


def test_a_mail_is_sent_in_the_persons_language_and_forgotten(mailing, box):
    write(mailing)
    write(mailing, language="en")
    assert deliver(mailing) == 2
    assert [mail["Subject"] for mail in box.mails] == ["Un essai de École exemple", "A test from École exemple"]
    assert box.mails[0]["From"] == "depeche@news.example.org"
    assert waiting(mailing) == [] and deliver(mailing) == 0


def test_nothing_is_written_when_the_change_is_not(mailing, box):
    with pytest.raises(ZeroDivisionError), mailing.storage.transaction() as tx:
        send(tx, "ada@school.example", "test", {}, "fr")
        raise ZeroDivisionError
    assert deliver(mailing) == 0


def test_while_the_server_fails_mails_wait_longer_each_time(mailing, box, clock):
    away = mailing.with_settings(smtp=SmtpServer("smtp", "127.0.0.1", 1))
    write(mailing)
    assert (deliver(away), waiting(mailing)) == (0, [1])
    assert (deliver(mailing), waiting(mailing)) == (0, [1])
    clock.forward(minutes=1)
    assert (deliver(away), waiting(mailing)) == (0, [2])
    clock.forward(minutes=1)
    assert deliver(mailing) == 0
    clock.forward(minutes=1)
    assert (deliver(mailing), len(box.mails)) == (1, 1)


def test_after_twelve_tries_a_mail_is_given_up(mailing, clock, caplog):
    away = mailing.with_settings(smtp=SmtpServer("smtp", "127.0.0.1", 1))
    write(mailing)
    for _ in range(12):
        deliver(away)
        clock.forward(hours=6)
    assert waiting(mailing) == []
    assert "given up" in caplog.text


def test_what_the_server_refuses_for_good_is_dropped_and_the_rest_goes(mailing, box):
    box.answer = "550 nobody of that name"
    write(mailing)
    deliver(mailing)
    assert waiting(mailing) == []
    box.answer = "451 later"
    write(mailing)
    deliver(mailing)
    assert waiting(mailing) == [1]


def test_a_mail_that_is_of_no_use_any_more_is_dropped(mailing, box, clock):
    write(mailing, until=mailing.now() + timedelta(hours=1))
    clock.forward(hours=1)
    assert (deliver(mailing), waiting(mailing), box.mails) == (0, [], [])


def test_without_a_server_nothing_waits(desk):
    write(desk)
    assert (deliver(desk), waiting(desk)) == (0, [])


def test_a_mail_another_worker_is_sending_is_not_sent_twice(mailing, box, clock):
    from desk.notifying.mails import _claim

    write(mailing)
    with mailing.storage.read() as reader:
        (row,) = reader.outbox(WHENEVER, topics=(MAIL,))
    assert _claim(mailing, row) and not _claim(mailing, row)
    assert deliver(mailing) == 0
    clock.forward(minutes=5)
    assert deliver(mailing) == 1, "one that was being sent when the worker was killed goes out later"


def test_a_mail_put_off_by_a_clock_that_was_wrong_waits_for_it_no_longer(mailing, box, clock):
    write(mailing)
    with mailing.storage.transaction() as tx:
        (row,) = tx.outbox(WHENEVER, topics=(MAIL,))
        assert row.due == AT_ONCE
        tx.put_outbox(type(row)(row.id, row.topic, row.payload, mailing.now() + timedelta(days=40), 1))
    assert deliver(mailing) == 1


def test_the_log_says_nothing_of_whom_or_what(mailing, box, caplog):
    caplog.set_level(logging.DEBUG, "depeche")
    box.answer = "550 nobody"
    write(mailing, "ada.secret@school.example")
    deliver(mailing)
    assert "ada.secret" not in "".join(line.getMessage() for line in caplog.records if line.name == "depeche.mail")


def test_mails_are_from_the_setting_or_the_newsrooms_own_host(desk):
    assert sender_of(desk.settings) == "depeche@news.example.org"
    assert sender_of(desk.with_settings(mail_from="n@x.example").settings) == "n@x.example"
