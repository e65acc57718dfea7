import socket
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desk.categories.registry import add_category
from desk.context import Desk, open_desk
from desk.items.posting import post_item
from desk.operating.maintenance import worker_alive
from desk.operating.scheduler import Worker
from desk.publishing.browse import listing
from desk.settings import Settings
from desk.sources.registry import NewSource, add_source
from net.allowed_networks import parse_allowed
from news.drafts import Draft
from tests.patience import PATIENCE, until


class Shifted:
    """The machine's clock, and a shift that a test may change."""

    def __init__(self) -> None:
        self.by = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.by


@pytest.fixture
def shifted() -> Shifted:
    return Shifted()


@pytest.fixture
def newsroom(tmp_path: Path, shifted: Shifted) -> Iterator[Desk]:
    settings = Settings(
        database=tmp_path / "depeche.db", tick_seconds=0.1, allowed_networks=parse_allowed("127.0.0.0/8")
    )
    desk = open_desk(settings, clock=shifted, create=True)
    yield desk
    desk.storage.close()


@pytest.fixture
def start(newsroom: Desk) -> Iterator[Callable[..., Worker]]:
    """Start a worker in a thread; at the end it must stop cleanly."""
    running: list[tuple[threading.Event, threading.Thread]] = []

    def started(desk: Desk = newsroom) -> Worker:
        stop = threading.Event()
        worker = Worker(desk, stop)
        thread = threading.Thread(target=worker.run)
        thread.start()
        running.append((stop, thread))
        until(lambda: worker_alive(newsroom))
        return worker

    yield started
    for stop, thread in running:
        stop.set()
        thread.join(PATIENCE)
        assert not thread.is_alive(), "a worker that is told to stop stops"


def titles(desk: Desk) -> list[str]:
    return [view.item.title for view in listing(desk).items]


def scheduled(desk: Desk, title: str, **ahead: float) -> None:
    moment = (desk.now() + timedelta(**ahead)).isoformat()
    post_item(desk, Draft(title, date=moment, status="published"), "cli")


def test_the_worker_publishes_what_is_due_and_not_a_second_earlier(newsroom: Desk, shifted: Shifted, start):
    scheduled(newsroom, "Dans deux secondes", hours=1)
    with newsroom.storage.read() as reader:
        moment = reader.next_due()
    start()
    shifted.by = moment - datetime.now(UTC) - timedelta(seconds=2)
    while newsroom.clock() < moment:
        seen, after = titles(newsroom), newsroom.clock()
        assert seen == [] or after >= moment
        time.sleep(0.01)
    until(lambda: titles(newsroom) == ["Dans deux secondes"])


def test_an_item_is_published_on_its_second_however_long_the_tick_is(newsroom: Desk, start):
    slow = newsroom.with_settings(tick_seconds=4 * PATIENCE)
    scheduled(newsroom, "Bientôt", seconds=2)
    start(slow)
    until(lambda: titles(newsroom) == ["Bientôt"])


def test_what_fell_due_while_nobody_worked_is_published_at_the_start(newsroom: Desk, shifted: Shifted, start):
    scheduled(newsroom, "Hier", hours=1)
    shifted.by = timedelta(days=1)
    start()
    until(lambda: titles(newsroom) == ["Hier"])


def test_due_sources_are_collected(newsroom: Desk, site, start):
    add_category(newsroom, "Masters", actor="cli")
    url = site.put("/feed", site.rss(site.entry("Du partenaire")))
    add_source(newsroom, NewSource(url, "feed", trust="publish", categories=("masters",)), "cli")
    start()
    until(lambda: titles(newsroom) == ["Du partenaire"])


def test_a_hub_that_does_not_answer_keeps_nothing_from_being_published(newsroom: Desk, start):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hub = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        post_item(newsroom, Draft("Déjà là", status="published"), "cli")
        start(newsroom.with_settings(websub_hub=hub))
        silent.settimeout(PATIENCE)
        asked, _ = silent.accept()
        with asked:
            scheduled(newsroom, "Entre-temps", seconds=1)
            until(lambda: "Entre-temps" in titles(newsroom))
            assert worker_alive(newsroom)


def test_the_newsrooms_clock_may_go_back_a_day(newsroom: Desk, shifted: Shifted, site, start):
    add_category(newsroom, "Masters", actor="cli")
    url = site.put("/feed", site.rss(site.entry("Du partenaire")))
    add_source(newsroom, NewSource(url, "feed", trust="publish", categories=("masters",)), "cli")
    start()
    until(lambda: titles(newsroom) == ["Du partenaire"])
    shifted.by = timedelta(days=-1)
    before = len(site.requests)
    until(lambda: worker_alive(newsroom) and len(site.requests) > before)
    scheduled(newsroom, "Après le saut", seconds=1)
    until(lambda: "Après le saut" in titles(newsroom))


def test_a_job_that_the_machines_clock_put_a_day_ahead_is_woken(newsroom: Desk, shifted: Shifted, start):
    """What APScheduler believes after the clock went back: its next run lies a day ahead."""
    worker = start()
    for name in ("publish", "collect", "tell"):
        worker._scheduler.modify_job(name, next_run_time=datetime.now(UTC) + timedelta(days=1))
    scheduled(newsroom, "Quand même", seconds=0)
    shifted.by = timedelta(seconds=2)
    scheduled(newsroom, "Et plus tard", seconds=1)
    until(lambda: sorted(titles(newsroom)) == ["Et plus tard", "Quand même"])


def test_a_job_that_fails_does_not_end_the_worker(newsroom: Desk, start):
    with closing(sqlite3.connect(newsroom.settings.database, timeout=PATIENCE)) as db:
        db.execute("CREATE TRIGGER refuse BEFORE UPDATE ON item BEGIN SELECT raise(ABORT, 'refused'); END")
        scheduled(newsroom, "Ensuite", seconds=0)
        scheduled(newsroom, "Enfin", seconds=1)
        with newsroom.storage.read() as reader:
            due = reader.next_due()
        start()
        until(lambda: newsroom.clock() > due + timedelta(seconds=0.5))
        assert "Enfin" not in titles(newsroom)
        db.execute("DROP TRIGGER refuse")
    until(lambda: sorted(titles(newsroom)) == ["Enfin", "Ensuite"])
