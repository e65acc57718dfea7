"""Reading strangers' documents where a hang or a crash can be killed: in a process of its own, bounded in memory."""

from __future__ import annotations

import logging
import multiprocessing
import resource
import signal
from concurrent.futures.process import BrokenProcessPool
from types import TracebackType
from zoneinfo import ZoneInfo

from pebble import ProcessPool

from news.collected import Reading
from news.errors import DepecheError, NotUnderstood
from news.sources import Kind, Selectors
from sources.formats import read

_LOG = logging.getLogger("depeche.parsing")
_SECONDS = 15
_MEMORY = 2 * 1024**3
_TASKS_PER_PROCESS = 500


class Parser:
    """Reads documents one at a time in a process that is replaced when it hangs, crashes or grows old.

    To be used in a ``with`` block; ``seconds``: how long one document may take.
    """

    def __init__(self, seconds: float = _SECONDS) -> None:
        self._seconds = seconds
        self._pool: ProcessPool | None = None

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
        if self._pool is None:
            self._pool = ProcessPool(
                max_workers=1, max_tasks=_TASKS_PER_PROCESS, initializer=_confine,
                context=multiprocessing.get_context("spawn"),
            )  # fmt: skip
        given = {
            "url": url, "content_type": content_type, "kind": kind, "selectors": selectors, "zone": zone,
        }  # fmt: skip
        future = self._pool.schedule(read, args=[body], kwargs=given, timeout=self._seconds)
        error = future.exception()
        if error is None:
            return future.result()
        if isinstance(error, DepecheError):
            raise error
        if isinstance(error, TimeoutError):
            raise NotUnderstood("source.parse.slow", seconds=self._seconds) from error
        # Whatever a stranger's document made its reader trip over, the other sources are read.
        _LOG.error("reading %s", url, exc_info=error)
        if isinstance(error, BrokenProcessPool):
            self._end()
        raise NotUnderstood("source.parse.crashed") from error

    def _end(self) -> None:
        if self._pool:
            self._pool.stop()  # type: ignore[no-untyped-call]
            self._pool.join()
            self._pool = None


def _confine() -> None:
    """Bound the memory of the process, and leave Ctrl-C to its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
