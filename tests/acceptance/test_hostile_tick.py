"""One tick over every kind of nonsense, with a hundred good sources."""

from __future__ import annotations

import importlib.util
import resource
import time
from pathlib import Path
from types import ModuleType

import pytest

from desk.collect import collect_due
from desk.context import Desk
from desk.sources import NewSource, add_source
from net.allowed import parse_allowed

GOOD = 100


def loaded() -> ModuleType:
    """The hostile server; its bombs are made only when they are needed."""
    spec = importlib.util.spec_from_file_location("hostile", Path(__file__).parent / "hostile.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.long
def test_one_tick_over_all_of_it_leaves_the_good_ones_fresh_and_names_each_failure(desk: Desk):
    hostile = loaded()
    server = hostile.Hostile()
    room = desk.with_settings(allowed_networks=parse_allowed("127.0.0.0/8"), fetch_pause=0.0)
    bad = {
        add_source(room, NewSource(server.url(path), "feed", name=path, trust="publish"), "cli").id: key
        for path, _, key in hostile.BAD
    }
    for number in range(GOOD):
        add_source(room, NewSource(server.url(f"/good{number}"), "feed", trust="publish"), "cli")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    began = time.monotonic()
    outcomes = collect_due(room)
    spent = time.monotonic() - began
    server.close()
    wrong = {
        outcome.source.name: (outcome.error.key if outcome.error else "", bad[outcome.source.id])
        for outcome in outcomes
        if outcome.source.id in bad
    }
    assert len(outcomes) == GOOD + len(bad)
    assert {name: found for name, (found, wanted) in wrong.items() if wanted and found != wanted} == {}
    good = [outcome for outcome in outcomes if outcome.source.id not in bad]
    assert [outcome.error for outcome in good] == [None] * GOOD
    assert all(outcome.new == 1 for outcome in good)
    assert room.storage.problems() == ()
    assert spent < 300
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    assert grown < 300, f"the worker grew by {grown:.0f} MB"
