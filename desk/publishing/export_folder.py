"""A folder kept in step with documents: whole files only, those that have not changed left alone, old ones removed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from fcntl import LOCK_EX, LOCK_NB, flock
from pathlib import Path

from news.errors import Conflict

# Lists what stands in the folder because it was written here: nothing else is ever removed.
LISTED = ".depeche-export"
_LOCK = ".depeche-export.lock"
_OURS = re.compile(r"(?:[a-z]+/(?:[a-z0-9][a-z0-9.-]*/archive/)?)?[A-Za-z0-9][A-Za-z0-9._-]*", re.ASCII)


@dataclass(slots=True)
class Report:
    """How many files were written, were as they are already, and were removed."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


class Folder:
    """The files under ``root``. Use it from ``kept_folder``. Raises OSError when the disk cannot do it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._before = self._listed()
        self._now: set[str] = set()
        self._touched: set[Path] = set()
        self.report = Report()

    def put(self, name: str, body: bytes, modified: int | None) -> None:
        """``body`` as the file ``name`` (relative), with ``modified`` (seconds since the epoch, UTC) as its time.

        A file that says the same already is left as it is. One that said something else gets a later time than it had
        whatever ``modified`` says, so that whoever asks by date alone learns of it.
        """
        path = self._root / name
        self._now.add(name)
        try:
            standing = path.read_bytes()
        except FileNotFoundError:
            standing = None
        if standing == body:
            self.report.unchanged += 1
            return
        if standing is not None and modified is not None:
            modified = max(modified, int(path.stat().st_mtime) + 1)
        self._claim(name)
        self._replace(path, body, modified)
        self.report.written += 1

    def finish(self) -> None:
        """Remove what was written once and was not put this time; everything is on the disk afterwards."""
        for name in sorted(self._before - self._now):
            path = self._root / name
            _unfinished(path).unlink(missing_ok=True)
            if path.is_file():
                path.unlink()
                self._touched.add(path.parent)
                self.report.removed += 1
        for folder in [touched for touched in self._touched if touched.name == "archive"]:
            self._prune(folder)
        self._before = self._now
        self._list()
        for folder in sorted(self._touched):
            _sync(folder)

    def _prune(self, archive: Path) -> None:
        """A folder of archives in which nothing is left goes too, with that of its feed."""
        for folder in (archive, archive.parent):
            if any(folder.iterdir()):
                return
            folder.rmdir()
            self._touched.discard(folder)
            self._touched.add(folder.parent)

    def _claim(self, name: str) -> None:
        """Listed before it is written: a crash leaves no file that nobody would remove."""
        if name not in self._before:
            self._before.add(name)
            with (self._root / LISTED).open("a", encoding="utf-8") as listed:
                # On a line of its own, whatever a crash left of the one before.
                listed.write(f"\n{name}\n")
                listed.flush()
                os.fsync(listed.fileno())

    def _replace(self, path: Path, body: bytes, modified: int | None) -> None:
        """A reader sees the former file or this one, whole, also after power is lost (rename(2))."""
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = _unfinished(path)
        with unfinished.open("wb") as file:
            file.write(body)
            file.flush()
            if modified is not None:
                os.utime(file.fileno(), (modified, modified))
            os.fsync(file.fileno())
        unfinished.replace(path)
        self._touched.add(path.parent)

    def _list(self) -> None:
        names = "".join(f"{name}\n" for name in sorted(self._before)).encode()
        listed = self._root / LISTED
        if not listed.exists() or listed.read_bytes() != names:
            self._replace(listed, names, None)

    def _listed(self) -> set[str]:
        try:
            lines = (self._root / LISTED).read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return set()
        return {line for line in lines if _OURS.fullmatch(line)}


@contextmanager
def kept_folder(root: Path) -> Iterator[Folder]:
    """The folder at ``root``, made where it is missing, and finished at the end of the block unless an error left it.
    Raises Conflict while another process is at it, OSError."""
    root.mkdir(parents=True, exist_ok=True)
    with (root / _LOCK).open("wb") as lock:
        try:
            flock(lock, LOCK_EX | LOCK_NB)
        except BlockingIOError as busy:
            raise Conflict("export.busy", path=str(root)) from busy
        folder = Folder(root)
        yield folder
        folder.finish()


def _unfinished(path: Path) -> Path:
    return path.with_name(f".{path.name}.depeche-new")


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
