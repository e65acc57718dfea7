"""Taking times and saying them."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence


def per_cpu_second(work: Callable[[], object], *, seconds: float = 2.0) -> float:
    """How often ``work`` can be done in a second of this process's CPU time, after a short warm-up."""
    for _ in range(5):
        work()
    done, began = 0, time.process_time()
    while (spent := time.process_time() - began) < seconds:
        work()
        done += 1
    return done / spent


def milliseconds(work: Callable[[], object]) -> float:
    """How long ``work`` takes once, on the wall's clock."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def median(times: Sequence[float]) -> float:
    """The middle one."""
    return sorted(times)[len(times) // 2]


def p99(times: Sequence[float]) -> float:
    """The one that 99 of 100 stay below."""
    return sorted(times)[min(len(times) - 1, int(len(times) * 0.99))]


def say(line: str = "") -> None:
    """Print ``line`` at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
