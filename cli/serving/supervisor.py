"""Running several parts as one: started together, started again when one dies, stopped together."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cli.serving.stopping import Stop
from news.errors import DepecheError

SECONDS_TO_STOP = 10.0
HEALTHY_SECONDS = 30.0
MOST_FAILURES = 5
_LOOK = 0.2


class StoppedWorking(DepecheError):
    """A part of the service died again and again."""


@dataclass
class Part:
    """One command line kept running. ``failures``: how often in a row it died young. ``again_at``: a monotonic time."""

    name: str
    args: Sequence[str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    failures: int = 0
    again_at: float = 0.0


def pause_before(failures: int) -> float:
    """Seconds to wait before a part that died young ``failures`` times in a row is started again: 0.5, 1, 2, 4, 8."""
    return min(8.0, 0.5 * 2 ** max(0, failures - 1))


@dataclass
class Supervisor:
    """Keeps ``parts`` running until told to stop. ``environ``: theirs. ``died``: told the name of a part that ended by
    itself. A part's standard input ends when this process does, whatever ends it."""

    parts: Sequence[Part]
    environ: Mapping[str, str]
    died: Callable[[str], None] = lambda name: None
    stop: Stop = field(default_factory=Stop)

    def run(self, started: Callable[[], None] = lambda: None) -> str | None:
        """Run until ``stop`` is set (None), or a part keeps dying: its name. ``started`` is called once all run."""
        try:
            for part in self.parts:
                self._start(part)
            started()
            return self._watch()
        finally:
            self._stop_all()

    def stop_on_signals(self) -> None:
        """Let SIGTERM, SIGINT and SIGHUP stop it."""
        self.stop.on_signals((signal.SIGTERM, signal.SIGINT, signal.SIGHUP))

    def alive(self) -> bool:
        """Whether every part runs."""
        return all(part.process and part.process.poll() is None for part in self.parts)

    def _watch(self) -> str | None:
        while not self.stop.wait(_LOOK):
            for part in self.parts:
                if part.process is None and time.monotonic() >= part.again_at:
                    self._start(part)
                elif part.process and part.process.poll() is not None and not self._survives(part):
                    return part.name
        return None

    def _start(self, part: Part) -> None:
        # Ctrl-C reaches the parts too. One that is just being loaded would end with a traceback: it is kept from them
        # until they say what is to be done about it.
        held = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        try:
            part.process = subprocess.Popen(list(part.args), stdin=subprocess.PIPE, env=dict(self.environ))  # noqa: S603
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)
        part.started = time.monotonic()

    def _survives(self, part: Part) -> bool:
        self.died(part.name)
        _close(part)
        now = time.monotonic()
        part.failures = 1 if now - part.started > HEALTHY_SECONDS else part.failures + 1
        part.again_at = now + pause_before(part.failures)
        return part.failures < MOST_FAILURES

    def _stop_all(self) -> None:
        for part in self.parts:
            if part.process:
                part.process.terminate()
        deadline = time.monotonic() + SECONDS_TO_STOP
        for part in self.parts:
            if part.process:
                _end(part.process, deadline)
                _close(part)


def _end(process: subprocess.Popen[bytes], deadline: float) -> None:
    try:
        process.wait(max(0.1, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _close(part: Part) -> None:
    if part.process and part.process.stdin:
        part.process.stdin.close()
    part.process = None


def depeche(*args: str) -> list[str]:
    """The command line of ``depeche`` with ``args``, by this very interpreter and from no other folder's modules."""
    return [sys.executable, "-P", "-m", "cli.main", *args]
