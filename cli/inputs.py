"""Texts and passwords handed to a command."""

from __future__ import annotations

import secrets
import sys
from pathlib import Path

import click

from cli.values import Misuse
from cli.words import say
from news.errors import InvalidInput

_MOST_BYTES = 2_000_000


def text_of_file(name: str) -> str:
    """The text (UTF-8) of the file ``name``, or of standard input for ``-``. Raises InvalidInput and OSError."""
    if name == "-":
        body = sys.stdin.buffer.read(_MOST_BYTES + 1)
    else:
        with Path(name).open("rb") as file:
            body = file.read(_MOST_BYTES + 1)
    if len(body) > _MOST_BYTES:
        raise InvalidInput("cli.file.too_big", path=name, most=_MOST_BYTES // 1_000_000)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InvalidInput("cli.file.not_utf8", path=name) from None


def bytes_of_file(name: str, most: int) -> bytes:
    """The file ``name``, or one byte more than ``most`` of it. Raises OSError."""
    with Path(name).open("rb") as file:
        return file.read(most + 1)


def password(from_stdin: bool) -> str:
    """A new password: one line of standard input without its end, or typed twice at a terminal.

    Raises InvalidInput when the two differ, Misuse when there is nobody to ask.
    """
    if from_stdin:
        return sys.stdin.readline().removesuffix("\n").removesuffix("\r")
    if not sys.stdin.isatty():
        raise Misuse("cli.password.no_terminal")
    first = click.prompt(say("cli.password.new"), hide_input=True)
    if not secrets.compare_digest(first.encode(), click.prompt(say("cli.password.again"), hide_input=True).encode()):
        raise InvalidInput("cli.password.differ")
    return str(first)
