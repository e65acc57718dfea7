"""How long tests wait for what is bound to come: one bound for all, which a slow or busy machine does not reach.

Nothing waits that long when all is well. Only what must *not* happen is waited for in vain, and for less.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

PATIENCE = 240.0
T = TypeVar("T")
# What the yardstick takes on a usual machine, in processor seconds.
_USUAL = 0.06


def until(found: Callable[[], T], what: str = "what was waited for", seconds: float = PATIENCE) -> T:
    """Wait until ``found`` gives something true, and give that."""
    deadline = time.monotonic() + seconds
    while not (value := found()):
        assert time.monotonic() < deadline, f"{what} did not come in {seconds} s"
        time.sleep(0.01)
    return value


def processor_seconds(act: Callable[[], object]) -> float:
    """What ``act`` costs this thread; others' garbage is not collected meanwhile."""
    gc.disable()
    try:
        began = time.thread_time()
        act()
        return time.thread_time() - began
    finally:
        gc.enable()


@contextmanager
def takes_less_than(seconds: float) -> Iterator[None]:
    """The block takes this thread less than so many processor seconds, or as many more as this machine is slower."""
    gc.disable()
    try:
        began = time.thread_time()
        yield
        spent = time.thread_time() - began
    finally:
        gc.enable()
    assert spent < seconds or spent < seconds * _slowness(), f"{spent:.2f} s of {seconds} s"


def _slowness() -> float:
    return processor_seconds(lambda: sum(number * number % 7 for number in range(1_000_000))) / _USUAL
