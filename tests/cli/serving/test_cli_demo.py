import json
import re
import shutil
from pathlib import Path

import pytest

from cli.serving.demo import written
from cli.serving.demo_state import make_state, read_state
from desk.accounts.sign_in import sign_in
from desk.context import open_desk
from desk.settings import load_settings
from net.allowed_networks import parse_allowed
from tests.patience import PATIENCE
from tests.ports import free_port, held


class Running:
    """A demonstration that has said all it says when it is ready. ``told``: that."""

    def __init__(self, process, port: int) -> None:
        self.process, self.port = process, port
        lines = []
        while "to stop" not in "".join(lines[-1:]):
            lines.append(process.stdout.readline())
            assert lines[-1], "".join(lines)
        self.told = "".join(lines)
        self.sign_in = re.search(r"^ +(\S+@\S+)\n +(\S+)$", self.told, re.MULTILINE)

    def stop(self) -> None:
        self.process.terminate()
        self.process.communicate(timeout=PATIENCE)
        assert self.process.returncode == 0


@pytest.fixture
def demo(bare, start):
    """Start the demonstration on a port of its own."""

    def run() -> Running:
        port = free_port()
        return Running(start("demo", "--port", str(port), "--workers", "1", DEPECHE_TICK_SECONDS="0.2"), port)

    return run


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Path, Running]]:
    """What the first run left, once it was made: it takes long, and is the same for all."""
    return []


@pytest.fixture
def first(kept, bare, demo, soon, environ, tmp_path_factory) -> Running:
    """A first run, ended after it had collected from its partners."""
    var = Path(environ["DEPECHE_DATABASE"]).parent
    if kept:
        shutil.copytree(kept[0][0], var)
        return kept[0][1]
    running = demo()
    soon(lambda: all(source["last_success"] for source in bare.json("source", "list")))
    running.stop()
    kept.append((Path(shutil.copytree(var, tmp_path_factory.mktemp("kept") / "var")), running))
    return running


def test_the_first_run_fills_collects_and_says_how_to_sign_in(bare, first):
    running = first
    assert len(bare.json("item", "list", "--status", "published")) > 50
    assert len(bare.json("review", "list")) > 0
    assert {source["trust"] for source in bare.json("source", "list")} == {"publish", "review"}
    assert f"http://127.0.0.1:{running.port}/feeds/all.atom" in running.told
    assert sign_in(open_desk(load_settings()), *running.sign_in.groups(), "127.0.0.1").role == "admin"


def test_the_next_run_goes_on_with_the_same_data_and_partners(bare, first, demo):
    bare("item", "add", "--title", "Mine")
    sources = [source["url"] for source in bare.json("source", "list")]
    second = demo()
    second.stop()

    assert second.sign_in.groups() == first.sign_in.groups()
    assert [item["title"] for item in bare.json("item", "list")].count("Mine") == 1
    assert [source["url"] for source in bare.json("source", "list")] == sources


def test_a_database_of_ones_own_is_served_as_it_is(shell, demo):
    before = shell.json("category", "list")
    running = demo()
    running.stop()

    assert "not the sample" in running.told
    assert shell.json("category", "list") == before
    assert shell.json("source", "list") == []
    assert shell.json("user", "list") == []


def test_a_taken_port_of_the_partners_is_told_and_the_newsroom_runs_all_the_same(bare, first, demo, environ):
    state = read_state(Path(environ["DEPECHE_DATABASE"]).parent)
    with held(state.partners_port):
        running = demo()
        running.stop()

    assert f"Port {state.partners_port} of 127.0.0.1 is taken" in running.told
    assert running.sign_in


def test_the_state_is_for_its_owners_eyes(tmp_path):
    made = make_state(tmp_path, 8101)

    assert read_state(tmp_path) == made
    assert (tmp_path / "demo.json").stat().st_mode & 0o777 == 0o600
    assert len(made.password) >= 10
    assert make_state(tmp_path, 8101).password != made.password


@pytest.mark.parametrize("content", ["", "[]", "{}", json.dumps({"email": "x"}), "\xff"])
def test_a_state_that_cannot_be_read_is_none(tmp_path, content):
    (tmp_path / "demo.json").write_text(content, encoding="latin-1")

    assert read_state(tmp_path) is None


def test_networks_are_written_as_the_setting_reads_them():
    networks = parse_allowed("10.0.0.0/8,127.0.0.1:8101,[fd00::]/8:443,fe80::/10")

    assert parse_allowed(written(networks)) == networks
