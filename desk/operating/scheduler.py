"""The worker: APScheduler's ticks. Every tick decides from what is stored, never from what a timer remembers.

Six jobs: *publish* (what is scheduled, at its second, then the beat), *collect* (sources that are due), *tell* (the
outbox, apart so that a slow hub holds nothing up), *mail* (what people are written), *pictures* (copies to be made, and
those nobody has; also counts that are too old), *webhooks* (programs elsewhere), and a one-off *on time* at the next
scheduled item's moment.
APScheduler counts in the machine's wall clock, which may jump; the main thread therefore beats on the monotonic clock
and wakes jobs that should have run.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime

from apscheduler.schedulers.background import BackgroundScheduler

from desk.accounts.one_time_links import answer_asked
from desk.categories.ending import close_due
from desk.collecting.collect import Collecting
from desk.context import Desk
from desk.items.publishing_due import next_due, publish_due, withdraw_due
from desk.notifying.mails import deliver
from desk.notifying.outbox import tell
from desk.notifying.pings import ping
from desk.notifying.webhook_delivery import deliver as deliver_webhooks
from desk.notifying.webhook_delivery import spread
from desk.operating.maintenance import beat
from desk.operating.retention import forget
from desk.partners.counting import sweep_counts
from desk.pictures.fetching import fetch_pictures
from desk.pictures.uploads import sweep
from desk.sources.alerts import tell_of_sources
from news.errors import DepecheError

_LOG = logging.getLogger("depeche.worker")
_ON_TIME = "on time"
_EVERY_TICK = ("publish", "collect", "tell", "mail", "pictures", "webhooks")


class Worker:
    """The jobs of one worker process over ``desk``, until ``stop`` is set."""

    def __init__(self, desk: Desk, stop: threading.Event) -> None:
        self._desk = desk
        self._stop = stop
        self._collecting = Collecting(desk, stop)
        self._scheduler = BackgroundScheduler(
            timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        )

    def run(self) -> None:
        """Tick until told to stop; running jobs are let finish."""
        tick = self._desk.settings.tick_seconds
        jobs = (self.publish, self.collect, self.tell, self.mail, self.pictures, self.webhooks)
        for name, job in zip(_EVERY_TICK, jobs, strict=True):
            self._scheduler.add_job(
                self._safely, "interval", args=[name, job], id=name, seconds=tick, next_run_time=datetime.now(UTC)
            )
        self._scheduler.start()
        while not self._stop.wait(min(tick, 5)):
            self._wake_after_clock_jump(tick)
        self._scheduler.shutdown(wait=True)
        self._collecting.close()

    def publish(self) -> None:
        """Publish what is due, close what is retired, and be ready for the next moment."""
        published = publish_due(self._desk)
        if published:
            _LOG.info("%d scheduled item(s) published", published)
        if gone := withdraw_due(self._desk):
            _LOG.info("%d item(s) withdrawn, their time being over", gone)
        if closed := close_due(self._desk):
            _LOG.info("closed after their time of grace: %d categories", closed)
        beat(self._desk)
        due = next_due(self._desk)
        if due and (due - self._desk.now()).total_seconds() <= 2 * self._desk.settings.tick_seconds:
            self._scheduler.add_job(
                self._safely, "date", args=["publish", self.publish], id=_ON_TIME, run_date=due, replace_existing=True
            )

    def collect(self) -> None:
        """Look at the sources that are due."""
        for _ in self._collecting.run():
            pass

    def tell(self) -> None:
        """Tell the hub what is due, and only then note what happened since: so what is told has settled."""
        ping(self._desk, stop=self._stop)
        tell(self._desk)

    def mail(self) -> None:
        """Answer those who asked for a link, write of sources that changed, send the mails that are due, and forget
        what was kept long enough."""
        answer_asked(self._desk)
        tell_of_sources(self._desk)
        deliver(self._desk, stop=self._stop)
        forget(self._desk)

    def pictures(self) -> None:
        """Keep copies of the pictures that items show, none that nobody shows, and no counts that are too old."""
        if kept := fetch_pictures(self._desk, stop=self._stop):
            _LOG.info("%d picture(s) kept", kept)
        sweep(self._desk)
        sweep_counts(self._desk)

    def webhooks(self) -> None:
        """Tell webhooks what happened."""
        spread(self._desk)
        deliver_webhooks(self._desk, stop=self._stop)

    def _safely(self, name: str, job: Callable[[], None]) -> None:
        """What a job cannot do now it will do at the next tick; the reason is logged, not swallowed."""
        try:
            job()
        except DepecheError as error:
            _LOG.error("%s: %s", name, error)

    def _wake_after_clock_jump(self, tick: float) -> None:
        for name in _EVERY_TICK:
            job = self._scheduler.get_job(name)
            ahead = (job.next_run_time - datetime.now(UTC)).total_seconds() if job and job.next_run_time else 0.0
            if ahead > 2 * tick:
                _LOG.warning("the clock went back: %s runs now instead of in %d s", name, ahead)
                self._scheduler.modify_job(name, next_run_time=datetime.now(UTC))


def run_worker(desk: Desk, stop: threading.Event) -> None:
    """Collect, publish on time and tell the outside until ``stop`` is set."""
    Worker(desk, stop).run()
