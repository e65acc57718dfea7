"""Standard input and output as every part of the program expects them: there, and able to say any character."""

from __future__ import annotations

import os
import sys

_NAMES = ("stdin", "stdout", "stderr")


def settle() -> None:
    """Have the three streams. One that whoever started us had closed is nobody: nothing comes from it, and what goes
    there is lost. Left closed, its number would be given to the next file that is opened, be it the database."""
    for number, name in enumerate(_NAMES):
        if not _is_open(number):
            _open(number)
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _open(number: int) -> None:
    nobody = os.open(os.devnull, os.O_RDWR)
    if nobody != number:
        os.dup2(nobody, number)
        os.close(nobody)
    os.set_inheritable(number, True)
