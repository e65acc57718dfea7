"""A command loads what it uses; the web loads all it will use before its processes part."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
WEB, READING, WRITING = {"flask", "uvicorn", "authlib"}, {"lxml", "feedparser", "pycurl"}, {"markdown_it", "PIL"}


def loaded(script: str, environ: dict[str, str]) -> set[str]:
    """The modules that are loaded at the end of ``script``."""
    ended = subprocess.run(
        [sys.executable, "-c", f"import sys\n{script}\nprint('LOADED', *sys.modules)"],
        env=environ, capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stderr
    return set(ended.stdout.rpartition("LOADED")[2].split())


def running(*args: str) -> str:
    return (
        "from cli.main import main\n"
        f"sys.argv[1:] = {args!r}\ntry: main()\nexcept SystemExit as end: assert not end.code"
    )


@pytest.mark.parametrize("command", [("item", "list"), ("source", "list"), ("category", "list")], ids=" ".join)
def test_a_command_that_shows_loads_nothing_that_writes_or_fetches(shell, environ, command):
    assert (WEB | READING | WRITING | {"smtplib", "babel"}) & loaded(running(*command), environ) == set()


@pytest.mark.parametrize("part", ["web", "desk.operating.scheduler"])
def test_the_service_loads_neither_what_processes_of_their_own_do_nor_what_no_setting_asks_for(environ, part):
    assert {"PIL", "feedparser", "authlib", "joserfc"} & loaded(f"import {part}", environ) == set()


@pytest.mark.parametrize("provided", [False, True])
def test_what_handlers_load_is_loaded_before_the_web_processes_part(bare, environ, provided):
    provider = "Provider('https://id.example', 'us', 'secret')" if provided else "None"
    script = f"""
from cli.serving.web import load_all
from desk.provider import Provider
from desk.settings import Settings
load_all(Settings(oidc={provider}))
before = set(sys.modules)
from app import create_app
from desk.context import open_desk
from desk.settings import load_settings
from desk.items.posting import post_item
from news.drafts import Draft
desk = open_desk(load_settings(), create=True)
asking = create_app(desk).test_client()
loaded_for_asking = set(sys.modules) - before
post_item(desk, Draft(title="Chaire", body="Une *nouvelle* chaire", date="2026-03-01", status="published"), "cli")
for path in ("/?lang=en", "/", "/feeds/all.atom", "/feeds/all.rss", "/staff/login", "/embed/all.html"):
    assert asking.get(path).status_code == 200, path
late = {{name.partition(".")[0] for name in set(sys.modules) - before - loaded_for_asking}} - sys.stdlib_module_names
assert not late, late
"""
    assert ("authlib" in loaded(script, environ)) == provided


def test_a_command_starts_in_a_few_times_what_its_parser_takes(environ, monkeypatch, tmp_path):
    # Compiled once, as where the program is installed.
    monkeypatch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
    monkeypatch.setenv("PYTHONPYCACHEPREFIX", str(tmp_path / "compiled"))

    def spent() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    def work(*words: str) -> float:
        """Processor seconds, which do not count how long others had the machine."""
        began = spent()
        subprocess.run([sys.executable, *words], env=dict(os.environ), capture_output=True, check=True)
        return spent() - began

    both = [(work("-c", "import click"), work("-m", "cli.main", "--help")) for _ in range(6)]
    assert min(ours for _, ours in both) < 5 * min(parser for parser, _ in both)
