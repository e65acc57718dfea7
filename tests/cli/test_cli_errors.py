import shlex
import subprocess
import sys
from pathlib import Path

import pytest

FULL = Path("/dev/full")


def test_without_a_database_it_says_how_to_make_one(bare):
    assert "depeche init" in bare.error("item", "list")


def test_the_sentence_is_in_the_persons_language(bare, monkeypatch):
    monkeypatch.setenv("LANG", "fr_FR.UTF-8")

    assert "Il n’y a pas encore de base de données" in bare.error("item", "list")


def test_a_file_that_is_no_database_is_named(bare, tmp_path, monkeypatch):
    (tmp_path / "poem.txt").write_text("roses are red, violets are blue " * 100)
    monkeypatch.setenv("DEPECHE_DATABASE", str(tmp_path / "poem.txt"))

    assert "poem.txt" in bare.error("item", "list")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DEPECHE_TIMEZONE", "Mars/Olympus"),
        ("DEPECHE_LANGUAGE", "de"),
        ("DEPECHE_ACCENT", "red"),
        ("DEPECHE_BASE_URL", "ftp://x"),
        ("DEPECHE_TICK_SECONDS", "soon"),
        ("DEPECHE_ALLOWED_NETWORKS", "everything"),
        ("DEPECHE_LOG_FORMAT", "xml"),
    ],
)
def test_a_wrong_setting_is_named(shell, monkeypatch, name, value):
    monkeypatch.setenv(name, value)

    assert name in shell.error("item", "list")


def test_a_missing_file_is_named(shell, tmp_path):
    file = str(tmp_path / "gone.html")

    assert f"{file} does not exist" in shell.error("item", "add", "--title", "x", "--content-file", file)


def test_a_folder_is_no_file(shell, tmp_path):
    assert "is a folder" in shell.error("item", "add", "--title", "x", "--content-file", str(tmp_path))


def test_a_file_that_is_not_text_is_refused(shell, tmp_path):
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")

    assert "not UTF-8" in shell.error("item", "add", "--title", "x", "--content-file", str(tmp_path / "picture.png"))


def test_several_wrong_fields_are_told_together_and_nothing_is_posted(shell):
    told = shell.error("item", "add", "--title", " ", "--category", "zzz", "--date", "31/02/2024")

    assert "title" in told
    assert "zzz" in told
    assert "31/02/2024" in told
    assert shell.json("item", "list") == []


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
def test_output_to_a_full_disk_fails_with_a_sentence(shell, environ, command_line):
    with FULL.open("w") as full:
        ended = subprocess.run(
            [*command_line, "category", "list"], env=environ, stdout=full, stderr=subprocess.PIPE, text=True
        )

    assert ended.returncode == 1
    assert ended.stderr.splitlines() == ["depeche: The disk is full; nothing was written. Make room and try again."]


@pytest.mark.parametrize("size", ["small", "large"])
def test_a_reader_that_leaves_early_is_no_error(shell, environ, command_line, size):
    for number in range(1 if size == "small" else 60):
        shell("item", "add", "--title", f"Item {number}", "--summary", "long " * 900)
    lister = subprocess.Popen(
        [*command_line, "item", "list", "--json"],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    lister.stdout.close()

    assert lister.stderr.read() == ""
    lister.stderr.close()
    assert lister.wait() in (0, 1)


def test_ctrl_c_ends_with_one_line(shell, environ):
    script = (
        "import os, signal, sys\nfrom cli import main\nfrom cli.newsroom import category\n"
        # A job in the background of a shell is started with the signal ignored.
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "import desk.categories.registry\n"
        "desk.categories.registry.list_categories = lambda *a, **k: os.kill(os.getpid(), signal.SIGINT)\n"
        "sys.argv[1:] = ['category', 'list']\nmain.main()"
    )
    ended = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True)

    assert ended.returncode == 1
    assert ended.stderr.split() == ["depeche:", "Interrupted."]


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_is_closed_takes_nothing_from_the_work(shell, environ, command_line, closed):
    asked = f"{shlex.join([*command_line, 'category', 'add', 'Travaux'])} {closed}"
    ended = subprocess.run(["sh", "-c", asked], env=environ, capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert "travaux" in [one["slug"] for one in shell.json("category", "list")]


def test_what_is_read_from_closed_input_is_nothing(shell, environ, command_line):
    asked = f"{shlex.join([*command_line, 'item', 'add', '--title', 'Un', '--content-file', '-'])} <&-"
    ended = subprocess.run(["sh", "-c", asked], env=environ, capture_output=True, text=True)

    assert (ended.returncode, ended.stderr) == (0, "")
    assert [item["title"] for item in shell.json("item", "list")] == ["Un"]
