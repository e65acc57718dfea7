"""Ending with whoever started us, however that ended: nobody is left holding the port."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing.process import BaseProcess


def when_input_ends(act: Callable[[], None]) -> None:
    """Call ``act`` once standard input ends: its other end is held by the process that started this one."""
    _in_background(lambda: _drain(act))


def when_forker_dies() -> None:
    """End this process when the one that forked it is gone, kill -9 included."""
    forker = multiprocessing.parent_process()
    if forker:
        _in_background(lambda: _outlive(forker))


def end_self() -> None:
    """Ask this process to stop, as its supervisor would."""
    os.kill(os.getpid(), signal.SIGTERM)


def _outlive(forker: BaseProcess) -> None:
    forker.join()
    end_self()


def _drain(act: Callable[[], None]) -> None:
    while os.read(sys.stdin.fileno(), 4096):
        pass
    act()


def _in_background(act: Callable[[], object]) -> None:
    threading.Thread(target=act, name="parent", daemon=True).start()
