import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner, Result

from cli.main import root
from tests.patience import PATIENCE, until

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-P", "-m", "cli.main"]


@pytest.fixture
def environ(tmp_path, monkeypatch):
    """An environment of one's own: an English person, a database in a temporary folder, no other settings."""
    for name in [name for name in os.environ if name.startswith(("DEPECHE_", "LC_", "LANG"))]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.setenv("DEPECHE_DATABASE", str(tmp_path / "var" / "depeche.db"))
    return os.environ


class Shell:
    """Runs commands in this process: what they print, and how they end."""

    def __call__(self, *args: str, typed: str | None = None, status: int = 0) -> Result:
        result = CliRunner().invoke(root, list(args), input=typed)
        assert result.exit_code == status, result.output
        return result

    def json(self, *args: str, status: int = 0):
        return json.loads(self(*args, "--json", status=status).stdout)

    def error(self, *args: str, status: int = 1) -> str:
        """The one line a failing command says."""
        lines = self(*args, status=status).stderr.splitlines()
        assert status == 2 or len(lines) == 1, lines
        return lines[-1]


@pytest.fixture
def bare(environ) -> Shell:
    """A shell where there is no database yet."""
    return Shell()


@pytest.fixture
def shell(bare) -> Shell:
    """A shell with an empty newsroom of three categories."""
    bare("init")
    for name in ("Ingénieurs", "Doctorat", "Diversité & RSE"):
        bare("category", "add", name)
    return bare


@pytest.fixture
def start(environ):
    """Start the real command; whatever still runs at the end is killed."""
    running: list[subprocess.Popen[str]] = []

    def run(*args: str, **settings: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [*COMMAND, *args],
            env={**environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
        )
        running.append(process)
        return process

    yield run
    for process in running:
        with suppress(ProcessLookupError):
            process.kill()
        process.communicate()


@pytest.fixture
def command_line() -> list[str]:
    """How the real command is run."""
    return list(COMMAND)


@pytest.fixture
def soon() -> Callable[..., object]:
    """Wait until a function gives something, and give that."""

    return until


@pytest.fixture
def got() -> Callable[[str], bytes | None]:
    """The body at an address, or None while nobody answers there."""

    def get(url: str) -> bytes | None:
        try:
            with urlopen(url, timeout=PATIENCE) as answer:
                return answer.read()
        except (OSError, HTTPException):
            return None

    return get
