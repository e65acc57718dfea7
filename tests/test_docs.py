"""What the README and the docs promise is there: commands, options, settings, addresses, targets, files."""

import re
import shlex
from pathlib import Path

import click
import pytest
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from cli.main import root
from desk.context import open_desk
from desk.settings import SETTINGS, Settings

ROOT = Path(__file__).resolve().parents[1]
# What ``make screenshots`` may have written beside them is made of these.
PAGES = [ROOT / "README.md", *sorted({*ROOT.glob("docs/**/*.md")} - {*ROOT.glob("docs/screenshots/**/*")})]
NAMES = {setting.name for setting in SETTINGS}
ELSEWHERE = ("/srv/", "/etc/", "/usr/", "/var/", "/path/", "/dev/", "/tmp/")
OURS = "bench|cli|desk|feeds|net|news|scripts|sources|static|storage|templates|tests|translations|web"
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


def codes(page: Path) -> list[str]:
    """Everything written as code on ``page``: spans, and the lines of blocks."""
    text = page.read_text(encoding="utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    spans = re.findall(r"`([^`]+)`", re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL))
    return [" ".join(span.split()) for span in spans] + [line for block in blocks for line in block.splitlines()]


def everywhere(pattern: str) -> list[tuple[str, str]]:
    return [(page.name, found) for page in PAGES for code in codes(page) for found in re.findall(pattern, code)]


def commands() -> list[tuple[str, str]]:
    return everywhere(r"(?:^|[ /=])depeche ((?!<)[a-z][^|<>#]*)")


@pytest.mark.parametrize(("page", "written"), commands())
def test_the_commands_exist_with_their_options(page, written):
    words, found, context = shlex.split(written), root, click.Context(root)
    while isinstance(found, click.Group) and words and not words[0].startswith("-"):
        found, word = found.get_command(context, words[0]), words.pop(0)
        assert found is not None, f"{page}: there is no command {word!r}"
    known = {name for param in found.params for name in param.opts} | {"--help"}

    assert {word for word in words if word.startswith("--")} <= known, f"{page}: depeche {written}"


def test_there_are_commands_to_check():
    assert {page for page, _ in commands()} >= {"README.md", "operating.md"}


@pytest.mark.parametrize(("page", "name"), sorted(set(everywhere(r"\b(DEPECHE_[A-Z_]+)"))))
def test_the_settings_exist(page, name):
    assert name in NAMES or f"{name}_" in {known[: len(name) + 1] for known in NAMES}, f"{page}: {name}"


def test_every_setting_is_described_with_its_default():
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(DEPECHE_\w+)` \| (?:`([^`]*)`)? *\|", page, re.MULTILINE)

    assert rows == [(setting.name, setting.default) for setting in SETTINGS]


@pytest.mark.parametrize(("page", "target"), sorted(set(everywhere(r"^make ([a-z-]+)"))))
def test_the_make_targets_exist(page, target):
    assert target in TARGETS, f"{page}: make {target}"


@pytest.fixture(scope="module")
def addresses(tmp_path_factory):
    from app import create_app

    settings = Settings(database=tmp_path_factory.mktemp("docs") / "depeche.db")
    return create_app(open_desk(settings, create=True)).url_map.bind("127.0.0.1")


@pytest.mark.parametrize(
    ("page", "written"),
    sorted(
        {
            (page, path)
            for page, path in everywhere(r"(?:^|127\.0\.0\.1:8000)(/[a-z.][^\s`]*|/)(?=$|[\s`])")
            if not path.startswith(ELSEWHERE)
        }
    ),
)
def test_the_addresses_exist(addresses, page, written):
    path = re.sub(r"\[[^\]]*\]", "", written).partition("?")[0]
    path = re.sub(r"<[^>]*>", "all", path)
    try:
        addresses.match(path)
    except MethodNotAllowed:
        pass
    except HTTPException as error:
        pytest.fail(f"{page}: {written} answers {error.code}")


@pytest.mark.parametrize(("page", "path"), everywhere(rf"^((?:{OURS})/[\w./-]*)$"))
def test_the_files_that_are_named_are_there(page, path):
    assert (ROOT / path).exists(), page


@pytest.mark.parametrize(
    ("heading", "folder"), [("Where in the desk", "desk"), ("Where in the web", "web"), ("Where in the shell", "cli")]
)
def test_the_modules_that_the_map_names_are_there(heading, folder):
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+)`", text.split(f"## {heading}")[1].split("## ")[0]))
    there = {path.stem: path.parent.name for path in (ROOT / folder).rglob("*.py")}
    assert named - there.keys() == set()
    expected = [name for name, part in there.items() if part != "api" and name != "__init__"]
    assert len(named) > 0.9 * len(expected), "a map of most of it"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_linked_files_are_there(page):
    links = re.findall(r"\]\(((?!https?:|#)[^)#]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if not (page.parent / link).exists()] == []
