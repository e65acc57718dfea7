"""Staff who asked are written to when a source stops or works again: in digests, once, and nobody else."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from desk.context import Desk
from desk.notifying.mails import deliver
from desk.sources.alerts import set_alerts, tell_of_sources
from desk.sources.registry import NewSource, add_source, get_source, pause_source, remove_source
from news.errors import NotAllowed
from news.sources import Source
from news.users import Role
from tests.mailbox import Mailbox


@pytest.fixture
def watching(mailing, editor):
    return set_alerts(mailing, editor, True)


def made(desk: Desk, name: str) -> Source:
    source = add_source(
        desk, NewSource(f"https://{name.lower().replace(' ', '-')}.example/feed", "feed", name=name), "cli"
    )
    return looked(desk, source)


def looked(desk: Desk, source: Source, **said: object) -> Source:
    """The source after a look: a good one, unless told otherwise."""
    now = desk.now()
    good = {"checked": now, "succeeded": now, "said": now, "rhythm": 86_400, "failures": 0, "error_key": None}
    check = replace(source.check, **(good | said))
    with desk.storage.transaction() as tx:
        tx.put_check(source.id, check)
    return replace(source, check=check)


def broken(desk: Desk, source: Source, key: str = "source.fetch.unreachable", failures: int = 3) -> Source:
    return looked(desk, source, error_key=key, error_args={"host": "p.example"}, failures=failures)


def told(desk: Desk, clock, box: Mailbox) -> str | None:
    """What is written an hour later, or None."""
    before = len(box.mails)
    clock.forward(hours=1)
    tell_of_sources(desk)
    deliver(desk)
    assert len(box.mails) - before in (0, 1)
    return box.text() if len(box.mails) > before else None


def test_a_source_that_fails_is_told_once_and_once_when_it_is_well_again(mailing, watching, box, clock):
    source = made(mailing, "Partenaire")
    assert told(mailing, clock, box) is None
    broken(mailing, source)
    said = told(mailing, clock, box)
    assert "Partenaire (En échec)" in said and "p.example ne répond pas" in said
    assert "https://news.example.org/staff/sources" in said
    assert box.mails[-1]["Subject"] == "École exemple\u00a0: 1 source à regarder"
    broken(mailing, source, failures=9)
    assert told(mailing, clock, box) is None
    looked(mailing, source)
    assert "De nouveau en ordre" in told(mailing, clock, box)
    assert told(mailing, clock, box) is None


def test_a_source_that_stumbles_is_nobodys_business(mailing, watching, box, clock):
    source = made(mailing, "Partenaire")
    broken(mailing, source, failures=2)
    assert told(mailing, clock, box) is None


def test_many_sources_are_one_mail_an_hour(mailing, watching, box, clock):
    sources = [made(mailing, f"Source {number:02}") for number in range(24)]
    broken(mailing, sources[0])
    assert told(mailing, clock, box)
    for source in sources[1:]:
        broken(mailing, source, "source.page_changed")
    clock.forward(minutes=30)
    assert tell_of_sources(mailing) == 0, "an hour lies between two digests"
    clock.forward(minutes=30)
    assert tell_of_sources(mailing) == 23
    deliver(mailing)
    assert len(box.mails) == 2
    assert "Source 20 (Forme changée)" in box.text() and "et 3 autres" in box.text()
    assert box.mails[-1]["Subject"].endswith("23 sources à regarder")


def test_a_quiet_source_and_one_that_is_gone_are_told(mailing, watching, box, clock):
    quiet, gone = made(mailing, "Muette"), made(mailing, "Partie")
    looked(mailing, quiet, said=mailing.now() - timedelta(days=40))
    pause_source(mailing, gone.id, "cli")
    broken(mailing, gone, "source.gone", 1)
    said = told(mailing, clock, box)
    assert "Muette (Silencieuse)" in said and "Partie (Disparue)" in said
    assert said.index("Partie") < said.index("Muette"), "what needs a person most comes first"


def test_everybody_reads_it_in_their_language_and_only_those_who_asked(mailing, watching, admin, box, clock):
    source = made(mailing, "Partenaire")
    with mailing.storage.transaction() as tx:
        tx.put_user(replace(admin, alerts=True, language="en"))
    broken(mailing, source)
    clock.forward(hours=1)
    tell_of_sources(mailing)
    deliver(mailing)
    assert {mail["To"]: mail["Subject"].split(": ")[-1].split("\u00a0: ")[-1] for mail in box.mails} == {
        "editor@example.org": "1 source à regarder", "admin@example.org": "1 source needs a look",
    }  # fmt: skip


def test_who_asks_later_is_told_of_what_happens_from_then_on(mailing, editor, box, clock):
    old = made(mailing, "Vieille")
    broken(mailing, old)
    assert told(mailing, clock, box) is None
    set_alerts(mailing, editor, True)
    assert told(mailing, clock, box) is None
    looked(mailing, old)
    assert "Vieille" in told(mailing, clock, box)


@pytest.mark.parametrize("change", [{"role": Role.AUTHOR}, {"disabled": "now"}])
def test_who_may_not_manage_sources_any_more_is_not_told(mailing, watching, box, clock, change):
    source = made(mailing, "Partenaire")
    with mailing.storage.transaction() as tx:
        tx.put_user(replace(watching, **{k: mailing.now() if v == "now" else v for k, v in change.items()}))
    broken(mailing, source)
    assert told(mailing, clock, box) is None


def test_an_author_cannot_ask(mailing, author):
    with pytest.raises(NotAllowed):
        set_alerts(mailing, author, True)


def test_a_removed_source_is_told_of_no_more(mailing, watching, box, clock):
    source = made(mailing, "Partenaire")
    broken(mailing, source)
    assert told(mailing, clock, box)
    remove_source(mailing, source.id, "keep", "cli")
    assert told(mailing, clock, box) is None


def test_a_paused_source_says_nothing_and_is_not_told_twice_when_it_goes_on_failing(mailing, watching, box, clock):
    source = made(mailing, "Partenaire")
    broken(mailing, source)
    assert told(mailing, clock, box)
    with mailing.storage.transaction() as tx:
        tx.put_source(replace(source, paused=True), mailing.now())
    assert told(mailing, clock, box) is None
    with mailing.storage.transaction() as tx:
        tx.put_source(replace(source, paused=False), mailing.now())
    broken(mailing, get_source(mailing, source.id), failures=5)
    assert told(mailing, clock, box) is None


def test_a_name_cannot_make_lines_of_its_own_in_the_mail(mailing, watching, box, clock):
    source = made(mailing, "Partenaire")
    with mailing.storage.transaction() as tx:
        tx.put_source(replace(source, name="Bonjour\nCliquez\x00 ici " + "x" * 500 + "{newsroom}"), mailing.now())
    broken(mailing, source)
    said = told(mailing, clock, box)
    (line,) = [line for line in said.splitlines() if "Bonjour Cliquez ici" in line]
    assert len(line) < 250


def test_the_digest_and_what_was_told_are_one_change(mailing, watching, box, clock, monkeypatch):
    source = made(mailing, "Partenaire")
    broken(mailing, source)
    monkeypatch.setattr("desk.sources.alerts.send", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        tell_of_sources(mailing)
    monkeypatch.undo()
    assert told(mailing, clock, box)


def test_after_the_clock_jumped_back_the_next_digest_is_not_waited_for(mailing, watching, box, clock):
    source = made(mailing, "Partenaire")
    broken(mailing, source)
    assert told(mailing, clock, box)
    clock.forward(days=-3)
    looked(mailing, source)
    assert "De nouveau" in told(mailing, clock, box)
    with mailing.storage.read() as reader:
        assert reader.told_of_sources() == {}
