"""What makes thousands of tests quick, and what they show no less: real databases, real pages, argon2 at a low cost.

Each worker of pytest makes a database once and copies the file, compiles a template and a route once, hashes
passwords cheaply, keeps its reading processes, and puts temporary folders into memory where there is plenty.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from concurrent.futures import Future
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import TypeVar

from argon2 import PasswordHasher
from flask import Flask
from jinja2 import BytecodeCache
from jinja2.bccache import Bucket
from pebble import ProcessPool
from werkzeug.routing import Rule

from desk.accounts import passwords
from desk.collecting.parsing import Parser, confined_processes
from storage.minting import Mint
from storage.sqlite.engine import SqliteStorage

MEMORY = Path("/dev/shm")
_ENOUGH = 4 * 1024**3
_MINTED = 200
T = TypeVar("T")


def start() -> None:
    """Once in each process of pytest."""
    passwords.hash_with(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    Parser.new_pool = staticmethod(KeptPool.for_so_many)
    Flask.url_rule_class = RememberedRule
    Flask.jinja_options = {"bytecode_cache": RememberedTemplates()}
    if "PYTEST_DEBUG_TEMPROOT" not in os.environ and os.access(MEMORY, os.W_OK) and _room(MEMORY) > _ENOUGH:
        os.environ["PYTEST_DEBUG_TEMPROOT"] = str(MEMORY)


def end() -> None:
    """At the end of each process of pytest."""
    KeptPool.end_all()


def _room(folder: Path) -> int:
    return shutil.disk_usage(folder).free


class RememberedTemplates(BytecodeCache):
    """What Jinja made of each template, for the next application; the key of its source tells when it changed."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[str, object]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        checksum, code = self._kept.get(bucket.key, ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = (bucket.checksum, bucket.code)


class KeptPool:
    """Reading processes that stay for the next test: starting one takes as long as a whole test.

    Whoever ends it only lets it go; one that broke is replaced.
    """

    _kept: dict[int, ProcessPool] = {}  # noqa: RUF012

    def __init__(self, pool: ProcessPool) -> None:
        self._pool = pool

    @classmethod
    def for_so_many(cls, number: int) -> KeptPool:
        kept = cls._kept.get(number)
        if kept is None or not kept.active:
            kept = cls._kept[number] = confined_processes(number)
        return cls(kept)

    @classmethod
    def end_all(cls) -> None:
        while cls._kept:
            _, pool = cls._kept.popitem()
            pool.stop()
            pool.join()

    def schedule(self, function: Callable[..., T], **said: object) -> Future[T]:
        return self._pool.schedule(function, **said)

    def stop(self) -> None:
        pass

    def join(self) -> None:
        pass


class RememberedRule(Rule):
    """A route that takes over what Werkzeug compiled for the same route of an earlier application."""

    _made: dict[tuple[object, ...], Callable[..., tuple[str, str]]] = {}  # noqa: RUF012

    def _compile_builder(self, append_unknown: bool = True) -> Callable[..., tuple[str, str]]:
        if self.defaults:
            return super()._compile_builder(append_unknown)
        key = (tuple(self._trace), append_unknown)
        if key not in self._made:
            self._made[key] = super()._compile_builder(append_unknown)
        return self._made[key]


@cache
def _migrated(now: datetime) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "depeche.db"
        storage = SqliteStorage(path, Mint(lambda: now), create=True)
        storage.migrate(now)
        storage.close()
        return path.read_bytes()


def put_database(path: Path, whole: bytes) -> None:
    """A new database of these bytes, as the program would have made it there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(whole)


def put_empty_database(path: Path, now: datetime) -> None:
    """A new migrated database without anything in it, made at ``now``."""
    put_database(path, _migrated(now))


def go_past(mint: Callable[[], str]) -> None:
    """Let ids of ``mint`` come after those that a copied database holds from the same millisecond."""
    for _ in range(_MINTED):
        mint()
