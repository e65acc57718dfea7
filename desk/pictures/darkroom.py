"""Making our copies of a picture where a hang, a crash or a bomb can be killed: in a process of its own.

The process runs this very file: the picture comes in on standard input, what is made of it goes out on standard output,
as a line of JSON and the files' bytes one after another. What comes back is not believed to be more than that.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from pathlib import Path

from news.errors import InvalidInput, TooMany
from news.pictures import MEDIA_TYPES, File, Rendition

SECONDS = 20.0
_MEMORY = 1536 * 1024**2
_REFUSED = 3
_CHECKOUT = Path(__file__).resolve().parents[2]
# Each takes a processor and some hundred megabytes for a second: not more of them than that at once.
_TURNS = threading.BoundedSemaphore(2)
# Who waits for a turn keeps a web thread from everybody else, for as long as the pictures before take, be they bombs:
# of all that a process has (``cli.serving.web``) no more than a quarter.
MOST_AT_ONCE = 8
PLACES = threading.BoundedSemaphore(MOST_AT_ONCE)
_AGAIN_AFTER = 10


def develop(body: bytes, *, seconds: float | None = None) -> tuple[File, ...]:
    """Our files of the picture in ``body``. Raises InvalidInput, also for one that is damaged, takes longer than
    ``seconds`` (``SECONDS`` unless given) or more memory than any picture should; TooMany when ``MOST_AT_ONCE`` are
    being made already."""
    if not PLACES.acquire(blocking=False):
        raise TooMany("picture.busy", seconds=_AGAIN_AFTER)
    try:
        with _TURNS:
            ended = _developed(body, SECONDS if seconds is None else seconds)
    finally:
        PLACES.release()
    if ended.returncode == _REFUSED:
        told = json.loads(ended.stdout)
        raise InvalidInput(str(told["key"]), **told["args"])
    if ended.returncode != 0:
        raise InvalidInput("picture.broken")
    return _unpacked(ended.stdout)


def _developed(body: bytes, seconds: float) -> subprocess.CompletedProcess[bytes]:
    """The process, once it has ended. Raises InvalidInput."""
    command = [sys.executable, "-m", "desk.pictures.darkroom"]
    try:
        return subprocess.run(  # noqa: S603  (our own program, and no shell)
            command, input=body, capture_output=True, timeout=seconds, cwd=_CHECKOUT, check=False
        )
    except subprocess.TimeoutExpired:
        raise InvalidInput("picture.broken") from None


def packed(files: tuple[File, ...]) -> bytes:
    """``files`` as the process hands them over."""
    heads = [[file.rendition.width, file.rendition.height, file.rendition.kind, file.rendition.tag] for file in files]
    lengths = [len(file.body) for file in files]
    return json.dumps([heads, lengths]).encode() + b"\n" + b"".join(file.body for file in files)


def _unpacked(told: bytes) -> tuple[File, ...]:
    line, _, rest = told.partition(b"\n")
    heads, lengths = json.loads(line)
    files, at = [], 0
    for (width, height, kind, tag), length in zip(heads, lengths, strict=True):
        assert kind in MEDIA_TYPES
        files.append(File(Rendition(int(width), int(height), kind, int(length), str(tag)), rest[at : at + length]))
        at += length
    return tuple(files)


def _main() -> int:
    # Here alone: whoever has pictures developed needs nothing of what develops them.
    from sources.picture import renditions

    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (int(SECONDS), int(SECONDS)))
    try:
        made = renditions(sys.stdin.buffer.read())
    except InvalidInput as refused:
        sys.stdout.write(json.dumps({"key": refused.key, "args": refused.message_args}))
        return _REFUSED
    sys.stdout.buffer.write(packed(made))
    return 0


if __name__ == "__main__":
    sys.exit(_main())
