import subprocess
import sys

import click
import pytest

from cli.main import root


def paths(group: click.Group = root, above: tuple[str, ...] = ()):
    context = click.Context(group)
    yield above
    for name in group.list_commands(context):
        found = group.get_command(context, name)
        if isinstance(found, click.Group):
            yield from paths(found, (*above, name))
        else:
            yield (*above, name)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", list(paths()), ids=" ".join)
def test_every_command_has_its_help_in_both_languages(bare, environ, monkeypatch, path, language):
    monkeypatch.setenv("LANG", language)

    told = bare(*path, "--help").stdout

    assert "cli." not in told
    assert told.startswith(("Usage\u00a0: depeche", "Usage: depeche"))
    assert ("Montre cette aide" in told) == (language == "fr")


@pytest.mark.parametrize("path", list(paths()), ids=" ".join)
def test_what_is_listed_in_a_help_is_explained(bare, path):
    listed = bare(*path, "--help").stdout.split("\n\n", 2)[-1].splitlines()

    assert [line for line in listed if line.startswith("  ") and len(line.split()) == 1 and line[2] != " "] == []


@pytest.mark.parametrize(
    "promised",
    [
        "serve", "web", "worker", "init", "user add", "user list", "user disable", "user password", "category list",
        "category add", "category rename", "category order",
        "category merge", "category retire","item add", "item list", "item show", "item edit",
        "item retract", "source add", "source list", "source show", "source refresh", "source test", "source pause",
        "source resume", "source remove", "backup", "restore", "check", "export opml", "export items", "export static",
        "import opml", "import json",
    ],
)  # fmt: skip
def test_the_promised_command_is_there(promised):
    assert promised in map(" ".join, paths())


def test_help_loads_neither_the_web_nor_the_parsers(environ):
    heavy = (
        "{'flask', 'lxml', 'pycurl', 'feedgen', 'apscheduler', 'uvicorn', 'uvloop', 'sqlite_utils', 'argon2', 'desk'}"
    )
    script = (
        "import sys\nfrom cli.main import main\nsys.argv[1:] = ['item', '--help']\n"
        f"try: main()\nexcept SystemExit: print('LOADED', sorted({heavy} & set(sys.modules)))"
    )
    told = subprocess.run(
        [sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True
    ).stdout

    assert "LOADED []" in told
