import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def test_help_lists_every_target():
    written = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", written, re.MULTILINE)[1].split())

    environ = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    told = subprocess.run(["make", "help"], cwd=ROOT, env=environ, capture_output=True, text=True, check=True).stdout

    assert {line.split()[1] for line in told.splitlines()} == targets
    assert targets >= {"setup", "run", "test", "test-long", "lint", "format", "bench", "help"}


def python_named(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n")
    (folder / name).chmod(0o755)


def made(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", str(ROOT / "scripts" / "make-venv"), python, str(folder / "venv")],
        env={"PATH": str(folder)},
        capture_output=True,
        text=True,
    )


def test_a_python_that_is_too_old_gets_a_sentence(tmp_path):
    python_named(tmp_path, "python3", "exit 1")

    ended = made(tmp_path, "python3")

    assert ended.returncode == 1
    assert "Python 3.11 or newer is needed" in ended.stderr


def test_a_newer_python_beside_an_old_one_is_found(tmp_path):
    python_named(tmp_path, "python3", "exit 1")
    python_named(tmp_path, "python3.12", f'test "$1" = -m && echo "$3" > {tmp_path}/asked\nexit 0')

    assert made(tmp_path, "python3").returncode == 0
    assert (tmp_path / "asked").read_text().strip() == str(tmp_path / "venv")


def test_a_python_without_venv_gets_a_sentence(tmp_path):
    python_named(tmp_path, "python3", 'test "$1" = -c')
    python_named(tmp_path, "rm", "exit 0")

    ended = made(tmp_path, "python3")

    assert ended.returncode == 1
    assert "python3-venv" in ended.stderr


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_pin_by_hash_and_name_no_address(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    pins = [number for number, line in enumerate(lines) if re.match(r"[a-z0-9]", line)]

    assert "//" not in "".join(lines)
    assert all("==" in lines[number] and "--hash=sha256:" in lines[number + 1] for number in pins)


def test_the_lock_holds_every_dependency():
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    asked = {"requirements.lock": project["project"]["dependencies"] + groups["build"]}
    asked["requirements-bench.lock"] = groups.pop("bench")
    asked["requirements-dev.lock"] = sum(groups.values(), asked["requirements.lock"])
    for name, requirements in asked.items():
        pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        assert {re.match(r"[A-Za-z0-9-]+", one)[0].lower() for one in requirements} <= pinned
