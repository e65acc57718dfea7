"""The house rules, read from the imports and from the files themselves.

``web, cli → desk → storage | net | sources | feeds → news``; the four in the middle never import each other.
"""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MAY_IMPORT = {
    "news": set(),
    "translations": set(),
    "sample": {"news"},
    "sources": {"news"},
    "feeds": {"news"},
    "net": {"news"},
    "storage": {"news"},
    "desk": {"news", "sources", "feeds", "net", "storage", "translations", "sample"},
    "web": {"news", "sources", "feeds", "net", "storage", "desk", "translations"},
    "cli": {"news", "sources", "feeds", "net", "storage", "desk", "translations", "sample", "app"},
    "app": {"desk", "web"},
}
SOCKETS = {
    "socket", "socketserver", "ssl", "pycurl", "http.client", "http.server", "urllib.request", "urllib3", "requests",
    "httpx", "aiohttp", "asyncio", "smtplib", "ftplib", "wsgiref", "AntiSSRF",
}  # fmt: skip
SQL = {"sqlite3", "sqlite_utils", "psycopg"}
FOR_PAGES = {"flask", "flask_wtf", "wtforms", "jinja2", "werkzeug", "markupsafe"}
WORLD = {
    "os", "io", "pathlib", "shutil", "tempfile", "subprocess", "threading", "multiprocessing", "random",
    "secrets", "signal", "sys", "logging", "glob", "fileinput", "locale",
}  # fmt: skip
# Bytes and paths as values, without a file behind them.
HARMLESS = {"io.BytesIO", "pathlib.PurePosixPath"}
CLOCKS = {"now", "utcnow", "today", "time", "monotonic", "localtime"}
LONGEST_FILE = 350


@cache
def modules() -> dict[str, Path]:
    """Every module of ours by its dotted name."""
    paths = [ROOT / "app.py", *(path for name in MAY_IMPORT for path in (ROOT / name).rglob("*.py"))]
    named = {".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path for path in paths}
    return {name: path for name, path in named.items() if path.exists()}


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(modules()[name].read_text(encoding="utf-8"), str(modules()[name]))


@cache
def imports(name: str) -> frozenset[str]:
    """Dotted names of what ``name`` imports, wherever in the file: modules where they are known to be modules."""
    found: set[str] = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0 and node.module, f"{name}: relative imports hide where they lead"
            whole = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {each if each in modules() else node.module for each in whole}
    return frozenset(found)


def package(name: str) -> str:
    return name.split(".")[0]


def those_of(*packages: str) -> Iterator[tuple[str, frozenset[str]]]:
    return ((name, imports(name)) for name in modules() if package(name) in packages)


def outside(*packages: str) -> Iterator[tuple[str, frozenset[str]]]:
    return those_of(*(set(MAY_IMPORT) - set(packages)))


def uses(imported: frozenset[str], forbidden: set[str]) -> set[str]:
    return {name for name in imported if any(name == each or name.startswith(f"{each}.") for each in forbidden)}


def test_the_modules_are_found():
    assert {package(name) for name in modules()} == set(MAY_IMPORT)
    assert len(modules()) > 100


def test_imports_only_point_down():
    wrong = [
        f"{name} imports {each}"
        for name, imported in those_of(*MAY_IMPORT)
        for each in imported
        if package(each) in MAY_IMPORT and package(each) not in MAY_IMPORT[package(name)] | {package(name)}
    ]
    assert wrong == []


def test_outside_storage_only_the_desk_knows_an_engine():
    wrong = [
        f"{name} imports {each}"
        for name, imported in outside("storage", "desk")
        for each in imported
        if package(each) == "storage" and each not in {"storage.contract", "storage.records"}
    ]
    assert wrong == []


def test_no_import_goes_round_in_a_circle():
    done: set[str] = set()

    def walk(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, " → ".join((*way[way.index(name) :], name))
        if name not in done:
            for each in imports(name) & modules().keys():
                if each != name:
                    walk(each, (*way, name))
            done.add(name)

    for name in modules():
        walk(name, ())


@pytest.mark.parametrize("whole", ["desk", "web", "web.staff", "cli"])
def test_the_parts_of_a_package_stand_above_one_another(whole):
    """No two folders need each other, not by way of a third either, nor by what stands between them."""
    above: dict[str, set[str]] = {}
    for name in modules().keys() - {whole}:
        if name.startswith(f"{whole}."):
            parts = {part(whole, each) for each in imports(name) if each.startswith(f"{whole}.")}
            above.setdefault(part(whole, name), set()).update(parts - {part(whole, name)})
    while ground := {each for each, below in above.items() if not below & above.keys()}:
        above = {each: below for each, below in above.items() if each not in ground}
    assert above == {}


def part(whole: str, name: str) -> str:
    """The folder of ``whole`` in which ``name`` stands, or "" for what stands in ``whole`` itself."""
    inner = name.removeprefix(f"{whole}.").split(".")
    return inner[0] if len(inner) > 1 or modules()[name].name == "__init__.py" else ""


def test_only_net_opens_sockets():
    assert [(name, wrong) for name, imported in outside("net") if (wrong := uses(imported, SOCKETS))] == []


def test_only_storage_speaks_sql():
    assert [(name, wrong) for name, imported in outside("storage") if (wrong := uses(imported, SQL))] == []


def test_nothing_below_web_knows_flask():
    said = [(name, wrong) for name, imported in outside("web", "app") if (wrong := uses(imported, FOR_PAGES))]
    assert [(name, wrong) for name, wrong in said if not (name == "cli.serving.web" and wrong == {"werkzeug"})] == []


def test_only_the_scheduler_knows_apscheduler():
    assert [name for name, imported in those_of(*MAY_IMPORT) if uses(imported, {"apscheduler"})] == [
        "desk.operating.scheduler"
    ]


@pytest.mark.parametrize("kind", ["news", "sources", "feeds"])
def test_pure_packages_touch_nothing_of_the_world(kind):
    wrong = [(name, each) for name, _ in those_of(kind) for each in taken(name) if uses(frozenset({each}), WORLD)]
    assert [(name, each) for name, each in wrong if each not in HARMLESS] == []


def taken(name: str) -> Iterator[str]:
    """What ``name`` takes from other modules, in full: ``io.BytesIO`` also where ``io`` was imported whole."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            yield f"{node.value.id}.{node.attr}"


def calls(name: str) -> Iterator[ast.Call]:
    return (node for node in ast.walk(tree(name)) if isinstance(node, ast.Call))


def test_pure_packages_open_nothing_and_read_no_clock():
    wrong = []
    for name, _ in those_of("news", "sources", "feeds"):
        for call in calls(name):
            if isinstance(call.func, ast.Name) and call.func.id in {"open", "print", "input", "eval", "exec"}:
                wrong.append(f"{name}:{call.lineno} {call.func.id}")
            about = call.func.value if isinstance(call.func, ast.Attribute) else None
            if isinstance(about, ast.Name) and about.id in {"datetime", "date", "time"} and call.func.attr in CLOCKS:
                wrong.append(f"{name}:{call.lineno} {about.id}.{call.func.attr}")
    assert wrong == []


def test_only_settings_read_the_environment():
    wrong = []
    for name, _ in those_of(*(set(MAY_IMPORT) - {"cli"})):
        wrong += [name for each in taken(name) if each in {"os.environ", "os.getenv", "os.environb"}]
    assert set(wrong) == {"desk.settings"}


def test_no_import_hides_behind_a_text_except_where_a_command_starts_quickly():
    wrong = [
        f"{name}:{call.lineno}"
        for name, _ in those_of(*(set(MAY_IMPORT) - {"cli"}))
        for call in calls(name)
        if ast.unparse(call.func) in {"__import__", "import_module", "importlib.import_module"}
    ]
    assert wrong == []


def catches_all(handler: ast.ExceptHandler) -> bool:
    return handler.type is None or ast.unparse(handler.type) in {"Exception", "BaseException"}


def passes_on(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def test_no_broad_except_swallows_our_mistakes():
    wrong = []
    for name in modules():
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.ExceptHandler) and catches_all(node) and not passes_on(node):
                wrong.append(f"{name}:{node.lineno}")
    assert wrong == []


def test_importing_the_application_does_nothing():
    harmless = (ast.Import, ast.ImportFrom, ast.FunctionDef)
    for node in tree("app").body:
        says = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        types = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        assert says or types or isinstance(node, harmless), ast.unparse(node)


def test_every_package_is_listed_where_it_is_installed_from():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"]
    there = {path.parent.relative_to(ROOT) for name in MAY_IMPORT for path in (ROOT / name).rglob("__init__.py")}
    assert sorted(listed) == sorted(".".join(path.parts) for path in there)


@pytest.mark.parametrize("folder", [*sorted(set(MAY_IMPORT) - {"app"}), "tests", "templates", "static"])
def test_files_stay_short(folder):
    kinds = {".py", ".html", ".css", ".js"}
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in kinds and "data" not in path.parts]
    lengths = {str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    limit = LONGEST_FILE if folder != "static" else 2 * LONGEST_FILE
    assert {path: length for path, length in lengths.items() if length > limit} == {}


def test_every_module_says_why_it_exists():
    assert [name for name in modules() if not ast.get_docstring(tree(name))] == []


def test_no_two_test_files_share_a_name():
    names = sorted(path.name for path in (ROOT / "tests").rglob("test_*.py"))
    assert [name for name in set(names) if names.count(name) > 1] == []
