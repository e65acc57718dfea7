"""Reading strangers' documents where a hang or a crash can be killed: in processes of their own, bounded in memory."""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from pebble import ProcessPool

from news.collected import Reading
from news.errors import DepecheError, NotUnderstood
from news.recognise import known_beforehand
from news.sources import Kind, Selectors
from sources.robots import may_fetch

_LOG = logging.getLogger("depeche.parsing")
_SECONDS = 15
_MEMORY = 2 * 1024**3
# Starting one costs as much as reading some two hundred documents.
_TASKS_PER_PROCESS = 2000
_MOST_PROCESSES = 4
T = TypeVar("T")


class Pending(Generic[T]):
    """Something on its way from a reading process."""

    def __init__(self, future: Future[T], name: str, failed: Callable[[BaseException, str], DepecheError]) -> None:
        self._future = future
        self._name = name
        self._failed = failed

    @property
    def done(self) -> bool:
        """Whether ``result`` will not wait."""
        return self._future.done()

    def result(self) -> T:
        """What was read, once it is. Raises NotUnderstood, InvalidInput."""
        error = CancelledError() if self._future.cancelled() else self._future.exception()
        if error is None:
            return self._future.result()
        raise self._failed(error, self._name) from (None if isinstance(error, DepecheError) else error)

    def give_up(self) -> None:
        """It is not wanted any more."""
        self._future.cancel()


def confined_processes(number: int) -> ProcessPool:
    """A pool of up to ``number`` reading processes, each bounded in memory, started when first needed."""
    return ProcessPool(
        max_workers=number, max_tasks=_TASKS_PER_PROCESS, initializer=_confine,
        context=multiprocessing.get_context("spawn"),
    )  # fmt: skip


class Parser:
    """Reads documents in processes that are replaced when they hang, crash or grow old.

    To be used in a ``with`` block; ``seconds``: how long one document may take; ``processes``: how many read at once,
    started when first needed.
    """

    new_pool: Callable[[int], ProcessPool] = staticmethod(confined_processes)

    def __init__(self, seconds: float = _SECONDS, processes: int = 1) -> None:
        self._seconds = seconds
        self._processes = processes
        self._pool: ProcessPool | None = None

    @staticmethod
    def for_many() -> Parser:
        """One that uses the machine's cores."""
        return Parser(processes=min(_MOST_PROCESSES, len(os.sched_getaffinity(0))))

    def __enter__(self) -> Parser:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end()

    def read(
        self,
        body: bytes,
        *,
        url: str,
        content_type: str | None,
        kind: Kind | None,
        selectors: Selectors,
        zone: ZoneInfo,
    ) -> Reading:
        """What ``body`` says, as ``sources.formats.read`` does.

        Raises NotUnderstood, also for one that takes too long or too much memory, and InvalidInput for a malformed
        selector."""
        return self.submit(
            body, url=url, content_type=content_type, kind=kind, selectors=selectors, zone=zone
        ).result()  # fmt: skip

    def submit(
        self,
        body: bytes,
        *,
        url: str,
        content_type: str | None,
        kind: Kind | None,
        selectors: Selectors,
        zone: ZoneInfo,
    ) -> Pending[Reading]:
        """As ``read``, but waits for nothing."""
        given = {
            "url": url, "content_type": content_type, "kind": kind, "selectors": selectors, "zone": zone,
        }  # fmt: skip
        return self._scheduled(_read, [body], given, url)

    def permits(self, rules: bytes, url: str, token: str) -> bool:
        """Whether the robots.txt ``rules`` let ``token`` fetch ``url``. Raises NotUnderstood when they take too long:
        their patterns are a stranger's too."""
        return self._scheduled(may_fetch, [rules, url, token], {}, url).result()

    def _scheduled(
        self, function: Callable[..., T], args: list[object], kwargs: dict[str, Any], name: str
    ) -> Pending[T]:
        if self._pool is None:
            self._pool = self.new_pool(self._processes)
        try:
            future = self._pool.schedule(function, args=args, kwargs=kwargs, timeout=self._seconds)
        except RuntimeError:  # the pool broke when it could not start a process
            self._end()
            return self._scheduled(function, args, kwargs, name)
        return Pending(future, name, self._failure)

    def _failure(self, error: BaseException, url: str) -> DepecheError:
        if isinstance(error, DepecheError):
            return error
        if isinstance(error, TimeoutError):
            return NotUnderstood("source.parse.slow", seconds=self._seconds)
        if isinstance(error, CancelledError):
            return NotUnderstood("source.parse.crashed")
        # Whatever a stranger's document made its reader trip over, the other sources are read.
        _LOG.error("reading %s", url, exc_info=error)
        if isinstance(error, BrokenProcessPool):
            self._end()
        return NotUnderstood("source.parse.crashed")

    def _end(self) -> None:
        if self._pool:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


# The readers of formats are loaded in the reading processes alone: whoever has documents read needs nothing of them.
def _read(body: bytes, **given: Any) -> Reading:
    from sources.formats import read

    return known_beforehand(read(body, **given))


def _confine() -> None:
    """Load the readers, bound the memory of the process, and leave Ctrl-C to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    import sources.formats  # noqa: F401

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
