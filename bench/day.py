"""A simulated day of three hundred real-looking sources, beside the library ``reader`` at the same freshness."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bench.day_runs import Told
from bench.day_world import SOURCES
from bench.figures import say
from net.ports import free_port


def measure(folder: Path) -> None:
    """Print what a day costs us, and what it costs ``reader`` when it looks at everything so often that items come as
    soon on average; ``folder`` is an empty one. Ends the bench when an edit was seen that nobody made."""
    mine = _run("ours", folder, 0)
    every = round(2 * mine["told"]["delay"])
    theirs = _run("reader", folder, every)
    say(f"A day of {SOURCES} sources, in which {mine['told']['items']} items are published; reader: all of them every "
        f"{every / 60:.0f} minutes")  # fmt: skip
    say(f"{'':10}{'delay, min':>12}{'requests':>10}{'MB':>8}{'304':>8}{'CPU s':>8}{'new':>8}{'edits':>8}{'phantom':>9}")
    for name, told in (("Dépêche", mine), ("reader", theirs)):
        seen, came = told["told"], told["came"]
        say(
            f"{name:10}{seen['delay'] / 60:12.1f}{seen['requests']:10,}{seen['bytes'] / 1e6:8.1f}"
            f"{seen['not_modified']:8,}{told['cpu']:8.1f}{came['new']:8,}{came['changed']:8,}{_phantoms(told):9,}"
        )
    ratios = (
        theirs["told"]["requests"] / mine["told"]["requests"],
        theirs["told"]["bytes"] / mine["told"]["bytes"],
        theirs["cpu"] / mine["cpu"],
    )
    say("reader's to ours: {:.1f} × the requests, {:.1f} × the bytes, {:.1f} × the CPU seconds".format(*ratios))
    if _phantoms(mine):
        sys.exit(f"phantom edits or items: {_phantoms(mine)}")


def _phantoms(told: Told) -> int:
    """How many items came or changed that the partners did not publish or correct between two answers, or that were
    not noticed."""
    return sum(abs(told["came"].get(what, 0) - told["told"][what]) for what in ("new", "changed"))


def _run(who: str, folder: Path, every: int) -> Told:
    clock, port = folder / "clock", free_port("127.0.0.1")
    clock.write_bytes(bytes(8))
    serve = [sys.executable, "-m", "bench.day_server", str(clock), str(port)]
    with subprocess.Popen(serve, stdout=subprocess.PIPE) as server:  # noqa: S603
        assert server.stdout
        server.stdout.readline()
        command = [sys.executable, "-m", "bench.day_runs", who, str(folder), str(clock), str(port), str(every)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603
        server.kill()
    told: Told = json.loads(done.stdout)
    return told
