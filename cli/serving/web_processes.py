"""Web processes forked from one: started, started again when one dies, stopped together."""

from __future__ import annotations

import multiprocessing
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.context import ForkProcess

from cli.serving.stopping import Stop
from cli.serving.supervisor import HEALTHY_SECONDS, MOST_FAILURES, pause_before

_LOOK = 0.1
_TO_STOP = (signal.SIGTERM, signal.SIGINT)


@dataclass
class _Worker:
    process: ForkProcess | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = 0.0


@dataclass
class Workers:
    """``count`` processes that each do ``work`` until they are told to stop (SIGTERM, SIGINT). Both are blocked when
    ``work`` begins, which unblocks them once it can heed them; after that they do nothing. ``seconds_to_stop``: that
    they are given for it. ``died``: called when one ended by itself."""

    count: int
    work: Callable[[], None]
    seconds_to_stop: float
    died: Callable[[], None] = lambda: None
    stop: Stop = field(default_factory=Stop)

    def stop_on_signals(self) -> None:
        """Let SIGTERM, SIGINT and SIGHUP stop them."""
        self.stop.on_signals((*_TO_STOP, signal.SIGHUP))

    def run(self) -> bool:
        """Run until ``stop`` is set (true), or one keeps dying young (false)."""
        workers = [_Worker() for _ in range(self.count)]
        try:
            while not self.stop.is_set():
                if not all(self._runs(each) for each in workers):
                    return False
                self.stop.wait(_LOOK)
            return True
        finally:
            self._end([each.process for each in workers if each.process])

    def _runs(self, worker: _Worker) -> bool:
        """Whether it runs, or will again; false once it has died young too often."""
        now = time.monotonic()
        if worker.process and not worker.process.is_alive():
            worker.process = None
            self.died()
            worker.failures = 1 if now - worker.started > HEALTHY_SECONDS else worker.failures + 1
            worker.again_at = now + pause_before(worker.failures)
        if worker.process is None and now >= worker.again_at:
            worker.process = self._forked()
            worker.started = now
        return worker.failures < MOST_FAILURES

    def _forked(self) -> ForkProcess:
        """One more, with the program's code in memory once. A signal to stop that comes before its work can heed it
        waits: an exception raised wherever it happens to be could be printed, or swallowed."""
        process = multiprocessing.get_context("fork").Process(target=self._begin, name="web")
        held = signal.pthread_sigmask(signal.SIG_BLOCK, _TO_STOP)
        try:
            process.start()
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        return process

    def _begin(self) -> None:
        for number in _TO_STOP:
            signal.signal(number, lambda *_: None)
        self.work()

    def _end(self, processes: list[ForkProcess]) -> None:
        for process in processes:
            process.terminate()
        deadline = time.monotonic() + self.seconds_to_stop
        for process in processes:
            process.join(max(0.1, deadline - time.monotonic()))
            if process.is_alive():
                process.kill()
                process.join()
